/// Keeps the books while a decision is made: what became of each target and of each candidate.
///
/// The explanation is the decision's own path, not a second one that might differ.

import DocketRuntime
import DocketSemantics
import DocketTime

final class RouteRecorder {
  private let engine: RuleEngine
  /// By the name of the rule, `otherwise` included.
  private(set) var targets: [String: [TargetNote]] = [:]
  private var rule = ""
  private static let exampleLimit = 3

  init(_ engine: RuleEngine) { self.engine = engine }

  func begin(_ target: CheckedRoute.Target, of rule: String) {
    self.rule = rule
    targets[rule, default: []].append(
      TargetNote(
        source: source(of: target), place: engine.place(target.span), outcome: .noCandidate, candidates: nil))
  }

  func end(_ outcome: Outcome) {
    change { target in
      switch outcome {
      case .given(let text): target.outcome = .given(text)
      case .noCandidate: target.outcome = .noCandidate
      case .undecided(let cause): target.outcome = .undecided(cause)
      case .notYet(let opens):
        target.outcome = .notYet(opens: opens.map { engine.evaluator.display(.timestamp($0)) })
      case .next: target.outcome = .next
      }
    }
  }

  // MARK: - Candidates

  /// How many there were to choose from.
  func note(_ count: Int, of candidate: CheckedRoute.Candidate) {
    change(candidate) { note in note.count = count }
  }

  func refuse(_ record: EntityReference, by filter: CheckedExpression) {
    let condition = engine.sourceText(filter.span)
    changeCandidates { note in
      let index: Int
      if let known = note.refusals.firstIndex(where: { $0.condition == condition }) {
        index = known
      } else {
        note.refusals.append(
          .init(condition: condition, place: engine.place(filter.span), count: 0, examples: []))
        index = note.refusals.count - 1
      }
      note.refusals[index].count += 1
      if note.refusals[index].examples.count < Self.exampleLimit {
        note.refusals[index].examples.append(
          (engine.shownRecord(record), ExpressionValues(engine).notes(of: filter)))
      }
    }
  }

  /// Out, since its `where` could not be decided.
  func leave(_ record: EntityReference, _ cause: String) {
    changeCandidates { $0.undecided.append((engine.shownRecord(record), cause)) }
  }

  /// In the order of the ranking.
  func pass(_ record: EntityReference, isPreferred: Bool, keys: [Value], turn: Int) {
    changeCandidates { note in
      note.passed.append(
        .init(
          record: engine.shownRecord(record), isPreferred: isPreferred, keys: keys.map { engine.shown($0) }, turn: turn)
      )
    }
  }

  // MARK: - The note under way

  private func change(_ body: (inout TargetNote) -> Void) {
    guard let last = targets[rule]?.indices.last else { return }
    body(&targets[rule, default: []][last])
  }

  private func change(_ candidate: CheckedRoute.Candidate, _ body: (inout CandidateNote) -> Void) {
    changeCandidates { note in
      note.entity = engine.rulebook.schema[candidate.entity].name
      note.preference = candidate.preference.map { engine.sourceText($0.span) }
      note.keys = candidate.keys.map {
        ($0.isDescending ? "highest " : "lowest ") + engine.sourceText($0.key.span)
      }
      note.takesTurns = candidate.takesTurns
      // Candidates refuse in their own order, people read conditions in theirs.
      let order = candidate.filters.map { engine.sourceText($0.span) }
      note.refusals.sort {
        (order.firstIndex(of: $0.condition) ?? 0) < (order.firstIndex(of: $1.condition) ?? 0)
      }
      body(&note)
    }
  }

  private func changeCandidates(_ body: (inout CandidateNote) -> Void) {
    change { target in
      var note =
        target.candidates
        ?? CandidateNote(
          entity: "", count: 0, refusals: [], undecided: [], preference: nil, keys: [], takesTurns: false, passed: [])
      body(&note)
      target.candidates = note
    }
  }

  /// The target as written: its span may hold the `else`s that follow.
  private func source(of target: CheckedRoute.Target) -> String {
    switch target.kind {
    case .value(let expression): "to \(engine.sourceText(expression.span))"
    case .candidate(let candidate): "to one \(engine.rulebook.schema[candidate.entity].name)"
    case .next: "next"
    }
  }
}

extension RouteRecorder {
  enum Outcome {
    case given(String)
    case noCandidate
    case undecided(String)
    case notYet(opens: Instant?)
    case next
  }
}
