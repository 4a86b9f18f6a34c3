/// A column whose values are integers in an order, cut into cells; code 0 is "absent", 1 is "not a number".
final class OrderedColumn {
  private let column: Column
  private let shape: FieldCells.Shape
  private let steps: LimitSteps
  let values: [CodedValue]

  init?(_ column: Column, _ shape: FieldCells.Shape, limits: [Int64]) {
    guard column.hasPlainBits else { return nil }
    guard Self.takes(shape) else { return nil }
    (self.column, self.shape) = (column, shape)
    steps = LimitSteps(limits)
    var values: [CodedValue] = [.row(Self.firstAbsent(column)), .row(shape == .double ? Self.firstNaN(column) : nil)]
    var low = Int64.min
    for limit in limits {
      values.append(.cell(low...(limit - 1)))
      low = limit
    }
    values.append(.cell(low...(.max)))
    self.values = values
  }

  /// Whether values of a shape can be cut by limits.
  static func takes(_ shape: FieldCells.Shape) -> Bool {
    switch shape {
    case .int, .uint, .text, .date, .seconds, .double: true
    case .bool, .enumeration, .reference, .other: false
    }
  }

  private static func firstAbsent(_ column: Column) -> Int? {
    let presence = column.cells.presence
    for word in 0..<(column.count + 63) / 64 where presence[word] != .max {
      let row = word * 64 + (~presence[word]).trailingZeroBitCount
      return row < column.count ? row : nil
    }
    return nil
  }

  private static func firstNaN(_ column: Column) -> Int? {
    let numbers = column.cells.data.assumingMemoryBound(to: Double.self)
    return (0..<column.count).first { numbers[$0].isNaN && column.isPresent($0) }
  }

  @inline(__always)
  func add(
    _ map: UnsafePointer<UInt32>, rows: UnsafeBufferPointer<UInt32>, to sums: UnsafeMutablePointer<UInt32>
  ) {
    switch shape {
    case .int, .seconds: add(map, rows, sums) { (bits: Int64) in bits }
    case .uint: add(map, rows, sums) { (bits: Int64) in bits ^ .min }
    case .text: add(map, rows, sums) { (bits: UInt32) in Int64(bits) }
    case .date: add(map, rows, sums) { (bits: Int32) in Int64(bits) }
    default: add(map, rows, sums) { (number: Double) in number.isNaN ? nil : ConstantTest.orderedKey(number) }
    }
  }

  @inline(__always)
  private func add<Bits: BitwiseCopyable>(
    _ map: UnsafePointer<UInt32>, _ rows: UnsafeBufferPointer<UInt32>, _ sums: UnsafeMutablePointer<UInt32>,
    key: (Bits) -> Int64?
  ) {
    let cells = column.cells
    let values = cells.data.assumingMemoryBound(to: Bits.self)
    steps.withTable { steps in
      for place in 0..<rows.count {
        let row = Int(rows[place])
        guard cells.presence[row >> 6] >> UInt64(row & 63) & 1 != 0 else {
          sums[place] &+= map[0]
          continue
        }
        guard let key = key(values[row]) else {
          sums[place] &+= map[1]
          continue
        }
        sums[place] &+= map[2 &+ steps.limits(notAbove: key)]
      }
    }
  }
}
