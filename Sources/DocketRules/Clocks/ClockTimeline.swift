/// What happens to one clock, instant by instant, and the cycles that this makes: no expressions here, only signals.

import DocketSemantics
import DocketSyntax
import DocketTime

/// What the conditions of a clock say at one instant. Levels hold from here to the next one.
struct ClockSignal {
  var at: Instant
  /// A start, a stop or a restart happens here.
  var starts = false
  var stops = false
  var restarts = false
  /// `stop when` holds: a stop that can be undone. `nil` where the stop is an event.
  var isStopped: Bool?
  var isPaused = false
  var isCancelled = false
}

/// One run of a clock from a start on.
struct ClockCycle {
  enum End {
    case running
    case stopped(Instant)
    case cancelled(Instant, cause: String)
  }
  var start: Instant
  var end = End.running
  /// In order, without overlap; the last may be open.
  var pauses: [Clock.Pause] = []

  var stop: Instant? {
    if case .stopped(let instant) = end { instant } else { nil }
  }

  var isPaused: Bool { pauses.last.map { $0.to == nil } ?? false }

  mutating func pause(_ paused: Bool, at instant: Instant) {
    if paused, !isPaused {
      // A pause that follows the one before without a gap goes on.
      if let last = pauses.last, last.to == instant {
        pauses[pauses.count - 1].to = nil
      } else {
        pauses.append(.init(from: instant, to: nil))
      }
    } else if !paused, isPaused {
      pauses[pauses.count - 1].to = instant
      if pauses[pauses.count - 1].from == instant { pauses.removeLast() }
    }
  }
}

/// Replays signals in order. At one instant the highest of cancel, restart, stop, pause, resume, start decides the state after it.
struct ClockReplay {
  let reopenPolicy: SLADeclaration.ReopenPolicy?
  let cyclesEach: Bool
  private(set) var cycles: [ClockCycle] = []

  init(reopenPolicy: SLADeclaration.ReopenPolicy?, cyclesEach: Bool) {
    self.reopenPolicy = reopenPolicy
    self.cyclesEach = cyclesEach
  }

  /// For another clock of the same kind.
  mutating func reset() { cycles.removeAll(keepingCapacity: true) }

  mutating func take(_ signal: ClockSignal) {
    guard let last = cycles.indices.last else {
      if signal.starts { open(signal) }
      return
    }
    switch cycles[last].end {
    case .running: run(signal, last)
    case .stopped(let stop): rest(signal, last, stop)
    case .cancelled: if cyclesEach, signal.starts { open(signal) }
    }
  }

  private mutating func open(_ signal: ClockSignal) {
    cycles.append(ClockCycle(start: signal.at))
    run(signal, cycles.count - 1, isFirst: true)
  }

  private mutating func run(_ signal: ClockSignal, _ index: Int, isFirst: Bool = false) {
    if signal.isCancelled {
      close(index, .cancelled(signal.at, cause: "cancelled"), signal.at)
    } else if signal.restarts, !isFirst {
      close(index, .cancelled(signal.at, cause: "restarted"), signal.at)
      open(signal)
    } else if signal.stops || signal.isStopped == true {
      close(index, .stopped(signal.at), signal.at)
    } else {
      cycles[index].pause(signal.isPaused, at: signal.at)
    }
  }

  private mutating func close(_ index: Int, _ end: ClockCycle.End, _ instant: Instant) {
    cycles[index].pause(false, at: instant)
    cycles[index].end = end
  }

  /// A stopped clock: its stop may be undone, or another cycle may begin.
  private mutating func rest(_ signal: ClockSignal, _ index: Int, _ stop: Instant) {
    if signal.restarts {
      open(signal)
    } else if signal.isStopped == false, let reopenPolicy {
      switch reopenPolicy {
      case .ignore: break
      case .countGap:
        cycles[index].end = .running
        run(signal, index)
      case .excludeGap:
        cycles[index].end = .running
        cycles[index].pause(true, at: stop)
        cycles[index].pause(false, at: signal.at)
        run(signal, index)
      case .newCycle: open(signal)
      case .restart:
        cycles[index].end = .cancelled(signal.at, cause: "reopened")
        open(signal)
      }
    } else if cyclesEach, signal.starts {
      open(signal)
    }
  }
}
