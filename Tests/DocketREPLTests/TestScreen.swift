/// A real terminal for tests: tmux runs the program, types into it, and says what the screen shows.

import Foundation
import Testing

final class TestScreen {
  static let program = Talk.root + "/.build/debug/docket"
  static let isAvailable: Bool = {
    if FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux") { return true }
    print("tmux is not installed: the tests on a terminal are skipped")
    return false
  }()

  private let socket = "docket-\(UUID().uuidString.prefix(8))"
  /// The history and the settings of this test alone.
  let home: URL

  init(
    _ arguments: [String] = [], environment: [String: String] = [:], width: Int = 80, height: Int = 30,
    home: URL? = nil,
    isInShell: Bool = false
  ) throws {
    self.home =
      home
      ?? FileManager.default.temporaryDirectory.appendingPathComponent("docket-home-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: self.home, withIntermediateDirectories: true)
    var variables = [
      "LC_ALL": "C.UTF-8", "HOME": self.home.path, "XDG_STATE_HOME": self.home.path, "INPUTRC": "/dev/null",
    ]
    variables.merge(environment) { $1 }
    let assignments = variables.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let command = ([Self.program, "repl"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    // What the program leaves behind stays on the screen.
    let run = "cd '\(Talk.root)' && env -u TMUX \(assignments) \(command)"
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
      isInShell ? "bash --norc" : run + "; echo \"left with $?\"; sleep 60")
    if isInShell { try enter(run) }
  }

  deinit { _ = try? tmux("kill-server") }

  /// The server lives on: it must not hold the pipes of other tests open, whose readers would wait for their end.
  private static let withoutInheritedFiles =
    "for f in /proc/self/fd/*; do n=${f##*/}; [ \"$n\" -gt 2 ] && eval \"exec $n>&-\"; done 2>/dev/null; exec /usr/bin/tmux \"$@\""

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", Self.withoutInheritedFiles, "tmux", "-u", "-L", socket] + arguments
    let output = home.appendingPathComponent("output-\(UUID().uuidString.prefix(8))")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.runUnblocked()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }

  // MARK: - Typing

  func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  /// `Enter`, `Tab`, `C-c`, `Left`, `BSpace`, `Up`.
  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  func enter(_ text: String) throws {
    try type(text)
    try press("Enter")
  }

  /// As a person pastes: in brackets where the program asked for them.
  func paste(_ text: String) throws {
    let file = home.appendingPathComponent("paste.txt")
    try Data(text.utf8).write(to: file)
    try tmux("load-buffer", "-b", "paste", file.path)
    try tmux("paste-buffer", "-p", "-r", "-b", "paste")
  }

  func resize(width: Int, height: Int) throws { try tmux("resize-window", "-x", "\(width)", "-y", "\(height)") }

  // MARK: - Looking

  /// What the screen shows, without empty lines at the end.
  func text() throws -> String {
    var text = Substring(try tmux("capture-pane", "-p"))
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  func lines() throws -> [String] { try text().split(separator: "\n").map(String.init) }

  /// Everything since the start.
  func allText() throws -> String { try tmux("capture-pane", "-p", "-S", "-2000", "-J") }

  /// The cell of the cursor, from 0.
  func cursorColumn() throws -> Int {
    Int(try tmux("display-message", "-p", "#{cursor_x}").trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  /// Waits until the screen shows something; how long that took.
  @discardableResult
  func wait(for wanted: String, seconds: Double = 15) throws -> Duration {
    try wait(seconds: seconds, "the screen shows \(wanted)") { $0.contains(wanted) }
  }

  /// Waits until the last line is a prompt.
  @discardableResult
  func waitForPrompt(_ prompt: String = "> ", seconds: Double = 15) throws -> Duration {
    try wait(seconds: seconds, "there is a prompt") { text in
      guard let last = text.split(separator: "\n").last else { return false }
      return (last + " ").hasSuffix(prompt) && last.hasPrefix("docket")
    }
  }

  @discardableResult
  func wait(seconds: Double = 15, _ what: String, until holds: (String) -> Bool) throws -> Duration {
    let begin = ContinuousClock.now
    while begin.duration(to: .now) < .seconds(seconds) {
      if holds(try text()) { return begin.duration(to: .now) }
      Thread.sleep(forTimeInterval: 0.02)
    }
    Issue.record("in \(seconds) s it did not come to this: \(what)\n\(try text())")
    return begin.duration(to: .now)
  }
}

extension Process {
  /// Starts the program with no signal blocked. Threads that run tests block them, and a child inherits that: nothing that
  /// asks it to end would reach it.
  func runUnblocked() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
