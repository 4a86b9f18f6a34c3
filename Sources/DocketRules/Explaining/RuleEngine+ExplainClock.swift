/// From the replay of a clock to its timeline.

public import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension RuleEngine {
  /// What happened to an item's clock, up to now and as far ahead as its deadline.
  public func explain(sla index: Int, for item: EntityReference) -> ClockExplanation {
    clockRun(index, of: current(item)) { $0.explanation() }
  }
}

extension ClockRun {
  fileprivate mutating func explanation() -> ClockExplanation {
    defer { evaluator.instant = now }
    var first = self
    var clocks: [Clock] = []
    first.clocks(into: &clocks)
    var explanation = ClockExplanation(
      sla: plan.index, item: item, place: engine.place(sla.span), clocks: clocks, calendars: [], targets: [],
      zone: evaluator.zone, filter: filterNotes(clocks), entries: [])
    for clock in clocks {
      explanation.calendars.append(calendar(of: clock)?.name)
      explanation.targets.append(clock.elapsed.flatMap { elapsed in clock.remaining.flatMap { elapsed.adding($0) } })
    }
    var entries = changes(clocks)
    for clock in clocks where clock.start != nil { entries += lines(of: clock) }
    entries.append(TimelineEntry(at: now, kind: .now, cycle: nil, total: nil, isAhead: false))
    for position in entries.indices { place(&entries[position], clocks) }
    explanation.entries = entries.enumerated().sorted {
      ($0.element.at, $0.element.order, $0.offset) < ($1.element.at, $1.element.order, $1.offset)
    }.map(\.element)
    return explanation
  }

  private func filterNotes(_ clocks: [Clock]) -> [ConditionNote] {
    guard let filter = sla.filter else { return [] }
    let start = clocks.first?.start ?? earliestStart ?? now
    return inFrame(at: start) { engine.notes(of: filter, .filter, isNegated: false) }
  }

  /// When the clock would have started.
  private var earliestStart: Instant? {
    guard case .at(let expression)? = sla.start, case .timestamp(let instant) = evaluate(expression, at: now) else {
      return nil
    }
    return instant <= now ? instant : nil
  }

  // MARK: - What changed, and what it did

  private mutating func changes(_ clocks: [Clock]) -> [TimelineEntry] {
    var steps: [Instant: [ClockStep]] = [:]
    undecided = nil
    if case .cadence(let cadence) = sla.target {
      for clock in clocks {
        if let start = clock.start {
          steps[start, default: []].append(
            ClockStep(
              kind: .started, clause: "every \(cadence.unit) from \(engine.sourceText(cadence.from.span))",
              place: engine.place(cadence.from.span), values: []))
        }
        if let stop = clock.stop { steps[stop, default: []].append(step(.stopped, at: stop)) }
      }
    } else if !plan.needsHistory || table?.hasHistory ?? false {
      findEdges()
      // An undecided clock has its events, and no steps.
      if undecided == nil {
        findSignals()
        if undecided == nil, clocks.contains(where: { $0.start != nil }) { steps = self.steps(signals) }
      }
    }
    var records = observed
    records.insert(RecordKey(entity: item.entity, record: UInt32(record)))
    for trigger in [sla.start, sla.stop, sla.restart] { records.formUnion(events(of: trigger)) }
    var changes: [Instant: [RecordChange]] = [:]
    for key in records.sorted(by: { ($0.entity, $0.record) < ($1.entity, $1.record) }) {
      for (instant, change) in history(of: key) { changes[instant, default: []].append(change) }
    }
    return Set(changes.keys).union(steps.keys).map { instant in
      TimelineEntry(
        at: instant, kind: .change(changes[instant] ?? [], steps[instant] ?? []), cycle: nil, total: nil, isAhead: false
      )
    }
  }

  /// The event records of a trigger, those that its condition refuses included.
  private func events(of trigger: CheckedSLA.Trigger?) -> [RecordKey] {
    guard case .on(let list, _, _, _)? = trigger, case .list(let elements) = evaluate(list, at: now) else { return [] }
    return engine.heap[elements].compactMap { element in
      guard case .entity(let reference) = element else { return nil }
      return RecordKey(entity: reference.entity, record: UInt32(world.record(of: reference)))
    }
  }

  /// What each signal does, found by looking before and after it.
  private func steps(_ signals: [ClockSignal]) -> [Instant: [ClockStep]] {
    var found: [Instant: [ClockStep]] = [:]
    var replay = ClockReplay(reopenPolicy: sla.reopenPolicy, cyclesEach: sla.cyclesEach)
    for signal in signals {
      let (before, count) = (replay.cycles.last, replay.cycles.count)
      replay.take(signal)
      guard let after = replay.cycles.last else { continue }
      var kinds: [ClockStep.Kind] = []
      var wasPaused = before?.isPaused ?? false
      var wasStopped = before?.stop != nil
      if replay.cycles.count > count {
        let isReopened = wasStopped && signal.isStopped == false && !signal.restarts
        kinds.append(before == nil || isOver(before) && !isReopened ? .started : isReopened ? .reopened : .restarted)
        (wasPaused, wasStopped) = (false, false)
      } else if wasStopped, after.stop == nil {
        kinds.append(.reopened)
        wasPaused = false
      }
      switch after.end {
      case .running:
        if after.isPaused != wasPaused { kinds.append(after.isPaused ? .paused : .resumed) }
      case .stopped(let stop): if stop == signal.at, !wasStopped { kinds.append(.stopped) }
      case .cancelled(let instant, _):
        if instant == signal.at, !(replay.cycles.count == count && isCancelled(before)) { kinds.append(.cancelled) }
      }
      if !kinds.isEmpty { found[signal.at] = kinds.map { step($0, at: signal.at) } }
    }
    return found
  }

