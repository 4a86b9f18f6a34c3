/// How problems of databases are told.

import DocketDiagnostics

extension SQLiteProblem {
  func told(path: String) -> (code: DiagnosticCode, message: String, help: [String]) {
    switch self {
    case .noTable(let name, let tables):
      (
        .noSuchTable, "`\(path)` has no table `\(name)`",
        suggest(name, among: tables, habits: false).map { [$0.helpText] } ?? ["the tables are \(list(tables))"]
      )
    case .severalTables(let tables):
      (
        .noSuchTable, "`\(path)` has \(tables.count) tables: \(list(tables))",
        ["say which: `from \"…\" table \"\(tables[0])\"`"]
      )
    case .noTables: (.noSuchTable, "`\(path)` has no tables", [])
    case .locked:
      (.unreadableDatabase, "`\(path)` is locked: another program is writing to it", ["try again, or load a copy"])
    case .unreadable(let reason): (.unreadableDatabase, "cannot read `\(path)`: \(reason)", [])
    case .notDatabase: (.unreadableDatabase, "`\(path)` is no SQLite database, or a damaged one", [])
    case .tableOfText:
      (.unreadableDatabase, "`\(path)` is no SQLite database", ["leave out `table`, which is for databases and JSON"])
    case .noLibrary(let reason):
      (
        .missingLibrary, "`\(path)` needs SQLite, which is not there: \(reason)",
        ["install it, on Debian and Ubuntu with `apt-get install libsqlite3-0`"]
      )
    }
  }

  private func list(_ names: [String]) -> String {
    names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
      + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}
