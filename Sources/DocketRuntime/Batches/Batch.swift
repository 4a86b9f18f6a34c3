/// Rows in batches: expressions are evaluated for a few thousand rows at a time, over columns.
///
/// A `BatchCode` is the third form of an expression, beside the checked tree and lowered code, and takes only part of the
/// language: what it does not take is evaluated one row at a time by lowered code (`RowCode`), or once for each distinct
/// combination of what it reads (`LookupCode`). It gives no errors but only that there is one; whoever wants its text
/// evaluates the row again.

import DocketSemantics
import DocketTime

/// Rows that are evaluated together.
struct BatchRows {
  static let limit = 2048

  /// The place of the first among all rows, where they follow each other.
  var first: Int
  var count: Int
  /// The rows, where they do not; lower first.
  var list: UnsafePointer<UInt32>?

  @inline(__always) subscript(index: Int) -> Int { list.map { Int($0[index]) } ?? first &+ index }
}

/// What came of a row: there is a value, or none and why.
enum BatchState {
  static let there: UInt8 = 0
  /// Of conditions; `false` is `there`.
  static let yes: UInt8 = 1
  static let absent: UInt8 = 2
  static let failed: UInt8 = 3
  /// A number that is not finite, where only finite ones count.
  static let refused: UInt8 = 4
}

/// Values of a batch.
struct BatchVector {
  /// 64 bits a row: an integer, the bits of a double, a symbol, seconds, a case, a day, or the row of a record.
  var bits: UnsafePointer<Int64>
  /// `nil` where all are there.
  var states: UnsafePointer<UInt8>?
}

/// How the bits of a vector are read. Conditions have states only.
enum BatchKind: Hashable {
  case bool
  case int
  case uint
  case double
  case text
  case enumeration(UInt16)
  case date
  /// Whole seconds since the epoch.
  case instant
  case duration
  /// The row of a record as of now.
  case record(EntityID)

  init?(_ type: Type, schema: Schema) {
    switch type {
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .string: self = .text
    case .enumeration(let id): self = .enumeration(id.index)
    case .date: self = .date
    case .timestamp: self = .instant
    case .duration: self = .duration
    case .entity(let id): self = .record(schema.base(of: id))
    default: return nil
    }
  }

  /// The shape of constants that its values are compared with.
  var shape: FieldCells.Shape {
    switch self {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .text: .text
    case .enumeration: .enumeration
    case .date: .date
    case .instant, .duration: .seconds
    case .record: .reference
    }
  }
}

/// Memory for the vectors of one batch; each thread has its own.
final class BatchScratch {
  private var bitBuffers: [UnsafeMutablePointer<Int64>] = []
  private var stateBuffers: [UnsafeMutablePointer<UInt8>] = []
  private var usedBits = 0
  private var usedStates = 0

  deinit {
    for buffer in bitBuffers { buffer.deallocate() }
    for buffer in stateBuffers { buffer.deallocate() }
  }

  /// The next batch begins: no vector of the one before is used any more.
  func reset() { (usedBits, usedStates) = (0, 0) }

  func bits() -> UnsafeMutablePointer<Int64> {
    if usedBits == bitBuffers.count { bitBuffers.append(.allocate(capacity: BatchRows.limit)) }
    usedBits += 1
    return bitBuffers[usedBits - 1]
  }

  func states() -> UnsafeMutablePointer<UInt8> {
    if usedStates == stateBuffers.count { stateBuffers.append(.allocate(capacity: BatchRows.limit)) }
    usedStates += 1
    return stateBuffers[usedStates - 1]
  }

  func states(repeating state: UInt8, count: Int) -> UnsafeMutablePointer<UInt8> {
    let states = states()
    states.update(repeating: state, count: count)
    return states
  }

  func rows() -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(bits()).assumingMemoryBound(to: UInt32.self)
  }
}

/// A node: values, or the truths of a condition.
class BatchCode {
  final let kind: BatchKind
  /// Whether it asks the evaluator, which one thread does at a time.
  var needsEvaluator: Bool { false }

  init(_ kind: BatchKind) { self.kind = kind }

  /// Of every kind but `.bool`.
  func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector { preconditionFailure("a condition") }

  /// Of `.bool`: a state a row.
  func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    preconditionFailure("no condition")
  }
}

/// The same value for every row; without one it is absent.
final class BatchConstant: BatchCode {
  private let bits: UnsafeMutablePointer<Int64>
  private let states: UnsafeMutablePointer<UInt8>?

  init(_ kind: BatchKind, _ constant: Int64) {
    bits = .allocate(capacity: BatchRows.limit)
    bits.initialize(repeating: constant, count: BatchRows.limit)
    states = nil
    super.init(kind)
  }

  init(_ truth: Bool) {
    bits = .allocate(capacity: 1)
    states = Self.states(truth ? BatchState.yes : BatchState.there)
    super.init(.bool)
  }

  init(absent kind: BatchKind) {
    bits = .allocate(capacity: BatchRows.limit)
    bits.initialize(repeating: 0, count: BatchRows.limit)
    states = Self.states(BatchState.absent)
    super.init(kind)
  }

  private static func states(_ state: UInt8) -> UnsafeMutablePointer<UInt8> {
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: BatchRows.limit)
    states.initialize(repeating: state, count: BatchRows.limit)
    return states
  }

  deinit {
    bits.deallocate()
    states?.deallocate()
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    BatchVector(bits: bits, states: states.map { UnsafePointer($0) })
  }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    UnsafePointer(states!)
  }
}
