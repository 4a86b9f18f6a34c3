/// Fields that a source computes from a row: `minutes = int(row.minutes) * 1m`.
///
/// Each expression is evaluated once for each different text where it reads one column: counts, flags and names repeat a lot.

import DocketRuntime
import DocketSemantics

final class ExpressionConverter {
  private let body: Body
  /// Columns that the expression reads, as it counts them, and where the file has them; `nil` where it does not.
  private let reads: [Read]
  private var arguments: [Value]

  private struct Outcome {
    var cell: ParsedCell
    /// The text that the expression gave.
    var text: Symbol?
  }

  private struct Read {
    var rowColumn: Int
    var index: Int?
  }

  private let missing: Set<Symbol>
  private var memo: [UInt32: Outcome] = [:]

  init(_ body: Body, bound: [Int?], missing: [String], heap: Heap) {
    self.body = body
    reads = body.expression.rowColumns.sorted().map {
      Read(rowColumn: $0, index: bound.indices.contains($0) ? bound[$0] : nil)
    }
    arguments = Array(repeating: .absent, count: bound.count)
    self.missing = Set(missing.map { heap.symbols.intern($0) })
  }

  /// The column of the file that the expression reads, where it is one.
  var onlyColumn: Int? { reads.count == 1 ? reads[0].index : nil }

  /// Appends a cell for every row of the batch.
  func convert(
    _ batch: RowBatch, into converter: ColumnConverter, heap: Heap, evaluate: (Body, [Value]) -> Value, target: Int,
    failed: inout [FailedCell], moved: inout MovedTimes
  ) {
    for row in 0..<batch.count {
      var key = UInt32.max
      for read in reads {
        let value = read.index.map { argument(batch.cell(row, $0), heap) } ?? .absent
        arguments[read.rowColumn] = value
        if case .string(let symbol) = value { key = symbol.index }
      }
      let outcome: Outcome
      if reads.count < 2, let known = memo[key] {
        outcome = known
      } else {
        let value = evaluate(body, arguments)
        outcome = Outcome(cell: converter.accept(value, heap: heap), text: value.symbol)
        if reads.count < 2 { memo[key] = outcome }
      }
      converter.append(
        outcome.cell, text: outcome.text, row: row, target: target, failed: &failed, moved: &moved)
    }
  }

  private func argument(_ cell: RawCell, _ heap: Heap) -> Value {
    guard cell.count > 0 else { return .absent }
    let symbol = heap.symbols.intern(cell.bytes)
    return missing.contains(symbol) ? .absent : .string(symbol)
  }
}

extension Value {
  fileprivate var symbol: Symbol? {
    if case .string(let symbol) = self { symbol } else { nil }
  }
}
