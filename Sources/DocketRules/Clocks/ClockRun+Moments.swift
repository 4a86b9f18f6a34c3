/// The clock of one item: what its moments cause.

import DocketRuntime
import DocketSemantics
import DocketTime

extension ClockRun {
  /// The effects that have come due: on the clock's own hours, none at or after its end.
  func effects(_ clock: Clock, _ measure: ClockMeasure, target: TimeDuration, ending: Instant?)
    -> [EffectRecord]
  {
    guard !plan.sla.moments.isEmpty else { return [] }
    var found: [EffectRecord] = []
    // Most moments have not come, and need no name.
    func name(_ moment: String) -> String { "\(sla.name)/\(engine.keyText(item))/\(clock.cycle)/\(moment)" }
    func isDue(_ instant: Instant?) -> Bool {
      guard let instant else { return false }
      return instant <= now && (ending.map { instant < $0 } ?? true)
    }
    for (number, moment) in plan.sla.moments.enumerated() {
      switch moment.kind {
      case .percent(let ratio):
        let at = measure.reaching(target.share(numerator: ratio.numerator, scale: ratio.scale)).due
        if isDue(at), let at { append(moment, name("\(number + 1)"), at, nil, clock, &found) }
      case .elapsed(let amount):
        let at = measure.reaching(amount).due
        if isDue(at), let at { append(moment, name("\(number + 1)"), at, nil, clock, &found) }
      case .breach:
        if isDue(clock.breachFrom), let at = clock.breachFrom {
          append(moment, name("breach"), at, nil, clock, &found)
        }
      case .afterBreach(let every, let limit, let slot):
        guard isDue(clock.breachFrom), case .duration(let interval) = evaluate(every, at: now), interval > .zero else {
          continue
        }
        var amount = target
        // Without a limit an old clock could repeat for ever: a year of them is told, then no more.
        for step in 1...(limit ?? 1_000) {
          amount = amount.adding(interval) ?? .maximum
          let at = measure.reaching(amount).due
          guard isDue(at), let at else { break }
          append(moment, name("after/\(step)"), at, slot.map { ($0, Int64(step)) }, clock, &found)
        }
      }
    }
    return found.count < 2 ? found : found.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private func append(
    _ moment: CheckedSLA.Moment, _ id: String, _ at: Instant, _ step: (slot: Int, number: Int64)?, _ clock: Clock,
    _ found: inout [EffectRecord]
  ) {
    var delivered = at
    if let during = moment.during, case .calendar(let index) = evaluate(during, at: at) {
      // The message waits for opening hours, the clock does not.
      guard let open = engine.rulebook.calendars[Int(index)].calendar.nextOpen(at) else { return }
      delivered = open
    }
    guard delivered <= now else { return }
    evaluator.instant = at
    let shown =
      table?.row(of: record, at: at).map { EntityReference(entity: item.entity, row: UInt32($0)) }
      ?? item
    evaluator.withFrame(of: sla.slotCount, arguments: [.entity(shown)]) {
      evaluator[slot: sla.resultSlot] = engine.value(of: clock)
      if let step { evaluator[slot: step.slot] = .int(step.number) }
      for (number, effect) in moment.effects.enumerated() {
        if let record = engine.effect(effect, id: moment.effects.count > 1 ? "\(id)/\(number + 1)" : id, at: delivered)
        {
          found.append(record)
        }
      }
    }
  }
}
