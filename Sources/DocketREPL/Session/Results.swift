/// The answers given so far: `it` is the last, `_1` the first.

import DocketRuntime
import DocketSemantics

struct Results {
  private(set) var all: [(value: Value, type: Type)] = []

  /// Older answers can no longer be named, so that a session does not grow without end.
  private static let limit = 999

  var last: (value: Value, type: Type)? { all.last }

  /// The name of the newest answer.
  var newestName: String { "_\(all.count)" }

  mutating func add(_ value: Value, _ type: Type) {
    if all.count < Self.limit { all.append((value, type)) } else { all[all.count - 1] = (value, type) }
  }

  mutating func removeAll() { all = [] }

  /// As variables of expressions, in the order of `values`.
  var externals: [BodyChecker.External] {
    guard let last else { return [] }
    return [BodyChecker.External(name: "it", type: last.type)]
      + all.enumerated().map { BodyChecker.External(name: "_\($0 + 1)", type: $1.type) }
  }

  var values: [Value] { (last.map { [$0.value] } ?? []) + all.map(\.value) }
}
