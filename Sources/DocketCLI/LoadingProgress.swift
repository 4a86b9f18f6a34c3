/// A line on the terminal that says how far loading has come, once that takes a person's time.

import DocketData
import Glibc
import Synchronization

final class LoadingProgress: Sendable {
  private struct State {
    var start = ContinuousClock.now
    var shown: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  /// Quick loads stay silent.
  private static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  func tell(_ progress: LoadProgress) {
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      guard now - state.start > Self.patience, state.shown.map({ now - $0 > Self.interval }) ?? true else {
        return false
      }
      state.shown = now
      return true
    }
    guard isDue else { return }
    let share = progress.total > 0 ? " \(min(100, progress.done * 100 / progress.total)) %" : ""
    Terminal.write(Array("\r\u{1B}[Kloading \(progress.path)\(share)".utf8), to: 2)
  }

  func end() {
    let wasShown = state.withLock { $0.shown != nil }
    if wasShown { Terminal.write(Array("\r\u{1B}[K".utf8), to: 2) }
  }
}
