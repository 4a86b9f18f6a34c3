/// Finding and reading the files of a rulebook: a folder with every `*.docket` below it, or one file.

import DocketData
import Glibc

public enum RulebookFiles {
  /// The paths of a rulebook's files in a fixed order, or `nil` where there is nothing at `path`.
  public static func find(_ path: String) -> [String]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    var found: [String] = []
    collect(path, depth: 0, &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The name of a rulebook's folder, or of its file without the ending, for the heading of a report.
  public static func title(of path: String) -> String {
    let full = realpath(path, nil)
    defer { free(full) }
    let resolved = full.map { String(cString: $0) } ?? path
    let name = resolved.split(separator: "/").last.map(String.init) ?? resolved
    return name.hasSuffix(".docket") ? String(name.dropLast(7)) : name
  }

  private static func collect(_ folder: String, depth: Int, _ found: inout [String]) {
    // Links to folders are not followed: one that leads back up would never end.
    guard depth < 64, let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(path, depth: depth + 1, &found)
      } else if name.hasSuffix(".docket") {
        found.append(path)
      }
    }
  }

  /// The bytes of a file, or the system's reason. Of more than a text may have only so much that the parser tells of it.
  public static func read(_ path: String) -> Result<[UInt8], ReadProblem> {
    FileBytes.read(path, limit: 65 << 20).mapError { ReadProblem(path: path, reason: $0.reason) }
  }

  /// Replaces a file's text; `false` leaves the reason in `errno`.
  public static func write(_ text: String, to path: String) -> Bool {
    // A new file beside it takes its place at once, so that an interruption loses nothing.
    let temporary = path + ".docket-fmt"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return false }
    var text = text
    let isWritten = text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
    var status = stat()
    if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode) }
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }

  /// Adds to the end of a file, which is made where it is not there; `false` leaves the reason in `errno`.
  public static func append(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var text = text
    return text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
  }

  /// Removes a file; one that is not there is removed already.
  public static func remove(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

  public struct ReadProblem: Error, Sendable {
    public var path: String
    public var reason: String
  }
}
