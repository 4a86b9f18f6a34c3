/// KPIs and invariants.

internal import DocketDiagnostics

extension Parser {
  // KPI = "kpi" Name Titles "over" Name "as" Name Body
  mutating func parseKPI() -> KPIDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.kpi)) else { return nil }
    let titles = parseTitles()
    let subject = parseSubject(.over, .reference)
    guard subject != nil || skipToBody() else { return nil }
    var kpi = KPIDeclaration(
      name: name, titles: titles, over: subject?.of ?? name, variable: subject?.variable ?? name,
      span: span(from: start))
    let clauses: [Word] = [
      .where, .settled, .every, .last, .by, .value, .target, .warn, .at, .unit, .absent,
    ]
    let isWhole = parseBody(of: .kpi, clauses: clauses) { $0.parseKPIClause(&kpi, &$1) }
    if isWhole, kpi.value == nil { report(.missingClause(.value, in: .kpi, name.text), at: name.span) }
    kpi.span = span(from: start)
    return subject == nil ? nil : kpi
  }

  // KPIClause = "where" Expression | "settled" "when" Expression | Window | "by" Groups | "value" Expression
  //           | ("target" | "warn") Relation Limit | "at" "least" Int "rows" | "unit" String
  //           | "absent" ("skip" | "no" | "fail") | "at" ("off_target" | "warning") Effects
  private mutating func parseKPIClause(_ kpi: inout KPIDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .where:
      advance()
      once("where", &log, at: start)
      kpi.filter = parseExpression()
    case .settled:
      advance()
      once("settled", &log, at: start)
      guard expect(.when) != nil else { return true }
      kpi.settled = parseExpression()
    case .every, .last:
      once("every` or `last", &log, at: start)
      kpi.window = parseWindow()
    case .by:
      advance()
      once("by", &log, at: start)
      parseGroups(&kpi)
    case .value:
      advance()
      once("value", &log, at: start)
      kpi.value = parseExpression()
    case .target:
      advance()
      once("target", &log, at: start)
      kpi.target = parseThreshold()
    case .warn:
      advance()
      once("warn", &log, at: start)
      kpi.warning = parseThreshold()
    case .unit:
      advance()
      once("unit", &log, at: start)
      kpi.unit = parseString(.of(.unit))
    case .absent:
      advance()
      once("absent", &log, at: start)
      guard let policy = self.word.flatMap({ KPIDeclaration.AbsencePolicy(rawValue: $0.rawValue) }) else {
        reportExpected(.words([.skip, .no, .fail]))
        return true
      }
      advance()
      kpi.absence = (policy, span(from: start))
    case .at:
      parseAt(&kpi, &log)
    default: return false
    }
    return true
  }

  // Window = "every" PeriodUnit "of" Expression | "last" Expression "of" Expression
  private mutating func parseWindow() -> KPIDeclaration.Window? {
    if take(.every) != nil {
      guard let unit = parsePeriodUnit(), expect(.of) != nil else { return nil }
      return .every(unit, of: parseExpression())
    }
    advance()
    let length = parseExpression()
    guard expect(.of) != nil else { return nil }
    return .last(length, of: parseExpression())
  }

  // Groups = Group {"," Group}
  // Group  = "every" Name "as" Name "on" Expression | Expression ["as" Name]
  private mutating func parseGroups(_ kpi: inout KPIDeclaration) {
    repeat {
      if word == .every, isName(ahead: 1), word(ahead: 2) == .as || !token(ahead: 1).hasNewlineBefore {
        advance()
        guard let entity = parseName(.type), let variable = parseVariable(), expect(.on) != nil else { return }
        kpi.groups.append(.spine(entity: entity, variable: variable, on: parseExpression()))
      } else {
        let key = parseExpression()
        guard let name = parseOptionalVariable() else { return }
        kpi.groups.append(.key(key, name: name))
      }
    } while take(.comma) != nil
  }

  // Threshold = Relation Limit
  private mutating func parseThreshold() -> KPIDeclaration.Threshold? {
    let start = token
    guard let relation = relation else {
      reportExpected(.relation)
      return nil
    }
    advance()
    guard let limit = parseLimit() else { return nil }
    return KPIDeclaration.Threshold(relation: relation, limit: limit, span: span(from: start))
  }

  private mutating func parseAt(_ kpi: inout KPIDeclaration, _ log: inout ClauseLog) {
    let start = advance()
    if take(.least) != nil {
      once("at least", &log, at: start)
      guard let count = parseCount(), expect(.rows) != nil else { return }
      kpi.minimumRows = count.count
    } else if word == .off_target || word == .warning {
      let kind: KPIDeclaration.Moment.Kind = word == .warning ? .warning : .offTarget
      advance()
      let effects = parseEffects()
      kpi.moments.append(KPIDeclaration.Moment(kind: kind, effects: effects, span: span(from: start)))
    } else {
      reportExpected(.words([.least, .off_target, .warning]))
    }
  }

  // MARK: - Invariants

  // Ensure = "ensure" Name Titles "for" "each" Domain {"," "each" Domain} Body
  // Domain = Name "as" Name
  mutating func parseEnsure() -> EnsureDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.ensure)) else { return nil }
    let titles = parseTitles()
    let domains = parseDomains()
    guard domains != nil || skipToBody() else { return nil }
    var ensure = EnsureDeclaration(name: name, titles: titles, domains: domains ?? [], span: span(from: start))
    let isWhole = parseBody(of: .ensure, clauses: [.where, .during, .expect, .because]) {
      $0.parseEnsureClause(&ensure, &$1)
    }
    if isWhole, ensure.expectation == nil { report(.missingClause(.expect, in: .ensure, name.text), at: name.span) }
    ensure.span = span(from: start)
    return domains == nil ? nil : ensure
  }

  private mutating func parseDomains() -> [EnsureDeclaration.Domain]? {
    guard expect(.for) != nil else { return nil }
    var domains: [EnsureDeclaration.Domain] = []
    repeat {
      guard expect(.each) != nil, let type = parseName(.type), let variable = parseVariable() else { return nil }
      domains.append(EnsureDeclaration.Domain(type: type, variable: variable))
    } while take(.comma) != nil
    return domains
  }

  // EnsureClause = "where" Expression | "during" "next" Expression | "expect" Expression | "because" Expression
  private mutating func parseEnsureClause(_ ensure: inout EnsureDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .where:
      advance()
      once("where", &log, at: start)
      ensure.filter = parseExpression()
    case .during:
      advance()
      once("during", &log, at: start)
      guard expect(.next) != nil else { return true }
      ensure.during = parseExpression()
    case .expect:
      advance()
      once("expect", &log, at: start)
      ensure.expectation = parseExpression()
    case .because:
      advance()
      once("because", &log, at: start)
      ensure.because = parseExpression()
    default: return false
    }
    return true
  }
}
