/// Signals, turned into something that the loop of the prompt can wait for.
///
/// A handler does next to nothing: it notes the signal, asks the running evaluation to end, and writes a byte that wakes whoever waits.

import DocketRuntime
import Glibc
import Synchronization

enum Interrupts {
  /// What Ctrl-C ends.
  static let cancellation = Cancellation()

  private static let wakeEnd = Atomic<Int32>(-1)
  private static let waitEnd = Atomic<Int32>(-1)
  private static let interrupted = Atomic<Bool>(false)
  private static let resized = Atomic<Bool>(false)
  private static let suspended = Atomic<Bool>(false)
  private static let ended = Atomic<Bool>(false)

  /// The descriptor that becomes readable after a signal.
  static var descriptor: Int32 { waitEnd.load(ordering: .relaxed) }

  static func install() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    waitEnd.store(ends[0], ordering: .relaxed)
    wakeEnd.store(ends[1], ordering: .relaxed)
    cancellation.clear()
    // Whoever started the program may have kept signals from it.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for number in [SIGINT, SIGWINCH, SIGTERM, SIGTSTP] { sigaddset(&wanted, number) }
    sigprocmask(SIG_UNBLOCK, &wanted, nil)
    handle(SIGINT) { _ in
      Interrupts.cancellation.request()
      Interrupts.note(Interrupts.interrupted)
    }
    handle(SIGWINCH) { _ in Interrupts.note(Interrupts.resized) }
    handle(SIGTERM) { _ in
      Interrupts.cancellation.request()
      Interrupts.note(Interrupts.ended)
    }
    // Whoever stops reading, such as a pager, ends a text and not the session.
    signal(SIGPIPE, SIG_IGN)
  }

  /// While readline has the terminal it has to give it back before the program is suspended.
  static func catchSuspension() { handle(SIGTSTP) { _ in Interrupts.note(Interrupts.suspended) } }

  static func releaseSuspension() { signal(SIGTSTP, SIG_DFL) }

  static func takeInterrupt() -> Bool { interrupted.exchange(false, ordering: .relaxed) }
  static func takeResize() -> Bool { resized.exchange(false, ordering: .relaxed) }
  static func takeSuspension() -> Bool { suspended.exchange(false, ordering: .relaxed) }
  static var hasEnded: Bool { ended.load(ordering: .relaxed) }

  /// Forgets the bytes that woke the loop.
  static func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }

  private static func note(_ flag: borrowing Atomic<Bool>) {
    flag.store(true, ordering: .relaxed)
    let reason = errno
    var byte: UInt8 = 0
    _ = write(wakeEnd.load(ordering: .relaxed), &byte, 1)
    errno = reason
  }

  private static func handle(_ number: Int32, _ handler: @convention(c) @escaping (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    // Without SA_RESTART a wait ends, and the loop looks at what happened.
    action.sa_flags = 0
    sigaction(number, &action, nil)
  }
}
