/// SLAs: clocks over the history of an item.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension Checker {
  func checkSLAs() {
    rulebook.slas = slaDeclarations.enumerated().map { index, declared in
      within(.sla(index)) { checkSLA(declared, index: index) }
    }
  }

  private func checkSLA(_ declared: SLADeclaration, index: Int) -> CheckedSLA {
    let body = BodyChecker(checker: self)
    body.context = .rule
    body.nowProblem = .nowInClock(declared.name.text)
    let entity = signatures.slas[index]
    body.declare(declared.variable.text, type: Signatures.item(entity), span: declared.variable.span)
    let filter = declared.filter.map { body.checkCondition($0, for: "`where`") }
    if let filter { body.facts.formUnion(body.implied(by: filter, when: true)) }

    let start = declared.start.map { checkTrigger($0, body) }
    let stop = declared.stop.map { checkTrigger($0, body) }
    let restart = declared.restart.map { checkTrigger($0, body) }
    let pauses = declared.pauses.map { body.checkCondition($0, for: "`pause while`") }
    let cancel = declared.cancel.map { body.checkCondition($0, for: "`cancel when`") }
    let calendar = declared.calendar.map { expression in
      body.allowingAbsence { body.check(expression, as: .calendar, for: "`using`") }
    }
    let target = checkTarget(declared, hasCalendar: calendar != nil, body)

    let changePolicy: CheckedSLA.ChangePolicy
    switch declared.changePolicy?.policy {
    case nil, .retroactive: changePolicy = .retroactive
    case .keep: changePolicy = .keep
    case .restart: changePolicy = .restart
    case .carry: changePolicy = .carry
    case .grace(let grace): changePolicy = .grace(body.check(grace, as: .duration, for: "`grace`"))
    }
    if case .when? = declared.stop, declared.reopenPolicy == nil {
      report(.missingOnReopen(declared.name.text), at: declared.name.span)
    }
    if let entity { reportMissingHistory(declared, entity) }
    reportContradictions(declared.name.text, start: start, stop: stop, pauses: pauses, cancel: cancel)
    var reads = NowReads(rulebook)
    for condition in Self.replayed(start, stop, restart) + pauses + (cancel.map { [$0] } ?? []) {
      if let reader = reads.reader(in: condition) {
        report(.nowBehindClock(declared.name.text, reader: reader), at: condition.span)
      }
    }
    let resultSlot = body.declare(
      "", type: .result(.clock(sla: index)), kind: .open, span: nil)
    body.nowProblem = nil
    let moments = declared.moments.compactMap { checkMoment($0, body) }
    return CheckedSLA(
      name: declared.name.text, titles: declared.titles.map(\.value), entity: entity ?? .unknown, filter: filter,
      start: start,
      stop: stop, restart: restart, pauses: pauses, cancel: cancel, target: target, calendar: calendar,
      changePolicy: changePolicy, reopenPolicy: declared.reopenPolicy?.policy, cyclesEach: declared.cyclesEach,
      moments: moments, resultSlot: resultSlot, slotCount: body.slotCount, span: declared.name.span)
  }

  /// Conditions are replayed over versions: a source without any leaves nothing to replay.
  private func reportMissingHistory(_ declared: SLADeclaration, _ entity: EntityID) {
    let base = schema.base(of: entity)
    // Nobody has asked for this clock: over such data it stays undecided, and quiet.
    guard !rulebook.broughtAlong.contains(declared.name.text) else { return }
    guard let source = rulebook.sources.first(where: { $0.entity == base }), source.version == nil,
      schema[base].eventIndex == nil
    else { return }
    for trigger in [declared.start, declared.stop, declared.restart] {
      if case .when(let condition)? = trigger {
        report(.conditionWithoutHistory(schema[base].name, source: source.span), at: condition.span)
      }
    }
    for condition in declared.pauses + [declared.cancel].compactMap({ $0 }) {
      report(.conditionWithoutHistory(schema[base].name, source: source.span), at: condition.span)
    }
  }

  private static func replayed(_ triggers: CheckedSLA.Trigger?...) -> [CheckedExpression] {
    triggers.compactMap { trigger in
      switch trigger {
      case .when(let condition): condition
      case .on(_, _, _, let filter): filter
      case .at, nil: nil
      }
    }
  }

  /// A clock that can never run: paused for all its life, or met as it starts.
  private func reportContradictions(
    _ name: String, start: CheckedSLA.Trigger?, stop: CheckedSLA.Trigger?, pauses: [CheckedExpression],
    cancel: CheckedExpression?
  ) {
    let conditions = ClockConditions(rulebook: rulebook)
    var ends = cancel.map { [$0] } ?? []
    if case .when(let condition)? = stop { ends.append(condition) }
    if let start, let stop, conditions.isInside(start, stop) { report(.startInsideStop(name), at: stop.span) }
    if let first = pauses.first, conditions.isAlwaysPaused(pauses, unless: ends) {
      report(.pauseAlwaysOn, at: first.span)
    }
  }

  private func checkTrigger(_ trigger: SLADeclaration.Trigger, _ body: BodyChecker) -> CheckedSLA.Trigger {
    switch trigger {
    case .at(let instant): return .at(body.allowingAbsence { body.check(instant, as: .timestamp, for: "`at`") })
    case .when(let condition): return .when(body.checkCondition(condition, for: "`when`"))
    case .on(let list, let variable, let filter):
      let checked = body.check(list)
      guard case .list(.entity(let element)) = body.resolved(checked),
        let event = schema[schema.base(of: element)].eventIndex
      else {
        if checked.type != .error { report(.notEvents(body.describe(checked.type)), at: checked.span) }
        return .when(CheckedExpression(.invalid, type: .error, span: checked.span))
      }
      _ = event
      return body.withScope {
        let slot = body.declare(variable?.text ?? "", type: .entity(element), span: variable?.span)
        return .on(
          list: checked, entity: element, slot: slot, filter: filter.map { body.checkCondition($0, for: "`where`") })
      }
    }
  }

  private func checkTarget(_ declared: SLADeclaration, hasCalendar: Bool, _ body: BodyChecker) -> CheckedSLA.Target {
    if let cadence = declared.cadence {
      let time = cadence.time
      if !(0...23).contains(time.hour) || !(0...59).contains(time.minute) { report(.badTimeOfDay, at: time.span) }
      var weekday: Int?
      var day: Int?
      switch cadence.day {
      case .weekday(let name)?: weekday = Weekday(shortName: name.rawValue).map { Int($0.rawValue) }
      case .number(let number)?: day = number
      case nil: break
      }
      return .cadence(
        .init(
          unit: CalendarUnit(cadence.unit), from: body.check(cadence.from, as: .timestamp, for: "`from`"),
          until: cadence.until.map { until in
            body.allowingAbsence { body.check(until, as: .timestamp, for: "`until`") }
          },
          weekday: weekday,
          day: day, secondOfDay: time.hour * 3600 + time.minute * 60 + time.second))
    }
    if let due = declared.due {
      return .due(
        body.allowingAbsence { body.check(due.instant, as: .timestamp, for: "`due`") }, isAsOfStart: due.isAsOfStart)
    }
    switch declared.target {
    case .workdays(let count)?: return .workdays(body.check(count, as: .int, for: "`workdays`"))
    case .duration(let expression)?:
      var seen: Set<String> = []
      if hasCalendar { reportCalendarDays(in: expression, &seen) }
      return .duration(body.allowingAbsence { body.check(expression, as: .duration, for: "`target`") })
    case nil:
      // The parser has reported the clauses that are missing.
      return .duration(CheckedExpression(.invalid, type: .error, span: declared.name.span))
    }
  }

  /// `2d` on a calendar would be 48 open hours: what was meant must be written. `seen` holds the names that were followed, which
  /// may lead back to themselves.
  private func reportCalendarDays(in expression: Expression, _ seen: inout Set<String>) {
    switch expression.kind {
    case .literal(.duration(let text)) where text.contains("d") || text.contains("w"):
      report(.calendarDayInTarget(text), at: expression.span)
    case .conditional(_, let yes, let no):
      reportCalendarDays(in: yes, &seen)
      reportCalendarDays(in: no, &seen)
    case .coalesce(let left, let right):
      reportCalendarDays(in: left, &seen)
      reportCalendarDays(in: right, &seen)
    case .call(let name, _, _):
      guard let binding = functions[name.text]?.binding, seen.insert(name.text + "()").inserted else { return }
      switch binding {
      case .table(let index): for row in tableDeclarations[index].rows { reportCalendarDays(in: row.result, &seen) }
      case .function(let index): reportCalendarDays(in: functionDeclarations[index].body, &seen)
      default: break
      }
    case .name(let name, _):
      guard case .constant(let index)? = values[name.text]?.binding, seen.insert(name.text).inserted else { return }
      reportCalendarDays(in: letDeclarations[index].value, &seen)
    default: break
    }
  }

  private func checkMoment(_ declared: SLADeclaration.Moment, _ body: BodyChecker) -> CheckedSLA.Moment? {
    body.withScope {
      let kind: CheckedSLA.Moment.Kind
      switch declared.kind {
      case .breach: kind = .breach
      case .limit(let limit):
        switch checkLimit(limit) {
        case .ratio(let ratio, isPercent: true)?: kind = .percent(ratio)
        case .duration(let duration)?: kind = .elapsed(duration)
        case .ratio?:
          report(.badMoment, at: limit.span)
          return nil
        case nil: return nil
        }
      case .afterBreach(let every, let limit, let variable):
        let interval = body.check(every, as: .duration, for: "`every`")
        let slot = variable.map { body.declare($0.text, type: .int, span: $0.span) }
        kind = .afterBreach(every: interval, limit: limit, slot: slot)
      }
      let during = declared.during.map { body.check($0, as: .calendar, for: "`during`") }
      let effects = declared.effects.compactMap { checkEffect($0, body) }
      return CheckedSLA.Moment(kind: kind, during: during, effects: effects, span: declared.span)
    }
  }

  // MARK: - Limits

  enum LimitValue {
    case ratio(Ratio, isPercent: Bool)
    case duration(TimeDuration)
  }

  /// A threshold as an exact number: `90%` is 0.9.
  func checkLimit(_ limit: Limit) -> LimitValue? {
    switch limit.kind {
    case .number(let digits, let isPercent):
      guard let ratio = Ratio(digits: digits, dividedByHundred: isPercent) else {
        report(.badNumber(digits), at: limit.span)
        return nil
      }
      return .ratio(ratio, isPercent: isPercent)
    case .duration(let text, let isNegative):
      guard let duration = duration(text, at: limit.span) else { return nil }
      return .duration(isNegative ? duration.negated : duration)
    case .name(let name):
      guard case .constant(let index)? = values[name.text]?.binding else {
        report(.limitNotLet(name.text), at: limit.span)
        return nil
      }
      return constantLimit(letDeclarations[index].value, limit.span)
    }
  }

  private func constantLimit(_ expression: Expression, _ span: SourceSpan) -> LimitValue? {
    switch expression.kind {
    case .literal(.int(let number)): return .ratio(Ratio(numerator: number, scale: 0), isPercent: false)
    case .literal(.double(let number)):
      if let ratio = Ratio(digits: "\(number)", dividedByHundred: false) { return .ratio(ratio, isPercent: false) }
    case .literal(.duration(let text)):
      if let duration = duration(text, at: expression.span) { return .duration(duration) }
    default: break
    }
    report(.limitNotConstant, at: span)
    return nil
  }
}

extension Ratio {
  /// Reads `-12.50`; with `dividedByHundred` the value of `-12.50%`. `nil` where it has more than 18 digits.
  init?(digits: String, dividedByHundred: Bool) {
    var numerator: Int64 = 0
    var scale = dividedByHundred ? 2 : 0
    var isNegative = false
    var seenPoint = false
    for byte in digits.utf8 {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (product, overflow) = numerator.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
        guard !overflow, !carry else { return nil }
        numerator = sum
        if seenPoint { scale += 1 }
      default: return nil
      }
    }
    guard scale <= 18 else { return nil }
    self.init(numerator: isNegative ? -numerator : numerator, scale: scale)
  }
}

extension CalendarUnit {
  init(_ unit: PeriodUnit) {
    switch unit {
    case .day: self = .day
    case .week: self = .week
    case .month: self = .month
    case .quarter: self = .quarter
    case .year: self = .year
    }
  }
}

extension CheckedSLA.Trigger {
  /// What is written behind `when`, `at` or `on`: the condition where there is one.
  fileprivate var span: SourceSpan {
    switch self {
    case .at(let expression), .when(let expression): expression.span
    case .on(let list, _, _, let filter): filter?.span ?? list.span
    }
  }
}