  private func isOver(_ cycle: ClockCycle?) -> Bool {
    if case .running? = cycle?.end { false } else { true }
  }

  private func isCancelled(_ cycle: ClockCycle?) -> Bool {
    if case .cancelled? = cycle?.end { true } else { false }
  }

  // MARK: - The clause behind a step

  private func step(_ kind: ClockStep.Kind, at instant: Instant) -> ClockStep {
    var step = ClockStep(kind: kind, clause: nil, place: nil, values: [])
    switch kind {
    case .started: tell(&step, "start", sla.start, at: instant)
    case .stopped: tell(&step, "stop", sla.stop, at: instant)
    case .restarted: tell(&step, "restart", sla.restart, at: instant)
    // What held before holds no longer.
    case .reopened: tell(&step, "stop", sla.stop, at: instant)
    case .cancelled: if let cancel = sla.cancel { tell(&step, "cancel when", cancel, at: instant) }
    case .paused, .resumed:
      let deciding = sla.pauses.first { pause in
        if case .bool(true) = evaluate(pause, at: instant) { true } else { false }
      }
      if let pause = deciding ?? sla.pauses.first { tell(&step, "pause while", pause, at: instant) }
    }
    return step
  }

  private func tell(_ step: inout ClockStep, _ word: String, _ trigger: CheckedSLA.Trigger?, at instant: Instant) {
    switch trigger {
    case nil: break
    case .at(let expression):
      step.clause = "\(word) at \(engine.sourceText(expression.span))"
      step.place = engine.place(expression.span)
    case .when(let condition): tell(&step, "\(word) when", condition, at: instant)
    case .on(let list, _, _, let filter):
      let condition = filter.map { " where \(engine.sourceText($0.span))" } ?? ""
      step.clause = "\(word) on \(engine.sourceText(list.span))\(condition)"
      step.place = engine.place(list.span)
    }
  }

  private func tell(_ step: inout ClockStep, _ words: String, _ condition: CheckedExpression, at instant: Instant) {
    step.clause = "\(words) \(engine.sourceText(condition.span))"
    step.place = engine.place(condition.span)
    step.values = inFrame(at: instant) { ExpressionValues(engine).notes(of: condition) }
  }

  // MARK: - Records

  /// When something became known of a record, and what.
  private func history(of key: RecordKey) -> [(Instant, RecordChange)] {
    guard let table = world.tables[Int(key.entity)] else { return [] }
    let entity = engine.rulebook.schema.entities[Int(key.entity)]
    let rows = table.rows(of: Int(key.record))
    var found: [(Instant, RecordChange)] = []
    func add(_ instant: Instant, _ row: Int, _ fields: [RecordChange.Field], isNew: Bool) {
      guard instant <= now else { return }
      found.append(
        (
          instant,
          RecordChange(
            entity: entity.name, key: engine.keyText(EntityReference(entity: key.entity, row: UInt32(row))),
            isItem: key.entity == item.entity && Int(key.record) == record, isNew: isNew, fields: fields)
        ))
    }
    let first = rows.lowerBound
    var birth = table.created.isEmpty ? nil : table.created[Int(key.record)]
    if let field = table.eventField, let column = table.columns[field], column.isPresent(first) {
      birth = column.instant(at: first)
    }
    if let birth { add(birth, first, gist(entity, first), isNew: true) }
    guard !table.versions.isEmpty else { return found }
    for row in rows {
      // The first version is what the record was born with.
      if row == first {
        if birth == nil { add(table.versions[row], row, gist(entity, row), isNew: true) }
        continue
      }
      add(table.versions[row], row, differences(entity, row - 1, row), isNew: false)
    }
    return found
  }

  private func differences(_ entity: EntityType, _ before: Int, _ after: Int) -> [RecordChange.Field] {
    entity.fields.indices.compactMap { index in
      guard entity.fields[index].isStored else { return nil }
      let (old, new) = (cell(entity, index, before), cell(entity, index, after))
      return old == new ? nil : RecordChange.Field(name: entity.fields[index].name, from: old, to: new)
    }
  }

  /// The fields that say what a new record is: the few that are short.
  private func gist(_ entity: EntityType, _ row: Int) -> [RecordChange.Field] {
    let told = entity.fields.indices.filter { index in
      guard case .stored = entity.fields[index].kind else { return false }
      switch entity.fields[index].type {
      case .enumeration, .bool: return true
      default: return false
      }
    }
    return told.prefix(3).map { RecordChange.Field(name: entity.fields[$0].name, from: nil, to: cell(entity, $0, row)) }
  }

