/// Where a user's files live, as the XDG base directories say.

import Glibc

enum UserFolders {
  static var state: String? { folder("XDG_STATE_HOME", "/.local/state").map { $0 + "/docket" } }

  static var configuration: String? { folder("XDG_CONFIG_HOME", "/.config").map { $0 + "/docket" } }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Makes a folder with those above it, for this user alone.
  static func make(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR }
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex, make(String(path[..<slash])) else {
      return false
    }
    return mkdir(path, 0o700) == 0
  }

  private static func folder(_ variable: String, _ fallback: String) -> String? {
    if let path = environment(variable), path.hasPrefix("/") { return path }
    return environment("HOME").map { $0 + fallback }
  }
}

enum Locale {
  /// readline reads the environment itself: without a UTF-8 locale there it would drop what is not ASCII.
  static func useUTF8() {
    setlocale(LC_ALL, "")
    if let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset).uppercased().contains("UTF") { return }
    setenv("LC_ALL", "C.UTF-8", 1)
    setlocale(LC_ALL, "")
  }
}
