/// Finds and reads the files that `holidays` clauses name: relative to the file with the clause, regular files only.

import DocketData
public import DocketDiagnostics
public import DocketSemantics
import Glibc

extension HolidayFile {
  /// `sources` are the texts of the rulebook; `base` is put before the paths of texts that are not files themselves.
  public static func reader(_ sources: SourceMap, base: String = "") -> Reader {
    let paths = Dictionary(uniqueKeysWithValues: sources.files.map { ($0.id, $0.path) })
    return { written, file in
      // As it is shown, and where it is.
      let path = written.hasPrefix("/") ? written : folder(of: paths[file] ?? "") + written
      let place = written.hasPrefix("/") ? path : base + path
      var status = stat()
      guard stat(place, &status) == 0 else { return unreadable(path, String(cString: strerror(errno))) }
      // A pipe or a device would never end.
      guard status.st_mode & S_IFMT == S_IFREG else { return unreadable(path, "it is no file") }
      switch RulebookFiles.read(place) {
      case .success(let bytes): return HolidayTable.read(bytes, path: path)
      case .failure(let problem): return unreadable(path, problem.reason)
      }
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private static func unreadable(_ path: String, _ reason: String) -> HolidayFile {
    HolidayFile(problems: [Problem(.unreadable(reason), at: DataPlace(path: path))])
  }
}
