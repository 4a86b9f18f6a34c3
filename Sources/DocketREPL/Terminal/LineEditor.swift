/// One line from a person, edited with GNU readline.
///
/// The callback interface is used, because only it lets Ctrl-C end a line at once and leaves the screen clean: the loop here waits
/// for a key or a signal, and hands keys to readline.

import CReadline
import Glibc

enum TypedLine {
  case text(String)
  /// Ctrl-C
  case cancelled
  /// Ctrl-D on an empty line, or nobody is there any more.
  case end
}

struct CompletionCandidate {
  var text: String
  /// Shown beside it.
  var note: String
  /// What people see of it, where that is less than what is typed for them.
  var label: String?

  var shown: String { label ?? text }
}

/// readline calls C functions without a context, so what they need is here. INVARIANT: only the main thread comes here.
private enum Shared {
  nonisolated(unsafe) static var line: TypedLine?
  nonisolated(unsafe) static var complete:
    ((String, Int) -> (start: Int, found: [CompletionCandidate], appendix: Character?))?
  nonisolated(unsafe) static var candidates: [CompletionCandidate] = []
  /// The same, as readline replaces them: from the start of its own word on.
  nonisolated(unsafe) static var texts: [String] = []
  nonisolated(unsafe) static var next = 0
  nonisolated(unsafe) static var width = 80
  nonisolated(unsafe) static var hasColor = false
}

struct LineEditor {
  /// Why readline cannot be used; it is loaded here. INVARIANT: nothing else of it is called before.
  static var failure: String? { docket_rl_open().map { String(cString: $0) } }

  /// Prepares readline once. `complete` gets the line and the cursor's byte offset in it.
  init(
    hasColor: Bool,
    complete: @escaping (String, Int) -> (start: Int, found: [CompletionCandidate], appendix: Character?)
  ) {
    Locale.useUTF8()
    Shared.complete = complete
    Shared.hasColor = hasColor
    docket_rl_set_name("docket")
    docket_rl_catch_signals(0)
    docket_rl_catch_resize(0)
    docket_rl_set_word_breaks(" \t\n()[]{}.,;:+-*/%=<>!&|?\"'@`")
    // A person's inputrc, which is read later, may say otherwise.
    rl_variable_bind("show-all-if-ambiguous", "on")
    rl_variable_bind("completion-ignore-case", "on")
    docket_rl_set_completer { _, start, end in attemptCompletion(start, end) }
    docket_rl_set_display { matches, count, _ in showCandidates(matches, count) }
  }

  /// The prompt may hold colours.
  func read(prompt: String) -> TypedLine {
    Shared.line = nil
    Interrupts.catchSuspension()
    defer { Interrupts.releaseSuspension() }
    rl_callback_handler_install(prompt) { text in
      rl_callback_handler_remove()
      guard let text else {
        Shared.line = .end
        return
      }
      Shared.line = .text(String(cString: text))
      free(text)
    }
    while Shared.line == nil {
      var waits = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Interrupts.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&waits, 2, -1)
      if count < 0, errno != EINTR { return .end }
      if count < 0 || waits[1].revents != 0 { answerSignals() }
      if Shared.line == nil, count > 0, waits[0].revents != 0 { rl_callback_read_char() }
    }
    return Shared.line ?? .end
  }

  private func answerSignals() {
    Interrupts.drain()
    if Interrupts.takeResize() { rl_resize_terminal() }
    if Interrupts.takeInterrupt() {
      drop("^C")
      Shared.line = .cancelled
    }
    if Interrupts.hasEnded {
      drop("")
      Shared.line = .end
    }
    if Interrupts.takeSuspension() {
      rl_deprep_terminal()
      Interrupts.releaseSuspension()
      kill(getpid(), SIGTSTP)
      // Here again once the shell lets the program go on.
      Interrupts.catchSuspension()
      rl_prep_terminal(1)
      docket_rl_forced_update()
    }
  }

  /// Gives up the line; what was typed stays to be seen.
  private func drop(_ mark: String) {
    docket_rl_move_to_end()
    rl_redisplay()
    docket_rl_print(mark + "\n")
    docket_rl_flush()
    rl_callback_sigcleanup()
    rl_free_line_state()
    rl_replace_line("", 0)
    rl_callback_handler_remove()
  }
}

// MARK: - Completion

/// readline's word may begin later than what is completed, at a break inside a text; then the candidates are cut to fit.
private func attemptCompletion(_ start: Int32, _ end: Int32) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  docket_rl_completion_is_final()
  let line = String(cString: docket_rl_line())
  guard let (wordStart, found, appendix) = Shared.complete?(line, Int(end)), !found.isEmpty else { return nil }
  let bytes = Array(line.utf8)
  let (start, from) = (Int(start), min(wordStart, bytes.count))
  Shared.candidates = found
  Shared.texts = found.map { candidate in
    if start >= from { return String(decoding: Array(candidate.text.utf8).dropFirst(start - from), as: UTF8.self) }
    return String(decoding: bytes[start..<from], as: UTF8.self) + candidate.text
  }
  Shared.next = 0
  docket_rl_append_after_completion(appendix.flatMap { $0.asciiValue }.map { Int32($0) } ?? 0)
  return rl_completion_matches("") { _, state in
    if state == 0 { Shared.next = 0 }
    guard Shared.next < Shared.texts.count else { return nil }
    defer { Shared.next += 1 }
    return strdup(Shared.texts[Shared.next])
  }
}

/// Candidates with their types beside, in columns.
private func showCandidates(_ matches: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32) {
  var rows: Int32 = 0
  var columns: Int32 = 0
  rl_get_screen_size(&rows, &columns)
  docket_rl_print("\n")
  docket_rl_print(CandidateList.text(Shared.candidates, width: max(20, Int(columns)), color: Shared.hasColor))
  docket_rl_flush()
  rl_on_new_line()
}
