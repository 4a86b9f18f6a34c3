/// Paths as they stand in a rulebook.

enum DraftPath {
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// `tickets` of `exports/tickets.csv.gz`
  static func stem(of path: String) -> String {
    let name = name(of: path)
    return name.firstIndex(of: ".").flatMap { $0 == name.startIndex ? nil : String(name[..<$0]) } ?? name
  }

  static func commonFolder(of paths: [String]) -> String {
    var common: [Substring]?
    for path in paths {
      let parts = folder(of: path).split(separator: "/", omittingEmptySubsequences: false)
      guard let shared = common else {
        common = parts
        continue
      }
      common = zip(shared, parts).prefix { $0 == $1 }.map { $0.0 }
    }
    guard let common, !common.isEmpty else { return "." }
    let joined = common.joined(separator: "/")
    return joined.isEmpty ? "/" : joined
  }

  static func relative(_ path: String, to folder: String) -> String {
    if folder == "." { return path.hasPrefix("./") ? String(path.dropFirst(2)) : path }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
