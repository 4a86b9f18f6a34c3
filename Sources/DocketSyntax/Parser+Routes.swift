/// Routes: which rule decides a field, and whom it may choose.

internal import DocketDiagnostics

extension Parser {
  // Route = "route" Name Titles "for" Name "." Field "as" Name Body
  mutating func parseRoute() -> RouteDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.route)) else { return nil }
    let titles = parseTitles()
    let subject = parseRouteSubject()
    guard subject != nil || skipToBody() else { return nil }
    var route = RouteDeclaration(
      name: name, titles: titles, entity: subject?.entity ?? name, field: subject?.field ?? name,
      variable: subject?.variable ?? name, span: span(from: start))
    let isWhole = parseBody(of: .route, clauses: [.where, .order, .hit, .rule, .otherwise]) {
      $0.parseRouteClause(&route, &$1)
    }
    if isWhole, route.otherwise == nil { report(.missingClause(.otherwise, in: .route, name.text), at: name.span) }
    route.span = span(from: start)
    return subject == nil ? nil : route
  }

  private mutating func parseRouteSubject() -> (entity: Name, field: Name, variable: Name)? {
    guard expect(.for) != nil, let entity = parseName(.type) else { return nil }
    guard take(.dot) != nil else {
      reportExpected(.routeField)
      return nil
    }
    guard let field = parseName(.member), let variable = parseVariable() else { return nil }
    return (entity, field, variable)
  }

  // RouteClause = "where" Expression | "order" SortKeys | "hit" HitPolicy | Rule | "otherwise" ("nobody" | "to" Targets)
  private mutating func parseRouteClause(_ route: inout RouteDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .where:
      advance()
      once("where", &log, at: start)
      route.filter = parseExpression()
    case .order:
      advance()
      once("order", &log, at: start)
      repeat {
        guard let key = parseSortKey() else { return true }
        route.order.append(key)
      } while take(.then) != nil
    case .hit:
      advance()
      once("hit", &log, at: start)
      if let policy = parseHitPolicy() { route.hitPolicy = policy }
    case .rule:
      advance()
      if let rule = parseRule(from: start) { route.rules.append(rule) }
    case .otherwise:
      advance()
      once("otherwise", &log, at: start)
      if let nobody = take(.nobody) {
        route.otherwise = .nobody(span(nobody))
      } else if let to = take(.to) {
        route.otherwise = .to(parseTargets(from: to, in: .route))
      } else {
        reportExpected(.words([.to, .nobody]))
      }
    default: return false
    }
    return true
  }

  // SortKey = ("lowest" | "highest") Expression
  private mutating func parseSortKey() -> SortKey? {
    guard word == .lowest || word == .highest else {
      reportExpected(.words([.lowest, .highest]))
      return nil
    }
    let isDescending = word == .highest
    advance()
    return SortKey(isDescending: isDescending, key: parseExpression())
  }

  // MARK: - Rules

  // Rule = "rule" Name Titles Body
  private mutating func parseRule(from start: Token) -> RuleDeclaration? {
    guard let name = parseName(.declaration(.rule)) else { return nil }
    var rule = RuleDeclaration(name: name, titles: parseTitles(), span: span(from: start))
    let isWhole = parseBody(of: .rule, clauses: [.when, .unless, .to, .else, .notify, .set, .because]) {
      $0.parseRuleClause(&rule, &$1)
    }
    if isWhole, rule.targets.isEmpty { report(.missingClause(.to, in: .rule, name.text), at: name.span) }
    rule.span = span(from: start)
    return rule
  }

  // RuleClause = "when" Expression | "unless" Expression | "to" Targets | Effect | "because" Expression
  private mutating func parseRuleClause(_ rule: inout RuleDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .when, .unless:
      advance()
      rule.conditions.append(RuleDeclaration.Condition(isNegated: word == .unless, condition: parseExpression()))
    case .to:
      advance()
      once("to", &log, at: start)
      rule.targets = parseTargets(from: start, in: .rule)
    case .else:
      reportHere(.elseWithoutTo)
    case .notify, .set:
      if let effect = parseEffect() { rule.effects.append(effect) }
    case .because:
      advance()
      once("because", &log, at: start)
      rule.because = parseExpression()
    default: return false
    }
    return true
  }

  // MARK: - Targets

  // Targets = Target {"else" ("next" | ["after" Delay] "to" Target)}, behind "to"
  // Delay   = Expression ["of" Expression] "from" Expression
  private mutating func parseTargets(from start: Token, in owner: Word) -> [Target] {
    var targets: [Target] = []
    if let first = parseTarget(delay: nil, from: start, in: owner) { targets.append(first) }
    while let start = take(.else) {
      if take(.next) != nil {
        targets.append(Target(kind: .next, delay: nil, span: span(from: start)))
        continue
      }
      var delay: Target.Delay?
      if take(.after) != nil {
        let after = parseExpression()
        let calendar = take(.of) == nil ? nil : parseExpression()
        guard expect(.from) != nil else { return targets }
        delay = Target.Delay(after: after, calendar: calendar, from: parseExpression())
      }
      guard take(.to) != nil else {
        reportExpected(delay == nil ? .words([.to, .after, .next]) : .word(.to))
        return targets
      }
      guard let target = parseTarget(delay: delay, from: start, in: owner) else { return targets }
      targets.append(target)
    }
    return targets
  }

  // Target    = Candidate | Expression
  // Candidate = "one" Name "as" Name {"where" Expression | "prefer" Expression | "pick" Picks}
  private mutating func parseTarget(delay: Target.Delay?, from start: Token, in owner: Word) -> Target? {
    guard word == .one, isName(ahead: 1), word(ahead: 2) == .as || !token(ahead: 1).hasNewlineBefore else {
      let value = parseExpression()
      return Target(kind: .value(value), delay: delay, span: span(from: start))
    }
    advance()
    guard let entity = parseName(.type), let variable = parseVariable() else { return nil }
    var candidate = CandidateTarget(entity: entity, variable: variable, filter: nil, preference: nil, picks: [])
    clauses: while true {
      switch word {
      case .where where candidate.filter == nil:
        advance()
        candidate.filter = parseExpression()
      case .prefer where candidate.preference == nil:
        advance()
        candidate.preference = parseExpression()
      case .pick where candidate.picks.isEmpty:
        advance()
        candidate.picks = parsePicks()
      // After `otherwise` a `where` is the route's.
      case .where where owner == .route: break clauses
      case .where, .prefer, .pick:
        reportHere(.repeatedInTarget(word?.rawValue ?? ""))
        return nil
      default: break clauses
      }
    }
    return Target(kind: .candidate(candidate), delay: delay, span: span(from: start))
  }

  // Picks = Pick {"then" Pick}
  // Pick  = SortKey | "round" "robin"
  private mutating func parsePicks() -> [CandidateTarget.Pick] {
    var picks: [CandidateTarget.Pick] = []
    repeat {
      if word == .round, word(ahead: 1) == .robin {
        let start = advance()
        advance()
        picks.append(.roundRobin(span(from: start)))
      } else if word == .lowest || word == .highest, let key = parseSortKey() {
        picks.append(.key(key))
      } else {
        reportExpected(.words([.lowest, .highest, .round]))
        return picks
      }
    } while take(.then) != nil
    return picks
  }
}
