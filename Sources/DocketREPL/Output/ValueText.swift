/// Values on one line, for people: local times with their zone, `1h 30m`, names for records.

import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

struct ValueText {
  private let engine: RuleEngine

  init(_ engine: RuleEngine) { self.engine = engine }

  private var evaluator: Evaluator { engine.evaluator }
  private var heap: Heap { engine.world.heap }

  private static let elementLimit = 100

  /// As the answer to a question: texts in quotation marks, times with their zone.
  func answer(_ value: Value) -> String { answer(value, depth: 0) }

  private func answer(_ value: Value, depth: Int) -> String {
    guard depth < 6 else { return "…" }
    switch value {
    case .absent: return "absent"
    case .null: return "null"
    case .string, .bytes, .type: return heap.describe(value, schema: engine.rulebook.schema).displaySafe
    case .timestamp: return evaluator.display(value) + " " + evaluator.zone.name
    case .enumeration(let value): return engine.rulebook.schema.enums[Int(value.type)].cases[Int(value.ordinal)].name
    case .optionalNone: return "optional.none()"
    case .optionalSome(let place): return answer(heap.wrapped(place), depth: depth + 1)
    case .list(let list):
      let shown = (0..<min(Int(list.count), Self.elementLimit)).map { answer(heap[list, $0], depth: depth + 1) }
      let rest = Int(list.count) > shown.count ? ["… \(count(Int(list.count))) in all"] : []
      return "[" + (shown + rest).joined(separator: ", ") + "]"
    case .map(let reference):
      let map = heap[reference]
      let shown = zip(map.keys, map.values).prefix(Self.elementLimit).map {
        "\(answer($0, depth: depth + 1)): \(answer($1, depth: depth + 1))"
      }
      return "{" + shown.joined(separator: ", ") + (map.count > shown.count ? ", …" : "") + "}"
    case .error(let reference): return "error: \(heap[reference].message)".displaySafe
    default: return evaluator.display(value).displaySafe
    }
  }

  /// In a cell, whose heading has said the rest.
  func cell(_ value: Value) -> String {
    switch value {
    case .absent, .null, .optionalNone: return "—"
    case .error(let reference):
      let error = heap[reference]
      if case .absent = error.kind { return "—" }
      return "error: \(error.message)".displaySafe
    case .enumeration(let value): return engine.rulebook.schema.enums[Int(value.type)].cases[Int(value.ordinal)].name
    case .list(let list):
      let shown = (0..<min(Int(list.count), 8)).map { cell(heap[list, $0]) }
      return shown.joined(separator: ", ") + (Int(list.count) > shown.count ? ", … \(count(Int(list.count)))" : "")
    default: return evaluator.display(value).displaySafe
    }
  }

  /// `24,918`
  func count(_ number: Int) -> String { grouped(number) }
}

func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.utf8.count - place).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return number < 0 ? "-" + text : text
}

/// `1 rule`, `2 rules`
func plural(_ count: Int, _ noun: String, _ many: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : many ?? noun + "s")"
}
