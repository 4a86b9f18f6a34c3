/// Numbers of different types on one line, as cel-go compares them.

enum Numbers {
  /// The order of two numbers; `nil` where one is NaN, or not a number at all.
  ///
  /// An integer is compared with a double as the nearest double, within the range of its type: the conformance cases ask that
  /// 9223372036854775807 equal 9223372036854775808.0. Integers of both types are compared exactly.
  static func compare(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.int(let a), .int(let b)): order(a, b)
    case (.uint(let a), .uint(let b)): order(a, b)
    case (.double(let a), .double(let b)): order(a, b)
    case (.int(let a), .uint(let b)): a < 0 ? -1 : order(UInt64(a), b)
    case (.uint(let a), .int(let b)): b < 0 ? 1 : order(a, UInt64(b))
    case (.int(let a), .double(let b)): order(Double(a), b)
    case (.double(let a), .int(let b)): order(a, Double(b))
    case (.uint(let a), .double(let b)): order(Double(a), b)
    case (.double(let a), .uint(let b)): order(a, Double(b))
    default: nil
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Int? {
    if a < b { return -1 }
    if a > b { return 1 }
    return a == b ? 0 : nil
  }
}
