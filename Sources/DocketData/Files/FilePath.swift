/// Paths and the names in a folder.

import Glibc

enum FilePath {
  static func join(_ directory: String, _ path: String) -> String {
    if path.hasPrefix("/") || path == "-" || directory.isEmpty || directory == "." { return path }
    return directory.hasSuffix("/") ? directory + path : "\(directory)/\(path)"
  }

  /// The folder of a path; `.` where it names none.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// `Feedback.csv` is `Feedback` and `csv`; the extension is in lower case.
  static func split(_ name: String) -> (stem: String, kind: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), name[name.index(after: dot)...].lowercased())
  }

  /// The same without the `.gz` of a packed file: `Feedback.csv.gz` is `Feedback` and `csv`.
  static func plainKind(_ name: String) -> (stem: String, kind: String) {
    let (stem, kind) = split(name)
    guard kind == "gz" else { return (stem, kind) }
    return split(stem)
  }

  /// The names of the files and folders in `directory`, sorted, so that the file system's order reaches nothing.
  static func list(_ directory: String) -> Result<[String], FileProblem> {
    guard let handle = opendir(directory) else {
      return .failure(
        errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(String(cString: strerror(errno)).lowercased()))
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return .success(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
