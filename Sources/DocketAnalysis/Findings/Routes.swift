/// The rules of a route against each other: which can never fire, which say the same, which collide.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

extension Analyzer {
  /// A rule with where it matches.
  private struct Reach {
    var rule: CheckedRoute.Rule
    var formulas: [Formula]
    var region: [Box]
    /// Once it matches, no later rule is tried.
    var isFinal: Bool
    /// What it does, as written: equal numbers for equal words.
    var targets: Int
  }

  func analyze(_ route: CheckedRoute) {
    reader.reset()
    reader.silentSlots = [0]
    var assumptions: [Formula] = []
    if let membership = reader.membership(ofSlot: 0, in: route.entity) { assumptions.append(membership) }
    if let filter = route.filter { assumptions.append(reader.read(filter)) }
    let formulas = route.rules.map { rule in
      rule.conditions.map { condition in
        let formula = reader.read(condition.expression)
        return condition.isNegated ? Formula.not(formula) : formula
      }
    }
    reader.space.freeze()
    for (rule, formulas) in zip(route.rules, formulas) {
      leaveOpen("rule `\(rule.name)` of `\(route.name)`", at: rule.span, formulas)
    }
    let context: [Box]
    do throws(TooComplex) {
      if let filter = route.filter {
        let site = Site(
          context: try reader.space.region(.all(Array(assumptions.dropLast())), is: true), slotCount: route.slotCount,
          filter: nil, subject: "route `\(route.name)`")
        if try inspect(filter, wants: true, site) == .never { return }
        leaveOpen("route `\(route.name)`", at: filter.span, assumptions)
      }
      context = try reader.space.region(.all(assumptions), is: true)
    } catch {
      return leaveOpen("route `\(route.name)`", at: route.span, "", .tooLarge)
    }
    // Switched off, by a `let` perhaps.
    if isEmpty(context) { return }
    var reaches: [Reach] = []
    var targets: [[String]: Int] = [:]
    func number(_ texts: [String]) -> Int {
      if let known = targets[texts] { return known }
      targets[texts] = targets.count
      return targets.count - 1
    }
    for (rule, formulas) in zip(route.rules, formulas) {
      guard let region = region(of: rule, formulas, route, context) else { continue }
      let reach = Reach(
        rule: rule, formulas: formulas, region: region,
        isFinal: !rule.targets.contains { if case .next = $0.kind { true } else { false } },
        targets: number(rule.targets.map { oneLine($0.span) }))
      reaches.append(reach)
    }
    // A rule after which others are tried shadows none.
    let index = BoxIndex(
      reader.space, reaches.map { route.hitPolicy == .first && !$0.isFinal ? [] : $0.region })
    for number in reaches.indices {
      do throws(TooComplex) {
        switch route.hitPolicy {
        case .first: try findShadow(of: number, reaches, index, route)
        case .unique: try findOverlap(of: number, reaches, index, route)
        case .all: try findRepetition(of: number, reaches, index, route)
        }
      } catch {
        let rule = reaches[number].rule
        leaveOpen("rule `\(rule.name)` of `\(route.name)`", at: rule.span, "", .tooLarge)
      }
    }
  }

  /// Where a rule matches; `nil` where it never does, or that cannot be said.
  private func region(of rule: CheckedRoute.Rule, _ formulas: [Formula], _ route: CheckedRoute, _ context: [Box])
    -> [Box]?
  {
    let subject = "rule `\(rule.name)` of `\(route.name)`"
    let site = Site(context: context, slotCount: route.slotCount, filter: route.filter?.span, subject: subject)
    do throws(TooComplex) {
      var isDead = false
      for condition in rule.conditions {
        if try inspect(condition.expression, wants: !condition.isNegated, site) == .never { isDead = true }
      }
      let region = try reader.space.intersection(context, try reader.space.region(.all(formulas), is: true))
      guard isEmpty(region) else { return region }
      let isSwitchedOff = rule.conditions.contains { reader.purity.isPure($0.expression) }
      if !isDead, !isSwitchedOff { tellContradiction(rule, formulas, route, context) }
      return nil
    } catch {
      leaveOpen(subject, at: rule.span, "", .tooLarge)
      return nil
    }
  }

  private func tellContradiction(
    _ rule: CheckedRoute.Rule, _ formulas: [Formula], _ route: CheckedRoute, _ context: [Box]
  ) {
    var region = context
    // As many conditions as hold together.
    for formula in formulas {
      guard let next = try? reader.space.region(formula, is: true),
        let both = try? reader.space.intersection(region, next), !isEmpty(both)
      else { break }
      region = both
    }
    var shown: (values: String, outcome: String)?
    for example in examples(region, mentioning: formulas.flatMap(\.variables)) where shown == nil {
      guard let failing = evaluate(example, slotCount: route.slotCount, { self.firstFailing(rule) }), let failing else {
        continue
      }
      shown = (example.text(reader), "`\(oneLine(failing.expression.span))` is \(failing.outcome)")
    }
    guard shown != nil || formulas.contains(where: reader.mentionsOpaque) else {
      return leaveOpen("rule `\(rule.name)` of `\(route.name)`", at: rule.span, "", .tooLarge)
    }
    let alone = try? reader.space.region(.all(formulas), is: true)
    let filter = alone.map(isEmpty) == true ? nil : route.filter?.span
    report(.contradiction(rule.name, filter: filter, example: shown), at: rule.span)
  }

