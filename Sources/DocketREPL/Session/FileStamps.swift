/// When the files of a rulebook were last written, to see that one has changed.

import Docket
import Glibc

enum FileStamps {
  static func of(_ path: String) -> [String: Int64] {
    var stamps: [String: Int64] = [:]
    for file in RulebookFiles.find(path) ?? [] {
      var status = stat()
      guard stat(file, &status) == 0 else { continue }
      stamps[file] = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
    return stamps
  }
}

enum Pause {
  /// A signal ends it early.
  static func milliseconds(_ count: Int) { usleep(UInt32(count) * 1000) }
}
