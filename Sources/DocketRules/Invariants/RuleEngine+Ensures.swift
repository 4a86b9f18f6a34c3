/// Invariants over the data: every combination of their domains, now or at every instant ahead where something read changes.

import DocketRuntime
import DocketSemantics
import DocketTime

extension RuleEngine {
  func runEnsure(_ index: Int) -> [Finding] {
    let run = EnsureRun(engine: self, index: index)
    return run.findings()
  }
}

private struct EnsureRun {
  let engine: RuleEngine
  let index: Int
  let ensure: CheckedEnsure

  init(engine: RuleEngine, index: Int) {
    self.engine = engine
    self.index = index
    ensure = engine.rulebook.ensures[index]
  }

  private var evaluator: Evaluator { engine.evaluator }

  func findings() -> [Finding] {
    let values = ensure.domains.map { domain -> [Value] in
      switch domain.kind {
      case .entity(let id): engine.items(of: id).map { .entity($0) }
      case .enumeration(let id):
        engine.rulebook.schema[id].cases.indices.map { .enumeration(EnumValue(type: id.index, ordinal: UInt16($0))) }
      }
    }
    guard values.allSatisfy({ !$0.isEmpty }) else { return [] }
    var found: [Finding] = []
    var position = Array(repeating: 0, count: values.count)
    // Counts through the combinations, the last domain fastest.
    while !evaluator.isCancelled {
      found += check(zip(values, position).map { $0[$1] })
      var digit = position.count - 1
      while digit >= 0 {
        position[digit] += 1
        if position[digit] < values[digit].count { break }
        position[digit] = 0
        digit -= 1
      }
      if digit < 0 { break }
    }
    return found
  }

  /// The violations of one combination, neighbours joined.
  private func check(_ combination: [Value]) -> [Finding] {
    var read: Set<RecordKey> = []
    var asked: Set<Int> = []
    engine.world.readObserver = { read.insert(RecordKey(entity: $0, record: $1)) }
    evaluator.calendarObserver = { asked.insert($0) }
    defer {
      engine.world.readObserver = nil
      evaluator.calendarObserver = nil
      evaluator.instant = engine.instant
    }
    let now = engine.instant
    var verdicts: [(at: Instant, verdict: Verdict)] = [(now, verdict(combination, at: now))]
    if let horizon = horizon(combination) {
      var seen: Set<Instant> = [now]
      var followed: Set<Int> = []
      // Records and calendars that come into view ahead bring their own instants: repeat until nothing new is read.
      while true {
        var open = read.reduce(into: Set<Instant>()) { instants, key in
          for instant in dated(key) where instant > now && instant <= horizon && !seen.contains(instant) {
            instants.insert(instant)
          }
        }
        for calendar in asked.subtracting(followed) {
          followed.insert(calendar)
          let (turns, end) = turns(of: calendar, from: now, to: horizon)
          open.formUnion(turns.filter { !seen.contains($0) })
          if let end {
            verdicts.append((end, .undecided("a calendar opens too often to look further ahead than this")))
            seen.insert(end)
            open.remove(end)
          }
        }
        if open.isEmpty { break }
        for instant in open.sorted() {
          seen.insert(instant)
          verdicts.append((instant, verdict(combination, at: instant)))
        }
      }
      verdicts.sort { $0.at < $1.at }
    }
    return joined(verdicts, combination)
  }

  private func horizon(_ combination: [Value]) -> Instant? {
    guard let during = ensure.during else { return nil }
    let length = evaluator.withFrame(of: ensure.slotCount, arguments: combination) { evaluator.evaluate(during) }
    guard case .duration(let duration) = length else { return nil }
    return engine.instant.adding(duration) ?? .maximum
  }

  /// Every instant that a record's fields name: where it may come to count or cease to.
  private func dated(_ key: RecordKey) -> [Instant] {
    guard let table = engine.world.tables[Int(key.entity)], let row = table.row(of: Int(key.record), at: nil) else {
      return []
    }
    return table.columns.flatMap { column -> [Instant] in
      guard let column, column.isPresent(row) else { return [] }
      switch column.value(at: row) {
      case .timestamp(let instant): return [instant]
      // A day counts from its start, or to its end.
      case .date(let date):
        return [date, date.addingDays(1)].compactMap { $0.flatMap { evaluator.zone.startOfDay($0) } }
      default: return []
      }
    }
  }

  /// When a calendar opens and closes, and where to stop if that is more often than anybody can want to know.
  private func turns(of calendar: Int, from start: Instant, to end: Instant) -> ([Instant], cutAt: Instant?) {
    let calendar = engine.rulebook.calendars[calendar].calendar
    var turns: [Instant] = []
    var last = start
    while let next = calendar.isOpen(last) ? calendar.nextClosed(last) : calendar.nextOpen(last),
      next > last, next <= end
    {
      if turns.count == EnsureRun.mostTurns { return (turns, next) }
      turns.append(next)
      last = next
    }
    return (turns, nil)
  }

  /// More than thirty years of days with a break at noon.
  private static let mostTurns = 50_000

  private enum Verdict {
    case holds
    case violated(because: String?)
    case undecided(String)
  }

  private func verdict(_ combination: [Value], at instant: Instant) -> Verdict {
    evaluator.instant = instant
    return evaluator.withFrame(of: ensure.slotCount, arguments: shown(combination, at: instant)) {
      if let filter = ensure.filter {
        switch evaluator.evaluate(filter) {
        case .bool(true): break
        case .bool(false): return .holds
        case let other: return .undecided("where: \(engine.cause(other))")
        }
      }
      switch evaluator.evaluate(ensure.expectation) {
      case .bool(true): return .holds
      case .bool(false):
        let because = ensure.because.map { evaluator.evaluate($0) }
        return .violated(because: because.flatMap { engine.text(of: $0) })
      case let other: return .undecided(engine.cause(other))
      }
    }
  }

  /// Records as of an instant.
  private func shown(_ combination: [Value], at instant: Instant) -> [Value] {
    combination.map { value in
      guard case .entity(let reference) = value else { return value }
      let id = EntityID(index: Int(reference.entity))
      let row = engine.world.entity(id, record: engine.world.record(of: reference), at: instant)
      return row.isAbsent ? value : row
    }
  }

  private func joined(_ verdicts: [(at: Instant, verdict: Verdict)], _ combination: [Value]) -> [Finding] {
    var found: [Finding] = []
    var isOpen = false
    for (at, verdict) in verdicts {
      if isOpen, let last = found.indices.last {
        // A violation for the same reason goes on.
        if case .violated(let because) = verdict, found[last].cause == nil, found[last].because == because { continue }
        found[last].until = at
      }
      switch verdict {
      case .holds: isOpen = false
      case .violated(let because):
        found.append(
          Finding(ensure: index, combination: combination, from: at, until: nil, because: because, cause: nil))
        isOpen = true
      case .undecided(let cause):
        found.append(Finding(ensure: index, combination: combination, from: at, until: nil, because: nil, cause: cause))
        isOpen = true
      }
    }
    return found
  }
}