  private func firstFailing(_ rule: CheckedRoute.Rule) -> (expression: CheckedExpression, outcome: String)? {
    for condition in rule.conditions {
      let outcome = outcome(condition.expression)
      if outcome != !condition.isNegated { return (condition.expression, outcome.map { "\($0)" } ?? "undecided") }
    }
    return nil
  }

  func oneLine(_ span: SourceSpan) -> String {
    sources.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - One rule against those above it

  private func findShadow(of number: Int, _ reaches: [Reach], _ index: BoxIndex, _ route: CheckedRoute)
    throws(TooComplex)
  {
    let reach = reaches[number]
    guard try index.isCovered(reach.region, above: number) else { return }
    let near = index.owners(near: reach.region, above: number)
    var causes: [Int]
    var isRepetition = false
    if let one = try first(of: index.owners(around: reach.region, above: number), toCover: reach, reaches) {
      causes = [one]
      isRepetition = try isCovered(reaches[one].region, by: reach.region)
    } else {
      causes = Array(near)
      // Those without which something would be left.
      for place in causes.indices.reversed() where causes.count <= 40 {
        var others = causes
        others.remove(at: place)
        if try isCovered(reach.region, by: others.flatMap { reaches[$0].region }) { causes = others }
      }
    }
    var shown: (values: String, outcome: String)?
    let variables = (reach.formulas + causes.prefix(3).flatMap { reaches[$0].formulas }).flatMap(\.variables)
    for example in examples(reach.region, mentioning: variables) where shown == nil {
      let winner = evaluate(example, slotCount: route.slotCount) { () -> Int? in
        guard self.isSelected(route), self.matches(reach.rule) else { return nil }
        return near.first { self.matches(reaches[$0].rule) }
      }
      guard let winner, let winner else { continue }
      var example = example
      example.mentioned = Array(Set(example.mentioned + reaches[winner].formulas.flatMap(\.variables)))
      shown = (example.text(reader), "`\(reaches[winner].rule.name)`")
    }
    guard shown != nil || mentionsOpaque(reach, route) else { return leaveOpen(reach, route) }
    let names = causes.map { (reaches[$0].rule.name, reaches[$0].rule.span) }
    report(
      isRepetition
        ? .repeatedRule(reach.rule.name, names[0].0, names[0].1, isFirst: true, example: shown)
        : .unreachableRule(reach.rule.name, by: names, example: shown), at: reach.rule.span)
  }

  private func first(of numbers: some Sequence<Int>, toCover reach: Reach, _ reaches: [Reach]) throws(TooComplex)
    -> Int?
  {
    for number in numbers {
      if try isCovered(reach.region, by: reaches[number].region) { return number }
    }
    return nil
  }

  private func findOverlap(of number: Int, _ reaches: [Reach], _ index: BoxIndex, _ route: CheckedRoute)
    throws(TooComplex)
  {
    let reach = reaches[number]
    var isOpen = false
    for place in index.owners(near: reach.region, above: number) {
      let other = reaches[place]
      let both = try reader.space.intersection(reach.region, other.region)
      if isEmpty(both) { continue }
      for example in examples(both, mentioning: (reach.formulas + other.formulas).flatMap(\.variables)) {
        let collides = evaluate(example, slotCount: route.slotCount) {
          self.isSelected(route) && self.matches(reach.rule) && self.matches(other.rule)
        }
        guard collides == true else { continue }
        return report(
          .overlappingRules(reach.rule.name, other.rule.name, other.rule.span, example: example.text(reader)),
          at: reach.rule.span)
      }
      isOpen = true
    }
    if isOpen { leaveOpen(reach, route) }
  }

  /// With `hit all` two rules may match the same items, unless they also say the same.
  private func findRepetition(of number: Int, _ reaches: [Reach], _ index: BoxIndex, _ route: CheckedRoute)
    throws(TooComplex)
  {
    let reach = reaches[number]
    for place in index.owners(around: reach.region, above: number) where reaches[place].targets == reach.targets {
      let other = reaches[place]
      guard try isCovered(reach.region, by: other.region), try isCovered(other.region, by: reach.region) else {
        continue
      }
      var shown: (values: String, outcome: String)?
      for example in examples(reach.region, mentioning: reach.formulas.flatMap(\.variables)) where shown == nil {
        let both = evaluate(example, slotCount: route.slotCount) {
          self.isSelected(route) && self.matches(reach.rule) && self.matches(other.rule)
        }
        if both == true { shown = (example.text(reader), "`\(other.rule.name)` and `\(reach.rule.name)`") }
      }
      guard shown != nil || mentionsOpaque(reach, route) else { return leaveOpen(reach, route) }
      return report(
        .repeatedRule(reach.rule.name, other.rule.name, other.rule.span, isFirst: false, example: shown),
        at: reach.rule.span)
    }
  }

  private func leaveOpen(_ reach: Reach, _ route: CheckedRoute) {
    if !mentionsOpaque(reach, route) {
      leaveOpen("rule `\(reach.rule.name)` of `\(route.name)`", at: reach.rule.span, "", .tooLarge)
    }
  }

  private func mentionsOpaque(_ reach: Reach, _ route: CheckedRoute) -> Bool {
    if reach.formulas.contains(where: reader.mentionsOpaque) { return true }
    return reach.region.contains { box in
      box.sides.contains { reader.space.variables[$0.variable].isOpaque }
    }
  }

  // MARK: - What the engine says

  private func isSelected(_ route: CheckedRoute) -> Bool {
    guard let filter = route.filter else { return true }
    return outcome(filter) == true
  }

  private func matches(_ rule: CheckedRoute.Rule) -> Bool {
    rule.conditions.allSatisfy { outcome($0.expression) == !$0.isNegated }
  }
}
