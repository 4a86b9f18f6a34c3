/// Paths with `*` and `?`: `exports/2026-*.csv`.

enum Glob {
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// The paths that fit, sorted; files and folders whose name begins with `.` are not looked at.
  static func expand(_ pattern: String) -> [String] {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    var paths = [pattern.hasPrefix("/") ? "/" : ""]
    for part in parts {
      paths = paths.flatMap { path -> [String] in
        guard isPattern(part) else { return [path.isEmpty || path.hasSuffix("/") ? path + part : "\(path)/\(part)"] }
        let names = (try? FilePath.list(path.isEmpty ? "." : path).get()) ?? []
        return names.filter { matches($0, part) }.map {
          path.isEmpty || path.hasSuffix("/") ? path + $0 : "\(path)/\($0)"
        }
      }
    }
    return paths
  }

  /// Whether a name fits: `*` stands for any text, `?` for one character.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let (name, pattern) = (Array(name), Array(pattern))
    var (here, at) = (0, 0)
    // Where the last `*` stands, and up to where it reaches.
    var star: (pattern: Int, name: Int)?
    while here < name.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at, here)
        at += 1
      } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[here] {
        at += 1
        here += 1
      } else if let (pattern, reached) = star {
        star = (pattern, reached + 1)
        at = pattern + 1
        here = reached + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }
}