  private func cell(_ entity: EntityType, _ field: Int, _ row: Int) -> String {
    let table = world.tables[Int(entity.id.index)]
    let seenAt = table.flatMap { $0.versions.isEmpty ? nil : $0.versions[row] }
    return engine.shown(
      world.storedField(field, of: EntityReference(entity: entity.id.index, row: UInt32(row)), at: seenAt)
    )
  }

  // MARK: - The lines of a cycle

  private func calendar(of clock: Clock) -> (name: String, calendar: BusinessCalendar)? {
    guard let expression = sla.calendar, let end = end(of: clock),
      case .calendar(let index) = evaluate(expression, at: end)
    else { return nil }
    let found = engine.rulebook.calendars[Int(index)]
    return (found.name, found.calendar)
  }

  /// Where the cycle ended, or now.
  private func end(of clock: Clock) -> Instant? {
    guard let start = clock.start else { return nil }
    return clock.wallElapsed.flatMap { start.adding($0) } ?? now
  }

  private func measure(of clock: Clock) -> ClockMeasure? {
    guard let start = clock.start else { return nil }
    return ClockMeasure(start: start, pauses: clock.pauses, calendar: calendar(of: clock)?.calendar ?? .always)
  }

  /// Deadlines, effects and days without hours.
  private func lines(of clock: Clock) -> [TimelineEntry] {
    guard let start = clock.start, let end = end(of: clock) else { return [] }
    let isOpen = clock.stop == nil && end == now && clock.status != .cancelled
    func entry(_ at: Instant, _ kind: TimelineEntry.Kind) -> TimelineEntry {
      TimelineEntry(at: at, kind: kind, cycle: clock.cycle, total: nil, isAhead: at > end)
    }
    var entries = clock.effects.map { entry($0.at, .effect($0)) }
    // What was called off has no deadline any more, and what is met cannot be breached.
    if let due = clock.due, due <= end || clock.status != .cancelled { entries.append(entry(due, .due)) }
    if let breach = clock.breachFrom, breach != clock.due, breach <= end || isOpen {
      entries.append(entry(breach, .breach))
    }
    if let calendar = calendar(of: clock)?.calendar, !calendar.isAlwaysOpen {
      let last = isOpen ? max(end, min(clock.breachFrom ?? end, Self.horizon(end))) : end
      for day in Self.days(calendar, from: start, to: last) { entries.append(entry(day.at, day.kind)) }
    }
    return entries
  }

  private static func horizon(_ instant: Instant) -> Instant {
    TimeDuration(seconds: 400 * 86_400 as Int64).flatMap { instant.adding($0) } ?? .maximum
  }

  /// More days than anybody reads: ten years.
  private static let maximumDays = 3_660

  private static func days(_ calendar: BusinessCalendar, from start: Instant, to end: Instant)
    -> [(at: Instant, kind: TimelineEntry.Kind)]
  {
    var found: [(at: Instant, kind: TimelineEntry.Kind)] = []
    var date = calendar.zone.localDate(start)
    let last = calendar.zone.localDate(end)
    for _ in 0..<maximumDays where date <= last {
      if let midnight = calendar.zone.startOfDay(date), let day = calendar.daySegments(on: date) {
        let at = max(midnight, start)
        switch day.reason {
        case .open(let name) where !day.windows.isEmpty: found.append((at, .open(date, name: name)))
        case .closed(let name): add(date, .holiday(name), at)
        case .regular, .open: if day.windows.isEmpty { add(date, .weekday, at) }
        }
      }
      guard let next = date.addingDays(1) else { break }
      date = next
    }
    func add(_ date: CivilDate, _ reason: ClosedReason, _ at: Instant) {
      // Days in a row for one reason are one line.
      if case .closed(let first, let last, reason)? = found.last?.kind, last.addingDays(1) == date {
        found[found.count - 1].kind = .closed(first: first, last: date, reason)
      } else {
        found.append((at, .closed(first: date, last: date, reason)))
      }
    }
    return found
  }

  /// The cycle that an entry belongs to, and the running total there.
  private func place(_ entry: inout TimelineEntry, _ clocks: [Clock]) {
    if entry.cycle == nil {
      entry.cycle = clocks.last { clock in clock.start.map { $0 <= entry.at } ?? false }?.cycle
    }
    guard let clock = clocks.first(where: { $0.cycle == entry.cycle }), let start = clock.start, start <= entry.at,
      let end = end(of: clock)
    else { return }
    entry.total = measure(of: clock)?.elapsed(until: entry.isAhead ? entry.at : min(entry.at, end))
    if entry.at > end, case .change = entry.kind { entry.isAhead = false }
  }
}

extension TimelineEntry {
  /// At one instant: first the day, then what happened, then what follows from it.
  fileprivate var order: Int {
    switch kind {
    case .closed, .open: 0
    case .change: 1
    case .due: 2
    case .breach: 3
    case .effect: 4
    case .now: 5
    }
  }
}
