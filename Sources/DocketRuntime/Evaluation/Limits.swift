/// Budgets of one evaluation. What exceeds them is the error `limit`, never a crash.

public struct Limits: Sendable {
  /// Nodes evaluated, elements visited and, in blocks of 64, bytes read or written.
  public var steps = 20_000_000
  /// Nested nodes and calls.
  public var depth = 500
  /// Elements of one list or map.
  public var elements = 1_000_000
  /// Bytes of one text.
  public var textBytes = 16 << 20
  /// Bytes that an evaluation may add to the heap.
  public var heapBytes = 512 << 20
  /// Bytes of one compiled regular expression.
  public var regexBytes = 1 << 20
  /// Ends evaluations when somebody asks for it.
  public var cancellation: Cancellation?

  public init() {}
}
