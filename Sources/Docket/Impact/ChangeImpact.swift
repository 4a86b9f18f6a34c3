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
    /// The deadlines of a clock whose status is another.
    var due: Move?
    /// Of an invariant: that it holds now.
    var isSettled = false

    struct Move: Sendable, Hashable {
      var before: String
      var after: String
    }
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

  /// Of its texts. What machines read is in English.
  public let language: ReportLanguage
  /// Rules that are only in one of the two, as `kpi csat`.
  public var added: [String] = []
  public var removed: [String] = []
  /// Every rule that is in both, changed or not.
  public var rules: [RuleChange] = []

  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && rules.allSatisfy(\.isEmpty) }

  /// Runs every rule on both sides; stops early where the engines are told to.
  public static func between(_ old: RuleEngine, _ new: RuleEngine, language: ReportLanguage = .english)
    -> ChangeImpact
  {
    var impact = ChangeImpact(language: language)
    let (a, b) = (Side(old, language), Side(new, language))
    let (before, now) = (old.rulebook, new.rulebook)
    impact.match(.route, before.routes.map(\.name), now.routes.map(\.name)) { routeChange(a, $0, b, $1) }
    impact.match(.sla, before.slas.map(\.name), now.slas.map(\.name)) { clockChange(a, $0, b, $1) }
    impact.match(.kpi, before.kpis.map(\.name), now.kpis.map(\.name)) { measureChange(a, $0, b, $1) }
    impact.match(.ensure, before.ensures.map(\.name), now.ensures.map(\.name)) { findingChange(a, $0, b, $1) }
    return impact
  }

  /// One of the two, with the words for what it gives.
  private struct Side {
    let engine: RuleEngine
    let words: ReportWords

    init(_ engine: RuleEngine, _ language: ReportLanguage) {
      self.engine = engine
      words = ReportWords(language, zone: engine.evaluator.zone)
    }

    func shown(_ value: Value) -> String {
      switch words.language {
      case .english: engine.evaluator.display(value)
      case .chinese: engine.named(value).label(words.language)
      }
    }
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

  private static func routeChange(_ old: Side, _ a: Int, _ new: Side, _ b: Int) -> Sides {
    var before: [String: Decision] = [:]
    for decision in old.engine.decisions(route: a) { before[old.engine.keyText(decision.item)] = decision }
    let decisions = new.engine.decisions(route: b)
    var sides: Sides = ([], [], decisions.count)
    for decision in decisions {
      let key = new.engine.keyText(decision.item)
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

  private static func outcome(_ decision: Decision, _ side: Side) -> String {
    guard decision.status == .assigned else {
      let status = side.words.status(decision.status)
      return side.words.language == .chinese ? "（\(status)）" : "(\(status))"
    }
    return side.words.names(decision.to.map { side.shown($0) })
  }

  // MARK: - Clocks

  private static func clockChange(_ old: Side, _ a: Int, _ new: Side, _ b: Int) -> Sides {
    func key(_ clock: Clock, _ side: Side) -> String {
      side.engine.keyText(clock.item) + (clock.cycle > 1 ? " (\(clock.cycle))" : "")
    }
    func due(_ clock: Clock, _ side: Side) -> String { clock.due.map { side.words.instant($0) } ?? "—" }
    var before: [String: Clock] = [:]
    for clock in old.engine.clocks(sla: a) { before[key(clock, old)] = clock }
    let clocks = new.engine.clocks(sla: b)
    var sides: Sides = ([], [], clocks.count)
    for clock in clocks {
      let subject = key(clock, new)
      let now = new.words.status(clock.status)
      guard let earlier = before.removeValue(forKey: subject) else {
        sides.differences.append(Difference(subject: subject, before: "—", after: now, note: due(clock, new)))
        continue
      }
      let was = old.words.status(earlier.status)
      let isSameDue = earlier.due == clock.due
      if was != now {
        let move = isSameDue ? nil : Difference.Move(before: due(earlier, old), after: due(clock, new))
        let note = move.map { "due \($0.before) → \($0.after)" } ?? ""
        sides.differences.append(Difference(subject: subject, before: was, after: now, note: note, due: move))
      } else if !isSameDue {
        sides.details.append(Difference(subject: subject, before: due(earlier, old), after: due(clock, new), note: now))
      }
    }
    for (subject, clock) in before.sorted(by: { $0.key < $1.key }) {
      sides.differences.append(
        Difference(subject: subject, before: old.words.status(clock.status), after: "—", note: due(clock, old)))
    }
    return sides
  }

  // MARK: - Measures

  private static func measureChange(_ old: Side, _ a: Int, _ new: Side, _ b: Int) -> Sides {
    func key(_ cell: Measure, _ side: Side) -> String {
      let groups = cell.group.map { $0.isAbsent ? side.words[Phrase.none] : side.shown($0) }
      return side.words.names((cell.period.map { [side.words.period($0)] } ?? []) + groups)
    }
    func value(_ cell: Measure, _ side: Side, _ kpi: CheckedKPI) -> String {
      cell.value.map { side.words.figure($0, of: kpi) } ?? "—"
    }
    func status(_ cell: Measure, _ side: Side) -> String { cell.status.map { side.words.status($0) } ?? "" }
    let (oldKPI, newKPI) = (old.engine.rulebook.kpis[a], new.engine.rulebook.kpis[b])
    var before: [String: Measure] = [:]
    for cell in old.engine.measures(kpi: a).cells { before[key(cell, old)] = cell }
    let cells = new.engine.measures(kpi: b).cells
    var sides: Sides = ([], [], cells.count)
    for cell in cells {
      let subject = key(cell, new)
      guard let earlier = before.removeValue(forKey: subject) else {
        sides.differences.append(
          Difference(subject: subject, before: "—", after: value(cell, new, newKPI), note: status(cell, new)))
        continue
      }
      let (was, now) = (value(earlier, old, oldKPI), value(cell, new, newKPI))
      let (oldStatus, newStatus) = (status(earlier, old), status(cell, new))
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
        Difference(subject: subject, before: value(cell, old, oldKPI), after: "—", note: status(cell, old)))
    }
    return sides
  }

  // MARK: - Invariants

  private static func findingChange(_ old: Side, _ a: Int, _ new: Side, _ b: Int) -> Sides {
    func key(_ finding: Finding, _ side: Side, isDated: Bool) -> String {
      let names = side.words.names(finding.combination.map { side.shown($0) })
      return isDated ? side.words[.from(names, side.words.instant(finding.from))] : names
    }
    let before = old.engine.findings(ensure: a)
    let after = new.engine.findings(ensure: b)
    let isDated = new.engine.rulebook.ensures[b].during != nil || old.engine.rulebook.ensures[a].during != nil
    let oldKeys = Set(before.map { key($0, old, isDated: isDated) })
    let newKeys = Set(after.map { key($0, new, isDated: isDated) })
    let (holds, fails) = (new.words[.holds], new.words[.doesNotHold])
    var sides: Sides = ([], [], after.count)
    for finding in after {
      let subject = key(finding, new, isDated: isDated)
      if oldKeys.contains(subject) { continue }
      sides.differences.append(
        Difference(subject: subject, before: holds, after: fails, note: finding.because ?? finding.cause ?? ""))
    }
    for finding in before {
      let subject = key(finding, old, isDated: isDated)
      if newKeys.contains(subject) { continue }
      sides.differences.append(Difference(subject: subject, before: fails, after: holds, note: "", isSettled: true))
    }
    return sides
  }
}
