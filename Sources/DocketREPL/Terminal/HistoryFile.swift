/// What was typed in earlier sessions: one file of the user's alone, to which each entry is added at once, so that nothing is lost with a
/// session. Entries of several lines stay whole: readline marks each with the time at which it was typed.

import CReadline
import Glibc

struct HistoryFile {
  private let path: String?
  private var last: String?

  private static let limit: Int32 = 5_000

  init() {
    path = HistoryFile.place()
    docket_rl_keep_entries_whole()
    using_history()
    stifle_history(Self.limit)
    guard let path else { return }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    fchmod(descriptor, 0o600)
    close(descriptor)
    read_history(path)
    // readline keeps the newest; the file is cut now and then.
    if docket_rl_history_length() >= Self.limit { history_truncate_file(path, Self.limit) }
    let count = docket_rl_history_length()
    if count > 0, let line = docket_rl_history_line(count - 1) { last = String(cString: line) }
  }

  /// Not what begins with a space, and nothing twice in a row.
  mutating func add(_ entry: String) {
    var text = entry
    while text.last?.isWhitespace ?? false { text.removeLast() }
    guard !text.isEmpty, !text.hasPrefix(" "), text != last else { return }
    last = text
    add_history(text)
    if let path { append_history(1, path) }
  }

  /// `$XDG_STATE_HOME/docket/history`, by default in `~/.local/state`.
  private static func place() -> String? {
    guard let folder = UserFolders.state else { return nil }
    return UserFolders.make(folder) ? folder + "/history" : nil
  }
}
