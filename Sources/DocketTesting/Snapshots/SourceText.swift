/// Values as Docket spells them: for snapshots, and for tests that are proposed.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

struct SourceText {
  let bench: TestBench
  private static let width = 80
  private static let depthLimit = 16

  init(_ bench: TestBench) { self.bench = bench }

  /// A literal on one line.
  func literal(_ value: Value) -> String { literal(value, depth: 0) }

  private func literal(_ value: Value, depth: Int) -> String {
    guard depth < Self.depthLimit else { return "…" }
    switch value {
    case .absent: return "absent"
    case .timestamp(let instant): return "@\(instant.rfc3339())"
    case .duration(let duration): return self.duration(duration)
    case .list(let list):
      return "[" + Array(bench.heap[list]).map { literal($0, depth: depth + 1) }.joined(separator: ", ") + "]"
    case .map(let reference):
      let map = bench.heap[reference]
      let entries = zip(map.keys, map.values).map {
        "\(literal($0, depth: depth + 1)): \(literal($1, depth: depth + 1))"
      }
      return "{" + entries.joined(separator: ", ") + "}"
    case .calendar(let index): return bench.rulebook.calendars[Int(index)].name
    default: return bench.heap.describe(value, schema: bench.schema, world: bench.world)
    }
  }

  /// `1h30m`; what has no such spelling as CEL calls it.
  private func duration(_ duration: TimeDuration) -> String {
    let text = duration.humanString().split(separator: " ").joined()
    let positive = text.hasPrefix("-") ? String(text.dropFirst()) : text
    guard case .success(let read) = TimeDuration.parseLiteral(positive),
      (text.hasPrefix("-") ? read.negated : read) == duration
    else { return "duration(\"\(duration.celString())\")" }
    return text
  }

  // MARK: - Over several lines

  /// What a snapshot holds: what rules give field by field, long lists element by element.
  func snapshot(_ value: Value) -> String { lines(value, depth: 0).joined(separator: "\n") }

  private func lines(_ value: Value, depth: Int) -> [String] {
    guard depth < Self.depthLimit else { return ["…"] }
    switch value {
    case .result(let result):
      let names: [String]
      let head: String
      switch result.kind {
      case .decision: (head, names) = ("decision", DecisionField.allCases.map(\.rawValue))
      case .clock: (head, names) = ("clock", ClockField.allCases.map(\.rawValue))
      case .measure: (head, names) = ("measure", MeasureField.allCases.map(\.rawValue))
      case .finding: (head, names) = ("finding", FindingField.allCases.map(\.rawValue))
      }
      let fields = names.enumerated().flatMap { index, name -> [String] in
        prefixed("\(name): ", lines(bench.heap.field(index, of: result), depth: depth + 1))
      }
      return ["\(head) {"] + fields.map { "  \($0)" } + ["}"]
    case .list(let list):
      let elements = Array(bench.heap[list])
      let isLong = elements.contains(where: isResult) || literal(value).displayWidth > Self.width
      guard isLong else { return [literal(value).displaySafe] }
      return ["["] + elements.flatMap { lines($0, depth: depth + 1) }.map { "  \($0)" } + ["]"]
    case .map(let reference):
      guard literal(value).displayWidth > Self.width else { return [literal(value).displaySafe] }
      let map = bench.heap[reference]
      let entries = zip(map.keys, map.values).flatMap { key, value in
        prefixed("\(literal(key)): ", lines(value, depth: depth + 1))
      }
      return ["{"] + entries.map { "  \($0)" } + ["}"]
    default: return [literal(value).displaySafe]
    }
  }

  private func isResult(_ value: Value) -> Bool {
    if case .result = value { true } else { false }
  }

  private func prefixed(_ prefix: String, _ lines: [String]) -> [String] {
    guard let first = lines.first else { return [prefix] }
    return [prefix.displaySafe + first] + lines.dropFirst()
  }
}
