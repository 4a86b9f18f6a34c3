/// How what the rows of a table hold at a path is numbered, so that a question about the value is answered once for all rows
/// that have it.
///
/// A column of few values is numbered by its dictionary. One of many, such as times and amounts, is cut into cells at the
/// limits that conditions name. Behind a reference the numbers are those of the referred records.

import DocketSemantics

/// What a code stands for.
enum CodedValue {
  /// The value of this row, and of every other row with the code; `nil` where no row has it.
  case row(Int?)
  /// Integers, as `ConstantTest.ranges` has them.
  case cell(ClosedRange<Int64>)
}

struct PathCoding {
  /// By code.
  private(set) var values: [CodedValue]
  fileprivate let source: Source

  var count: Int { values.count }

  fileprivate indirect enum Source {
    case dictionary(ColumnDictionary)
    case ordered(OrderedColumn)
    /// The numbers behind the reference, by record, one higher than there; 0 where the reference is absent.
    case linked(Column, behind: [UInt32])
  }

  /// `nil` where there is more to know of the path than cells. `limits` are those that conditions name, in any order; at no
  /// more than `maximumLimits` of them the values are told apart. A dictionary of more than `maximumCodes` is not used.
  init?(_ path: FieldPath, limits: [Int64], maximumLimits: Int, maximumCodes: Int, evaluator: Evaluator) {
    let limits = Self.evenly(limits, maximumLimits)
    guard let coding = Self.coding(path.fields[...], limits, maximumCodes, evaluator) else { return nil }
    self = coding
  }

  /// Whether every code is a value of its own, or a cell that some condition tells from its neighbours.
  var isCutByLimits: Bool { if case .cell? = values.last { true } else { false } }

  private init(_ values: [CodedValue], _ source: Source) { (self.values, self.source) = (values, source) }

  private static func coding(
    _ fields: ArraySlice<FieldReference>, _ limits: [Int64], _ maximumCodes: Int, _ evaluator: Evaluator
  ) -> PathCoding? {
    guard let field = fields.first else { return nil }
    let declaration = evaluator.schema[field.entity].fields[field.index]
    guard declaration.isStored, Self.isConstant(declaration.defaultBody, evaluator) else { return nil }
    let cells = evaluator.world.cells(of: field)
    guard let column = cells.wholeColumn else { return nil }
    if fields.count > 1 {
      guard let recordCount = cells.recordCount, declaration.defaultBody == nil,
        let behind = coding(fields.dropFirst(), limits, maximumCodes, evaluator)
      else { return nil }
      return linked(column, recordCount, behind)
    }
    // A reference is looked at through the record that it leads to.
    if cells.shape == .reference, cells.recordCount == nil { return nil }
    // Cases and references are in no order that limits could cut.
    if let dictionary = column.dictionary(), dictionary.count <= maximumCodes || !OrderedColumn.takes(cells.shape) {
      return PathCoding(dictionary.firstRows.map { .row($0 < 0 ? nil : $0) }, .dictionary(dictionary))
    }
    guard let ordered = OrderedColumn(column, cells.shape, limits: limits) else { return nil }
    return PathCoding(ordered.values, .ordered(ordered))
  }

  /// A value that the field has where the data has none must not depend on the record.
  private static func isConstant(_ defaultBody: Int?, _ evaluator: Evaluator) -> Bool {
    guard let defaultBody else { return true }
    if case .constant = evaluator.rulebook.bodies[defaultBody].expression.kind { return true }
    return false
  }

  /// The limits, or as many of them as are used, each standing for as many others.
  private static func evenly(_ limits: [Int64], _ maximum: Int) -> [Int64] {
    let sorted = Set(limits).sorted()
    guard sorted.count > maximum else { return sorted }
    return (0..<maximum).map { sorted[($0 * 2 + 1) * sorted.count / (maximum * 2)] }
  }

  private static func linked(_ column: Column, _ recordCount: Int, _ behind: PathCoding) -> PathCoding {
    let codes = behind.codes(rowCount: recordCount).map { $0 + 1 }
    // The rows of the item's table that stand for a code lie elsewhere than those of the referred one.
    var rows: [Int?] = Array(repeating: nil, count: behind.count + 1)
    var missing = rows.count
    for row in 0..<column.count where missing > 0 {
      let code = column.isPresent(row) ? Int(codes[column.record(at: row)]) : 0
      if rows[code] == nil {
        rows[code] = row
        missing -= 1
      }
    }
    var values: [CodedValue] = [.row(rows[0])]
    for (code, value) in behind.values.enumerated() {
      if case .cell = value { values.append(value) } else { values.append(.row(rows[code + 1])) }
    }
    return PathCoding(values, .linked(column, behind: codes))
  }

  // MARK: - Coding rows

  /// Adds what `map` has for the code of each row to the row's sum.
  @inline(__always)
  func add(_ map: UnsafePointer<UInt32>, rows: UnsafeBufferPointer<UInt32>, to sums: UnsafeMutablePointer<UInt32>) {
    switch source {
    case .dictionary(let dictionary):
      let codes = dictionary.codes
      for place in 0..<rows.count { sums[place] &+= map[Int(codes[Int(rows[place])])] }
    case .ordered(let column): column.add(map, rows: rows, to: sums)
    case .linked(let column, let behind):
      let cells = column.cells
      let records = cells.data.assumingMemoryBound(to: UInt32.self)
      behind.withUnsafeBufferPointer { behind in
        for place in 0..<rows.count {
          let row = Int(rows[place])
          let isPresent = cells.presence[row >> 6] >> UInt64(row & 63) & 1 != 0
          sums[place] &+= map[isPresent ? Int(behind[Int(records[row])]) : 0]
        }
      }
    }
  }

  /// The codes of the first rows of a table.
  private func codes(rowCount: Int) -> [UInt32] {
    var codes = Array(repeating: UInt32(0), count: rowCount)
    let rows = Array(0..<UInt32(rowCount))
    let identity = Array(0..<UInt32(count))
    codes.withUnsafeMutableBufferPointer { codes in
      rows.withUnsafeBufferPointer { rows in
        guard let sums = codes.baseAddress else { return }
        identity.withUnsafeBufferPointer { add($0.baseAddress!, rows: rows, to: sums) }
      }
    }
    return codes
  }
}
