/// Results as values, in the order of `ResultType.fields`, so that expressions can read them.

import DocketRuntime
import DocketSemantics
import DocketTime

extension RuleEngine {
  func value(of decision: Decision) -> Value {
    // Lists are made before the run of fields begins.
    heap.result(.decision, DecisionField.allCases.map { value($0, of: decision) })
  }

  func value(_ field: DecisionField, of decision: Decision) -> Value {
    switch field {
    case .route: heap.string(rulebook.routes[decision.route].name)
    case .item: .entity(decision.item)
    case .to:
      if case .list = rulebook.routes[decision.route].fieldType {
        heap.list(decision.to)
      } else {
        decision.to.first ?? .absent
      }
    case .rule: string(decision.rule)
    case .status: status(.decisionStatus, decision.status.rawValue)
    case .because: string(decision.because)
    case .undecided: heap.list(decision.undecided.map { heap.string("\($0.rule): \($0.cause)") })
    }
  }

  func value(of clock: Clock) -> Value {
    heap.result(.clock, ClockField.allCases.map { value($0, of: clock) })
  }

  func value(_ field: ClockField, of clock: Clock) -> Value {
    switch field {
    case .sla: heap.string(rulebook.slas[clock.sla].name)
    case .item: .entity(clock.item)
    case .cycle: .int(Int64(clock.cycle))
    case .status: status(.clockStatus, clock.status.rawValue)
    case .stopped: .bool(clock.stop != nil)
    case .met: clock.met.map { .bool($0) } ?? .absent
    case .start: timestamp(clock.start)
    case .stop: timestamp(clock.stop)
    case .due: timestamp(clock.due)
    case .breachFrom: timestamp(clock.breachFrom)
    case .elapsed: duration(clock.elapsed)
    case .wallElapsed: duration(clock.wallElapsed)
    case .remaining: duration(clock.remaining)
    case .pauses:
      heap.list(
        clock.pauses.map { pause in heap.list([.timestamp(pause.from)] + (pause.to.map { [.timestamp($0)] } ?? [])) })
    case .provisional: .bool(clock.isProvisional)
    case .cause: string(clock.cause)
    }
  }

  func value(of measure: Measure) -> Value {
    let kpi = rulebook.kpis[measure.kpi]
    let group = heap.map(
      MapStorage(keys: kpi.groups.map { heap.string($0.name) }, values: measure.group.map { $0.isAbsent ? .null : $0 }))
    return heap.result(
      .measure,
      MeasureField.allCases.map { field in
        switch field {
        case .kpi: heap.string(kpi.name)
        case .period: string(measure.period.map { "\($0)" })
        case .partial: .bool(measure.isPartial)
        case .group: group
        case .value: measure.value.map { .double($0) } ?? .absent
        case .n: .int(Int64(measure.rows))
        case .skipped: .int(Int64(measure.skipped))
        case .pending: .int(Int64(measure.pending))
        case .errors: .int(Int64(measure.errors))
        case .status: measure.status.map { status(.measureStatus, $0.rawValue) } ?? .absent
        case .low: measure.interval.map { .double($0.low) } ?? .absent
        case .high: measure.interval.map { .double($0.high) } ?? .absent
        case .change: measure.change.map { .double($0) } ?? .absent
        }
      })
  }

  func value(of finding: Finding) -> Value {
    let ensure = rulebook.ensures[finding.ensure]
    // Maps are made before the run of fields begins.
    let combination = heap.map(
      MapStorage(keys: ensure.domains.map { heap.string($0.name) }, values: finding.combination))
    return heap.result(
      .finding,
      FindingField.allCases.map { field in
        switch field {
        case .ensure: heap.string(ensure.name)
        case .combination: combination
        case .from: .timestamp(finding.from)
        case .until: timestamp(finding.until)
        case .because: string(finding.because)
        case .cause: string(finding.cause)
        }
      })
  }

  private func status(_ type: BuiltinEnum, _ ordinal: Int) -> Value {
    .enumeration(EnumValue(type: type.id.index, ordinal: UInt16(ordinal)))
  }
}
