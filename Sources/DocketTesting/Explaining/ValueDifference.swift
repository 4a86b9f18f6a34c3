/// Where two lists or maps that should be equal differ, so that nobody has to find it in two long lines.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

struct ValueDifference {
  let bench: TestBench
  let explanation: Explanation
  private static let lineLimit = 12
  private static let depthLimit = 4

  init(_ bench: TestBench, _ explanation: Explanation) {
    self.bench = bench
    self.explanation = explanation
  }

  /// Empty where the expression is no comparison of lists or maps.
  func lines(of expression: CheckedExpression) -> [String] {
    guard case .builtin(.equal, let sides) = expression.kind, sides.count == 2 else { return [] }
    let (found, wanted) = bench.calls.ignoring {
      (bench.evaluator.evaluate(sides[0]), bench.evaluator.evaluate(sides[1]))
    }
    var lines: [String] = []
    compare(found, wanted, path: "", depth: 0, &lines)
    guard lines.count > Self.lineLimit else { return lines }
    return lines.prefix(Self.lineLimit) + ["… and \(lines.count - Self.lineLimit) more differences"]
  }

  private func compare(_ found: Value, _ wanted: Value, path: String, depth: Int, _ lines: inout [String]) {
    switch (found, wanted) {
    case (.list(let a), .list(let b)) where depth < Self.depthLimit:
      compare(Array(bench.heap[a]), Array(bench.heap[b]), path: path, depth: depth, &lines)
    case (.map(let a), .map(let b)) where depth < Self.depthLimit:
      compare(bench.heap[a], bench.heap[b], path: path, depth: depth, &lines)
    default:
      guard depth > 0, !isEqual(found, wanted) else { return }
      lines.append("\(path) is \(text(found)), not \(text(wanted))")
    }
  }

  /// What both have at the start and at the end is passed over, so that one element more is one difference.
  private func compare(_ found: [Value], _ wanted: [Value], path: String, depth: Int, _ lines: inout [String]) {
    var head = 0
    while head < min(found.count, wanted.count), isEqual(found[head], wanted[head]) { head += 1 }
    var tail = 0
    while tail < min(found.count, wanted.count) - head,
      isEqual(found[found.count - 1 - tail], wanted[wanted.count - 1 - tail])
    { tail += 1 }
    let (a, b) = (found[head..<(found.count - tail)], wanted[head..<(wanted.count - tail)])
    for (place, pair) in zip(a, b).enumerated() {
      compare(pair.0, pair.1, path: "\(path)[\(head + place)]", depth: depth + 1, &lines)
    }
    for place in a.indices.dropFirst(b.count) { lines.append("\(path)[\(place)] is too much: \(text(found[place]))") }
    for place in b.indices.dropFirst(a.count) { lines.append("\(path)[\(place)] is missing: \(text(wanted[place]))") }
    if found.count != wanted.count, depth == 0 {
      lines.append("\(found.count) instead of \(wanted.count) elements")
    }
  }

  private func compare(_ found: MapStorage, _ wanted: MapStorage, path: String, depth: Int, _ lines: inout [String]) {
    func entry(_ key: Value, _ map: MapStorage) -> Value? {
      map.keys.firstIndex { isEqual($0, key) }.map { map.values[$0] }
    }
    for (key, value) in zip(wanted.keys, wanted.values) {
      let name = "\(path)[\(text(key))]"
      if let other = entry(key, found) {
        compare(other, value, path: name, depth: depth + 1, &lines)
      } else {
        lines.append("\(name) is missing: \(text(value))")
      }
    }
    for (key, value) in zip(found.keys, found.values) where entry(key, wanted) == nil {
      lines.append("\(path)[\(text(key))] is too much: \(text(value))")
    }
  }

  private func isEqual(_ a: Value, _ b: Value) -> Bool {
    var budget = 10_000
    return bench.heap.equals(a, b, budget: &budget) {
      bench.world.record(of: $0) == bench.world.record(of: $1)
    } ?? false
  }

  private func text(_ value: Value) -> String { explanation.text(value).truncated(to: 80) }
}
