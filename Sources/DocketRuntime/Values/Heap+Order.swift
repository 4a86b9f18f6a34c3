/// The order of values: numbers of all types together, and otherwise values of one type.

extension Heap {
  public enum Order: Sendable, Hashable {
    case less, equal, greater
    /// A NaN takes part: neither less, nor equal, nor greater.
    case unordered

    init(_ sign: Int) { self = sign < 0 ? .less : sign > 0 ? .greater : .equal }
  }

  /// `nil` where the values have no order, such as lists or values of different types.
  public func compare(_ a: Value, _ b: Value) -> Order? {
    switch (a, b) {
    case (.int, .int), (.uint, .uint), (.double, .double), (.int, .uint), (.int, .double), (.uint, .int),
      (.uint, .double),
      (.double, .int), (.double, .uint):
      Numbers.compare(a, b).map { Order($0) } ?? .unordered
    case (.string(let a), .string(let b)), (.bytes(let a), .bytes(let b)): Order(symbols.compare(a, b))
    case (.bool(let a), .bool(let b)): a == b ? .equal : b ? .less : .greater
    case (.timestamp(let a), .timestamp(let b)): order(a, b)
    case (.duration(let a), .duration(let b)): order(a, b)
    case (.date(let a), .date(let b)): order(a, b)
    case (.enumeration(let a), .enumeration(let b)): a.type == b.type ? order(a.ordinal, b.ordinal) : nil
    default: nil
    }
  }

  private func order<T: Comparable>(_ a: T, _ b: T) -> Order { a < b ? .less : a > b ? .greater : .equal }
}
