/// Reads the files that `holidays` clauses name.

import DocketData
public import DocketDiagnostics
public import DocketSemantics

extension HolidayFile {
  /// `sources` are the texts of the rulebook; `base` is put before the paths of texts that are not files themselves.
  public static func reader(_ sources: SourceMap, base: String = "") -> Reader {
    let paths = Dictionary(uniqueKeysWithValues: sources.files.map { ($0.id, $0.path) })
    return { written, file in
      let named = NamedFile(written, namedIn: paths[file] ?? "", base: base)
      switch named.content {
      case .success(let bytes): return HolidayTable.read(bytes, path: named.path)
      case .failure(let problem):
        return HolidayFile(problems: [Problem(.unreadable(problem.reason), at: DataPlace(path: named.path))])
      }
    }
  }
}
