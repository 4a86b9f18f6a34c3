/// The rows of a table of an SQLite database. Places are the row's number and the column's.

import CSQLite
import DocketDiagnostics
import DocketSemantics

final class SQLiteRows: RowReader {
  let path: String
  let bytes: Int
  private let database: SQLiteDatabase
  private let query: String
  private let statement: SQLiteStatement
  private let headings: [String]
  private var problems: [RowProblem] = []

  let size: Int
  private(set) var offset = 0
  private(set) var isAtEnd = false
  var width: Int { headings.count }
  var emptyLines: Int { 0 }

  private init(
    _ database: SQLiteDatabase, _ statement: SQLiteStatement, query: String, path: String, size: Int, bytes: Int
  ) {
    self.database = database
    self.statement = statement
    self.query = query
    self.path = path
    self.size = size
    self.bytes = bytes
    headings = (0..<sqlite3_column_count(statement.handle)).map { column in
      sqlite3_column_name(statement.handle, column).map { String(cString: $0) } ?? ""
    }
  }

  /// The table that is named, or the only one, or the one named after the entity.
  static func open(_ path: String, table: String?, entity: String, bytes: Int) -> Result<SQLiteRows, SQLiteProblem> {
    do {
      let database = try SQLiteDatabase.open(path).get()
      let tables = try database.tables().get()
      guard let only = tables.first else { throw SQLiteProblem.noTables }
      let name: String
      if let table {
        guard
          let found = tables.first(where: { $0 == table })
            ?? tables.first(where: { $0.lowercased() == table.lowercased() })
        else { throw SQLiteProblem.noTable(table, tables: tables) }
        name = found
      } else if let found = tables.first(where: { Heading($0) == Heading(entity) }) {
        name = found
      } else {
        guard tables.count == 1 else { throw SQLiteProblem.severalTables(tables) }
        name = only
      }
      let quoted = SQLiteDatabase.quoted(name)
      var size = 0
      if let counting = try? database.prepare("SELECT count(*) FROM \(quoted)").get(), counting.step() == SQLITE_ROW {
        size = Int(sqlite3_column_int64(counting.handle, 0))
      }
      let query = "SELECT * FROM \(quoted)"
      let statement = try database.prepare(query).get()
      return .success(
        SQLiteRows(database, statement, query: query, path: "\(path)#\(name)", size: size, bytes: bytes))
    } catch {
      return .failure(error as? SQLiteProblem ?? .unreadable("\(error)"))
    }
  }

  func bind(_ columns: [CheckedSource.Column], report: (DataProblem, SourceSpan) -> Void) -> ColumnBinding {
    ColumnBinding.bind(columns, to: headings, path: path, report: report)
  }

  // MARK: - Rows

  func read(into batch: RowBatch) {
    batch.clear()
    while batch.count < batch.capacity, !isAtEnd {
      let status = statement.step()
      guard status == SQLITE_ROW else {
        isAtEnd = true
        if status != SQLITE_DONE {
          problems.append(
            RowProblem(
              problem: .database(database.problem(status), path: path), line: offset + 1, offset: nil, row: offset,
              isOfRow: false))
        }
        return
      }
      let number = offset
      offset += 1
      let cells = batch.cells + batch.count * width
      var isUsable = true
      for column in 0..<width {
        guard let cell = cell(Int32(column), batch) else {
          problems.append(
            RowProblem(
              problem: .databaseText(column: headings[column]), line: number + 1, offset: column, row: number,
              isOfRow: true))
          isUsable = false
          break
        }
        cells[column] = cell
      }
      guard isUsable else { continue }
      batch.rows[batch.count] = RowBatch.Row(offset: number, line: number + 1)
      batch.count += 1
    }
  }

  /// `nil` for what is no text.
  private func cell(_ column: Int32, _ batch: RowBatch) -> RawCell? {
    let row = statement.handle
    switch sqlite3_column_type(row, column) {
    case SQLITE_NULL: return batch.copy(UnsafeBufferPointer(start: nil, count: 0))
    case SQLITE_INTEGER: return text("\(sqlite3_column_int64(row, column))", batch)
    // SQLite's own text of it has fifteen digits; this has as many as tell it from its neighbours.
    case SQLITE_FLOAT: return text("\(sqlite3_column_double(row, column))", batch)
    default:
      let start = sqlite3_column_blob(row, column)?.assumingMemoryBound(to: UInt8.self)
      let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(row, column)))
      if let start, bytes.contains(0) || UTF8Check.firstInvalid(start, start + bytes.count) != nil { return nil }
      return batch.copy(bytes)
    }
  }

  private func text(_ text: String, _ batch: RowBatch) -> RawCell {
    var text = text
    return text.withUTF8 { batch.copy($0) }
  }

  func takeProblems() -> [RowProblem] {
    defer { problems = [] }
    return problems
  }

  // MARK: - Places

  func heading(_ column: Int) -> String { headings[column] }

  func place(_ row: RowBatch.Row, column: Int?) -> DataPlace {
    DataPlace(path: path, line: row.offset + 1, column: (column ?? 0) + 1)
  }

  func place(_ problem: RowProblem) -> DataPlace {
    DataPlace(path: path, line: problem.line, column: (problem.offset ?? 0) + 1)
  }

  func line(at offset: Int) -> Int { offset + 1 }

  /// The row's texts, as CSV writes them.
  func text(at offset: Int) -> String {
    guard let again = try? database.prepare("\(query) LIMIT 1 OFFSET \(offset)").get(), again.step() == SQLITE_ROW
    else { return "" }
    return (0..<Int32(width)).map { column in
      let text = again.text(column) ?? ""
      let isPlain = !text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }.joined(separator: ",")
  }

  func release() {}
}
