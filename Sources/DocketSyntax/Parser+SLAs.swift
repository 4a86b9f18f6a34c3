/// SLAs, and the limits that thresholds are written with.

internal import DocketDiagnostics

extension Parser {
  // SLA = "sla" Name Titles "for" Name "as" Name Body
  mutating func parseSLA() -> SLADeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.sla)) else { return nil }
    let titles = parseTitles()
    let subject = parseSubject(.for, .type)
    guard subject != nil || skipToBody() else { return nil }
    var sla = SLADeclaration(
      name: name, titles: titles, entity: subject?.of ?? name, variable: subject?.variable ?? name,
      span: span(from: start))
    let clauses: [Word] = [
      .where, .start, .stop, .restart, .pause, .cancel, .target, .due, .using, .every, .cycles, .on, .at, .after,
    ]
    let isWhole = parseBody(of: .sla, clauses: clauses) { $0.parseSLAClause(&sla, &$1) }
    if isWhole {
      if sla.stop == nil { report(.missingClause(.stop, in: .sla, name.text), at: name.span) }
      if sla.cadence == nil {
        if sla.start == nil { report(.missingClause(.start, in: .sla, name.text), at: name.span) }
        if sla.target == nil, sla.due == nil { report(.missingClause(.target, in: .sla, name.text), at: name.span) }
      }
    }
    sla.span = span(from: start)
    return subject == nil ? nil : sla
  }

  /// What an SLA or a KPI is about, behind `word`, and its variable.
  mutating func parseSubject(_ word: Word, _ role: NameRole) -> (of: Name, variable: Name)? {
    guard expect(word) != nil, let of = parseName(role), let variable = parseVariable() else { return nil }
    return (of, variable)
  }

  // SLAClause = "where" Expression | ("start" | "stop" | "restart") Trigger | "pause" "while" Expression
  //           | "cancel" "when" Expression | "target" Expression ["workdays"] | "due" Expression ["as" "of" "start"]
  //           | "using" Expression | Cadence | "cycles" ("once" | "each") | "on" "change" ChangePolicy
  //           | "on" "reopen" ReopenPolicy | Moment
  private mutating func parseSLAClause(_ sla: inout SLADeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .where:
      advance()
      once("where", &log, at: start)
      sla.filter = parseExpression()
    case .start:
      advance()
      once("start", &log, at: start)
      sla.start = parseTrigger()
    case .stop:
      advance()
      once("stop", &log, at: start)
      sla.stop = parseTrigger()
    case .restart:
      advance()
      once("restart", &log, at: start)
      sla.restart = parseTrigger()
    case .pause:
      advance()
      guard expect(.while) != nil else { return true }
      sla.pauses.append(parseExpression())
    case .cancel:
      advance()
      once("cancel", &log, at: start)
      guard expect(.when) != nil else { return true }
      sla.cancel = parseExpression()
    case .target:
      advance()
      once("target", &log, at: start)
      if relation != nil {
        reportHere(.relationInTarget)
        return true
      }
      let value = parseExpression()
      sla.target = take(.workdays) == nil ? .duration(value) : .workdays(value)
    case .due:
      advance()
      once("due", &log, at: start)
      let instant = parseExpression()
      var isAsOfStart = false
      if take(.as) != nil {
        guard expect(.of) != nil, expect(.start) != nil else { return true }
        isAsOfStart = true
      }
      sla.due = (instant, isAsOfStart)
    case .using:
      advance()
      once("using", &log, at: start)
      sla.calendar = parseExpression()
    case .every:
      advance()
      once("every", &log, at: start)
      sla.cadence = parseCadence()
    case .cycles:
      advance()
      once("cycles", &log, at: start)
      if take(.each) != nil {
        sla.cyclesEach = true
      } else if take(.once) == nil {
        reportExpected(.words([.once, .each]))
      }
    case .on:
      advance()
      parsePolicy(&sla, &log, from: start)
    case .at, .after:
      if let moment = parseMoment() { sla.moments.append(moment) }
    default: return false
    }
    return true
  }

  // Trigger = "at" Expression | "when" Expression | "on" Expression ["as" Name ["where" Expression]]
  private mutating func parseTrigger() -> SLADeclaration.Trigger? {
    if take(.at) != nil { return .at(parseExpression()) }
    if take(.when) != nil { return .when(parseExpression()) }
    guard take(.on) != nil else {
      reportExpected(.words([.at, .when, .on]))
      return nil
    }
    let list = parseExpression()
    guard let variable = parseOptionalVariable() else { return nil }
    let filter = variable != nil && take(.where) != nil ? parseExpression() : nil
    return .on(list: list, variable: variable, filter: filter)
  }

  // Cadence = "every" PeriodUnit "from" Expression ["until" Expression] "due" [Weekday | Int] Time, behind "every"
  private mutating func parseCadence() -> SLADeclaration.Cadence? {
    guard let unit = parsePeriodUnit(), expect(.from) != nil else { return nil }
    let from = parseExpression()
    let until = take(.until) == nil ? nil : parseExpression()
    guard expect(.due) != nil else { return nil }
    var day: SLADeclaration.Cadence.Day?
    if let weekday = weekday {
      advance()
      day = .weekday(weekday)
    } else if kind == .int, kind(ahead: 1) != .colon, let number = parseCount() {
      day = .number(number.count)
    }
    guard let time = parseTime() else { return nil }
    return SLADeclaration.Cadence(unit: unit, from: from, until: until, day: day, time: time)
  }

  // PeriodUnit = "day" | "week" | "month" | "quarter" | "year"
  mutating func parsePeriodUnit() -> PeriodUnit? {
    guard let unit = word.flatMap({ PeriodUnit(rawValue: $0.rawValue) }) else {
      reportExpected(.words([.day, .week, .month, .quarter, .year]))
      return nil
    }
    advance()
    return unit
  }

  // MARK: - Policies

  // ChangePolicy = "retroactive" | "keep" | "restart" | "carry" | "grace" Expression
  // ReopenPolicy = "ignore" | "count" "gap" | "exclude" "gap" | "new" "cycle" | "restart"
  private mutating func parsePolicy(_ sla: inout SLADeclaration, _ log: inout ClauseLog, from start: Token) {
    if take(.change) != nil {
      once("on change", &log, at: start)
      if let policy = parseChangePolicy() { sla.changePolicy = (policy, span(from: start)) }
    } else if take(.reopen) != nil {
      once("on reopen", &log, at: start)
      if let policy = parseReopenPolicy() { sla.reopenPolicy = (policy, span(from: start)) }
    } else {
      reportExpected(.words([.change, .reopen]))
    }
  }

  private mutating func parseChangePolicy() -> SLADeclaration.ChangePolicy? {
    if take(.retroactive) != nil { return .retroactive }
    if take(.keep) != nil { return .keep }
    if take(.restart) != nil { return .restart }
    if take(.carry) != nil { return .carry }
    if take(.grace) != nil { return .grace(parseExpression()) }
    reportExpected(.words([.retroactive, .keep, .restart, .carry, .grace]))
    return nil
  }

  private mutating func parseReopenPolicy() -> SLADeclaration.ReopenPolicy? {
    if take(.ignore) != nil { return .ignore }
    if take(.restart) != nil { return .restart }
    if take(.count) != nil { return expect(.gap).map { _ in .countGap } }
    if take(.exclude) != nil { return expect(.gap).map { _ in .excludeGap } }
    if take(.new) != nil { return expect(.cycle).map { _ in .newCycle } }
    reportExpected(.words([.ignore, .count, .exclude, .new, .restart]))
    return nil
  }

  // MARK: - Moments

  // Moment = ("at" ("breach" | Limit) | "after" "breach" "every" Expression ["up" "to" Int "times"] ["as" Name])
  //          ["during" Expression] Effects
  private mutating func parseMoment() -> SLADeclaration.Moment? {
    let start = token
    guard let kind = parseMomentKind() else { return nil }
    let during = take(.during) == nil ? nil : parseExpression()
    let effects = parseEffects()
    return SLADeclaration.Moment(kind: kind, during: during, effects: effects, span: span(from: start))
  }

  private mutating func parseMomentKind() -> SLADeclaration.Moment.Kind? {
    if take(.at) != nil {
      if take(.breach) != nil { return .breach }
      return parseLimit().map { .limit($0) }
    }
    advance()
    guard expect(.breach) != nil, expect(.every) != nil else { return nil }
    let every = parseExpression()
    var limit: Int?
    if take(.up) != nil {
      guard expect(.to) != nil, let count = parseCount(), expect(.times) != nil else { return nil }
      limit = count.count
    }
    guard let variable = parseOptionalVariable() else { return nil }
    return .afterBreach(every: every, limit: limit, variable: variable)
  }

  /// Digits and a point: hexadecimal digits and exponents belong to expressions.
  private func isPlainNumber(_ spelling: String) -> Bool {
    spelling.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
  }

  // Limit = ["-"] (Int | Double) ["%"] | ["-"] Duration | Name
  mutating func parseLimit() -> Limit? {
    let start = token
    let isNegative = take(.minus) != nil
    switch kind {
    case .int, .double:
      guard isPlainNumber(text(token)) else {
        reportExpected(.limit)
        return nil
      }
      let spelling = text(advance())
      let isPercent = take(.percent) != nil
      return Limit(
        kind: .number(isNegative ? "-" + spelling : spelling, isPercent: isPercent), span: span(from: start))
    case .duration:
      let spelling = text(advance())
      return Limit(kind: .duration(spelling, isNegative: isNegative), span: span(from: start))
    case .identifier, .quotedIdentifier:
      guard !isNegative, let name = parseName(.reference) else {
        reportExpected(.limit)
        return nil
      }
      return Limit(kind: .name(name), span: span(from: start))
    default:
      reportExpected(.limit)
      return nil
    }
  }
}
