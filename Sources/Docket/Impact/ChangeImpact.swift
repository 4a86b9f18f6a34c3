/// What a change of rules changes over the same records: who gets what, how the clocks stand, what is measured and found.
///
/// Rules are matched by name and items by key, so the two engines may have worlds of their own.

public import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

public struct ChangeImpact: Sendable {
  /// One thing that is another: as texts, because the two sides may number and spell alike what is not the same.
  public struct Difference: Sendable, Hashable {
    /// The item, the cell, the violated combination.
    public var subject: String
    public var before: String
    public var after: String
    /// How it came about, or what else is another.
    public var note: String
  }

  /// What became of one rule.
  public struct RuleChange: Sendable {
    public enum Kind: String, Sendable {
      case route, sla, kpi, ensure
    }
    public var kind: Kind
    public var name: String
    /// How many were compared.
    public var count: Int
    /// What people notice: another owner, another status, another value, a finding that comes or goes.
    public var differences: [Difference]
    /// What only the books notice: the same owner by another rule, the same status with another deadline.
    public var details: [Difference]

    public var isEmpty: Bool { differences.isEmpty && details.isEmpty }
  }

  /// Rules that are only in one of the two, as `kpi csat`.
  public var added: [String] = []
  public var removed: [String] = []
  /// Every rule that is in both, changed or not.
  public var rules: [RuleChange] = []

  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && rules.allSatisfy(\.isEmpty) }

  /// Runs every rule on both sides; stops early where the engines are told to.
  public static func between(_ old: RuleEngine, _ new: RuleEngine) -> ChangeImpact {
    var impact = ChangeImpact()
    let (a, b) = (old.rulebook, new.rulebook)
    impact.match(.route, a.routes.map(\.name), b.routes.map(\.name)) { routeChange(old, $0, new, $1) }
    impact.match(.sla, a.slas.map(\.name), b.slas.map(\.name)) { clockChange(old, $0, new, $1) }
    impact.match(.kpi, a.kpis.map(\.name), b.kpis.map(\.name)) { measureChange(old, $0, new, $1) }
    impact.match(.ensure, a.ensures.map(\.name), b.ensures.map(\.name)) { findingChange(old, $0, new, $1) }
    return impact
  }

  private typealias Sides = (differences: [Difference], details: [Difference], count: Int)

  private mutating func match(_ kind: RuleChange.Kind, _ old: [String], _ new: [String], _ compare: (Int, Int) -> Sides)
  {
    removed += old.filter { !new.contains($0) }.map { "\(kind.rawValue) \($0)" }
    for (place, name) in new.enumerated() {
      guard let before = old.firstIndex(of: name) else {
        added.append("\(kind.rawValue) \(name)")
        continue
      }
      let sides = compare(before, place)
      rules.append(
        RuleChange(kind: kind, name: name, count: sides.count, differences: sides.differences, details: sides.details))
    }
  }

  // MARK: - Routes

  private static func routeChange(_ old: RuleEngine, _ a: Int, _ new: RuleEngine, _ b: Int) -> Sides {
    var before: [String: Decision] = [:]
    for decision in old.decisions(route: a) { before[old.keyText(decision.item)] = decision }
    let decisions = new.decisions(route: b)
    var sides: Sides = ([], [], decisions.count)
    for decision in decisions {
      let key = new.keyText(decision.item)
      guard let earlier = before.removeValue(forKey: key) else {
        sides.differences.append(
          Difference(subject: key, before: "—", after: outcome(decision, new), note: decision.rule ?? ""))
        continue
      }
      let (was, now) = (outcome(earlier, old), outcome(decision, new))
      let (oldRule, newRule) = (earlier.rule ?? "", decision.rule ?? "")
      let note = oldRule == newRule ? newRule : "\(oldRule) → \(newRule)"
      if was != now {
        sides.differences.append(Difference(subject: key, before: was, after: now, note: note))
      } else if oldRule != newRule {
        sides.details.append(Difference(subject: key, before: oldRule, after: newRule, note: now))
      }
    }
    for (key, decision) in before.sorted(by: { $0.key < $1.key }) {
      sides.differences.append(
        Difference(subject: key, before: outcome(decision, old), after: "—", note: decision.rule ?? ""))
    }
    return sides
  }

  private static func outcome(_ decision: Decision, _ engine: RuleEngine) -> String {
    guard decision.status == .assigned else { return "(\(words(decision.status.name)))" }
    return decision.to.map { engine.evaluator.display($0) }.joined(separator: ", ")
  }

  private static func words(_ name: String) -> String { name.replacing("_", with: " ") }

  // MARK: - Clocks

  private static func clockChange(_ old: RuleEngine, _ a: Int, _ new: RuleEngine, _ b: Int) -> Sides {
    func key(_ clock: Clock, _ engine: RuleEngine) -> String {
      engine.keyText(clock.item) + (clock.cycle > 1 ? " (\(clock.cycle))" : "")
    }
    func due(_ clock: Clock, _ engine: RuleEngine) -> String {
      clock.due.map { Figures.instant($0, engine.evaluator.zone) } ?? "—"
    }
    var before: [String: Clock] = [:]
    for clock in old.clocks(sla: a) { before[key(clock, old)] = clock }
    let clocks = new.clocks(sla: b)
    var sides: Sides = ([], [], clocks.count)
    for clock in clocks {
      let subject = key(clock, new)
      let now = words(clock.status.name)
      guard let earlier = before.removeValue(forKey: subject) else {
        sides.differences.append(Difference(subject: subject, before: "—", after: now, note: due(clock, new)))
        continue
      }
      let was = words(earlier.status.name)
      let isSameDue = earlier.due == clock.due
      if was != now {
        let note = isSameDue ? "" : "due \(due(earlier, old)) → \(due(clock, new))"
        sides.differences.append(Difference(subject: subject, before: was, after: now, note: note))
      } else if !isSameDue {
        sides.details.append(Difference(subject: subject, before: due(earlier, old), after: due(clock, new), note: now))
      }
    }
    for (subject, clock) in before.sorted(by: { $0.key < $1.key }) {
      sides.differences.append(
        Difference(subject: subject, before: words(clock.status.name), after: "—", note: due(clock, old)))
    }
    return sides
  }

  // MARK: - Measures

  private static func measureChange(_ old: RuleEngine, _ a: Int, _ new: RuleEngine, _ b: Int) -> Sides {
    func key(_ cell: Measure, _ engine: RuleEngine) -> String {
      let groups = cell.group.map { $0.isAbsent ? "(none)" : engine.evaluator.display($0) }
      return ((cell.period.map { ["\($0)"] } ?? []) + groups).joined(separator: ", ")
    }
    func value(_ cell: Measure, _ kpi: CheckedKPI) -> String {
      cell.value.map { MeasureFigure.text($0, of: kpi) } ?? "—"
    }
    func status(_ cell: Measure) -> String { cell.status.map { words($0.name) } ?? "" }
    let (oldKPI, newKPI) = (old.rulebook.kpis[a], new.rulebook.kpis[b])
    var before: [String: Measure] = [:]
    for cell in old.measures(kpi: a).cells { before[key(cell, old)] = cell }
    let cells = new.measures(kpi: b).cells
    var sides: Sides = ([], [], cells.count)
    for cell in cells {
      let subject = key(cell, new)
      guard let earlier = before.removeValue(forKey: subject) else {
        sides.differences.append(
          Difference(subject: subject, before: "—", after: value(cell, newKPI), note: status(cell)))
        continue
      }
      let (was, now) = (value(earlier, oldKPI), value(cell, newKPI))
      let (oldStatus, newStatus) = (status(earlier), status(cell))
      let note = oldStatus == newStatus ? newStatus : "\(oldStatus) → \(newStatus)"
      if was != now || oldStatus != newStatus || earlier.value != cell.value {
        sides.differences.append(Difference(subject: subject, before: was, after: now, note: note))
      } else if earlier.rows != cell.rows {
        sides.details.append(
          Difference(subject: subject, before: "\(earlier.rows) rows", after: "\(cell.rows) rows", note: now))
      }
    }
    for (subject, cell) in before.sorted(by: { $0.key < $1.key }) {
      sides.differences.append(
        Difference(subject: subject, before: value(cell, oldKPI), after: "—", note: status(cell)))
    }
    return sides
  }

  // MARK: - Invariants

  private static func findingChange(_ old: RuleEngine, _ a: Int, _ new: RuleEngine, _ b: Int) -> Sides {
    func key(_ finding: Finding, _ engine: RuleEngine, isDated: Bool) -> String {
      let names = finding.combination.map { engine.evaluator.display($0) }.joined(separator: ", ")
      return isDated ? names + " from \(Figures.instant(finding.from, engine.evaluator.zone))" : names
    }
    let before = old.findings(ensure: a)
    let after = new.findings(ensure: b)
    let isDated = new.rulebook.ensures[b].during != nil || old.rulebook.ensures[a].during != nil
    let oldKeys = Set(before.map { key($0, old, isDated: isDated) })
    let newKeys = Set(after.map { key($0, new, isDated: isDated) })
    var sides: Sides = ([], [], after.count)
    for finding in after {
      let subject = key(finding, new, isDated: isDated)
      if oldKeys.contains(subject) { continue }
      sides.differences.append(
        Difference(
          subject: subject, before: "holds", after: "does not hold", note: finding.because ?? finding.cause ?? ""))
    }
    for finding in before {
      let subject = key(finding, old, isDated: isDated)
      if newKeys.contains(subject) { continue }
      sides.differences.append(Difference(subject: subject, before: "does not hold", after: "holds", note: ""))
    }
    return sides
  }
}
