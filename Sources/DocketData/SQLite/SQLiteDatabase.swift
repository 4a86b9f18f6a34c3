/// A database file, opened for reading only.

import CSQLite

enum SQLiteProblem: Error, Hashable, Sendable {
  case noTable(String, tables: [String])
  /// Several tables, and nothing says which.
  case severalTables([String])
  case noTables
  case locked
  /// SQLite's words.
  case unreadable(String)
  case notDatabase
  /// `table` for a file that has none.
  case tableOfText
  /// SQLite itself cannot be loaded, in the system's words.
  case noLibrary(String)
}

final class SQLiteDatabase {
  private let handle: OpaquePointer

  private init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_close_v2(handle) }

  static func open(_ path: String) -> Result<SQLiteDatabase, SQLiteProblem> {
    // INVARIANT: nothing else of SQLite is called before.
    if let failure = csqlite_open() { return .failure(.noLibrary(String(cString: failure))) }
    var handle: OpaquePointer?
    let status = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard let handle else { return .failure(.unreadable("not enough memory")) }
    let database = SQLiteDatabase(handle)
    guard status == SQLITE_OK else { return .failure(database.problem(status)) }
    // A file from anywhere: its views must not reach beyond it, and its pages are checked.
    for pragma in ["PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON", "PRAGMA mmap_size = 0"] {
      sqlite3_exec(handle, pragma, nil, nil, nil)
    }
    return .success(database)
  }

  func problem(_ status: Int32) -> SQLiteProblem {
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .locked
    case SQLITE_NOTADB: .notDatabase
    default: .unreadable(String(cString: sqlite3_errmsg(handle)))
    }
  }

  /// Tables and views, by name.
  func tables() -> Result<[String], SQLiteProblem> {
    var statement: SQLiteStatement
    switch prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name") {
    case .success(let prepared): statement = prepared
    case .failure(let problem): return .failure(problem)
    }
    var names: [String] = []
    while true {
      switch statement.step() {
      case SQLITE_ROW:
        if let name = statement.text(0), !name.hasPrefix("sqlite_") { names.append(name) }
      case SQLITE_DONE: return .success(names)
      case let status: return .failure(problem(status))
      }
    }
  }

  /// INVARIANT: the statement is finished with before the database is.
  func prepare(_ sql: String) -> Result<SQLiteStatement, SQLiteProblem> {
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard status == SQLITE_OK, let statement else { return .failure(problem(status)) }
    return .success(SQLiteStatement(statement, of: self))
  }

  /// A name as SQL writes it, whatever is in it.
  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}

final class SQLiteStatement {
  let handle: OpaquePointer
  private let database: SQLiteDatabase

  init(_ handle: OpaquePointer, of database: SQLiteDatabase) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  func step() -> Int32 { sqlite3_step(handle) }

  func text(_ column: Int32) -> String? { sqlite3_column_text(handle, column).map { String(cString: $0) } }
}
