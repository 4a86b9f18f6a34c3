/// The clock of one item: what its conditions say over the history of what they read.

import DocketRuntime
import DocketSemantics
import DocketTime

extension ClockRun {
  /// Finds what the conditions say at every instant at which something that they read changes.
  mutating func findSignals() {
    let own = RecordKey(entity: item.entity, record: UInt32(record))
    // Taken out while they are filled, so that they are not copied.
    var (instants, signals): ([Instant], [ClockSignal]) = ([], [])
    swap(&instants, &self.instants)
    swap(&signals, &self.signals)
    instants.removeAll(keepingCapacity: true)
    signals.removeAll(keepingCapacity: true)
    instants += edges.start
    instants += edges.stop
    instants += edges.restart
    if plan.needsHistory { add(changesOf: own, to: &instants) }
    Self.order(&instants)
    if log.isNeeded {
      watch(own, &instants, &signals)
    } else {
      for instant in instants { signals.append(signal(at: instant)) }
    }
    if case .when? = plan.sla.start {
      // A condition starts the clock where it becomes true.
      var was = false
      for position in signals.indices {
        let holds = signals[position].starts
        signals[position].starts = holds && !was
        was = holds
      }
    }
    if case .when? = plan.sla.restart {
      var was = false
      for position in signals.indices {
        let holds = signals[position].restarts
        signals[position].restarts = holds && !was
        was = holds
      }
    }
    (self.instants, self.signals) = (instants, signals)
  }

  /// Records that come into view bring their own instants: repeats until nothing new is read.
  private mutating func watch(_ own: RecordKey, _ instants: inout [Instant], _ signals: inout [ClockSignal]) {
    observed = [own]
    var open = instants
    while !open.isEmpty {
      _ = log.take()
      for instant in open { signals.append(signal(at: instant)) }
      open.removeAll(keepingCapacity: true)
      for key in log.take() where observed.insert(key).inserted { add(changesOf: key, to: &open) }
      Self.order(&open)
      open.removeAll { instants.holds($0) }
      instants += open
      Self.order(&instants)
    }
    signals.sort { $0.at < $1.at }
  }

  /// In order, each once.
  static func order(_ instants: inout [Instant]) {
    guard instants.count > 1 else { return }
    var isOrdered = true
    for index in 1..<instants.count where instants[index] <= instants[index - 1] { isOrdered = false }
    if isOrdered { return }
    instants.sort()
    var last = 0
    for index in 1..<instants.count where instants[index] != instants[last] {
      last += 1
      instants[last] = instants[index]
    }
    instants.removeSubrange((last + 1)...)
  }

  /// Adds the instants at which a record changes, up to now.
  func add(changesOf key: RecordKey, to instants: inout [Instant]) {
    guard let table = world.tables[Int(key.entity)] else { return }
    let rows = table.rows(of: Int(key.record))
    if !table.versions.isEmpty {
      for row in rows where table.versions[row] <= now { instants.append(table.versions[row]) }
    }
    if !table.created.isEmpty, let birth = table.created[Int(key.record)], birth <= now { instants.append(birth) }
    if let field = table.eventField, let column = table.columns[field] {
      for row in rows where column.isPresent(row) && column.instant(at: row) <= now {
        instants.append(column.instant(at: row))
      }
    }
  }

  private mutating func signal(at instant: Instant) -> ClockSignal {
    var signal = ClockSignal(at: instant)
    signal.starts = edges.start.holds(instant)
    signal.restarts = edges.restart.holds(instant)
    if case .when(let condition)? = plan.sla.start { signal.starts = holds(condition, at: instant, "start") }
    signal.stops = edges.stop.holds(instant)
    // A stop `at` an instant holds from then on: what starts later is met at once.
    if case .at? = plan.sla.stop, signal.starts, let stop = edges.stop.first, stop <= instant { signal.stops = true }
    if case .when(let condition)? = plan.sla.stop { signal.isStopped = holds(condition, at: instant, "stop") }
    if case .when(let condition)? = plan.sla.restart { signal.restarts = holds(condition, at: instant, "restart") }
    for pause in plan.sla.pauses where !signal.isPaused { signal.isPaused = holds(pause, at: instant, "pause") }
    if let cancel = plan.sla.cancel { signal.isCancelled = holds(cancel, at: instant, "cancel") }
    return signal
  }

  private mutating func holds(_ condition: CheckedExpression, at instant: Instant, _ clause: String) -> Bool {
    switch evaluate(condition, at: instant) {
    case .bool(let bit): return bit
    case let other:
      undecided = undecided ?? "\(clause): \(engine.cause(other))"
      return false
    }
  }
}

/// The instants of events, in order.
struct ClockEdges {
  var start: [Instant] = []
  var stop: [Instant] = []
  var restart: [Instant] = []
}

extension [Instant] {
  /// Whether an instant is among these, which are in order.
  func holds(_ instant: Instant) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < instant { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == instant
  }
}
