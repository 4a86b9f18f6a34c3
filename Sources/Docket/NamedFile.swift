/// A file that a rulebook names, such as the rows of a table: relative to the text that names it, regular files only.

import DocketDiagnostics
import Glibc

struct NamedFile {
  /// As it is shown to people.
  let path: String
  let content: Result<[UInt8], RulebookFiles.ReadProblem>

  /// `base` is put before the paths of texts that are not files themselves.
  init(_ written: String, namedIn text: String, base: String) {
    let folder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    path = written.hasPrefix("/") ? written : folder + written
    let place = written.hasPrefix("/") ? path : base + path
    var status = stat()
    guard stat(place, &status) == 0 else {
      content = .failure(.init(path: path, reason: String(cString: strerror(errno))))
      return
    }
    // A pipe or a device would never end.
    guard status.st_mode & S_IFMT == S_IFREG else {
      content = .failure(.init(path: path, reason: "it is no file"))
      return
    }
    content = RulebookFiles.read(place)
  }
}
