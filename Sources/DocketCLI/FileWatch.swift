/// Waits until something below some paths changes: files are looked at a few times a second.

import Docket
import Glibc

struct FileWatch {
  private struct Stamp: Hashable {
    var path: String
    var seconds: Int
    var nanoseconds: Int
    var size: Int
  }
  private let paths: [String]
  private var last: Set<Stamp> = []

  /// A saved file may be written in pieces: what changed has to stay as it is for so long.
  private static let interval: UInt32 = 150_000

  init(_ paths: [String]) {
    self.paths = paths
    last = stamps()
  }

  mutating func wait() {
    while true {
      usleep(Self.interval)
      let now = stamps()
      guard now != last else { continue }
      usleep(Self.interval)
      guard stamps() == now else { continue }
      last = now
      return
    }
  }

  private func stamps() -> Set<Stamp> {
    var found: Set<Stamp> = []
    for path in paths { collect(path, depth: 0, &found) }
    return found
  }

  private func collect(_ path: String, depth: Int, _ found: inout Set<Stamp>) {
    var status = stat()
    guard depth < 64, lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      found.insert(
        Stamp(
          path: path, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size)))
      return
    }
    guard let directory = opendir(path) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // Hidden files and what is being written are not read by anybody.
      guard !name.hasPrefix("."), !name.hasSuffix(".docket-fmt"), !name.hasSuffix("~") else { continue }
      collect("\(path)/\(name)", depth: depth + 1, &found)
    }
  }
}
