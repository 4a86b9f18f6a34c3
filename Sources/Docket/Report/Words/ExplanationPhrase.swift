/// What explanations say beside names, clauses and values, once, in every language: see `Phrase`.

import DocketRules

enum ExplanationPhrase: Sendable, Hashable {
  // The record
  case asOf(String)
  case nothingIsOver(String)
  case cycle(Int)
  case inCycle(Int, String)
  case undecidedBecause(String)
  case reason(String, because: String)

  // Measures and invariants
  case measures, measuresNote
  case fate(MeasuredRow.Fate)
  case inCell(String)
  case cellIs(String, rows: Int)
  case invariants, noFinding
  case lasts(from: String, to: String?)

  // Sections of a decision
  case notAnItem
  case whateverHolds(String)
  case whyRule(String)
  case matches(String, isOver: Bool)
  case whyNoRule, whyNotBefore, whyNotOthers, otherwiseTried
  case smallestChange, orAnotherField
  case whyNot(String)

  // What was decided
  case given(String, by: String)
  case noCandidate(by: String?)
  case noRuleMatched
  case undecidedAt(rule: String?, cause: String?)
  case notSelected
  case because(String)
  case theRule(String)
  case theRules([String])
  case noConditions
  case cannotDecide(String, cause: String)
  case notTried(Int, wouldMatch: [String])
  case notTriedAfter(String)
  case ruleOfRoute(String)
  case forItem(String)

  // Targets and candidates
  case nobodyPassed
  case opens(String?)
  case onToNext
  case thereIsNo(String)
  case moreExamples(Int)
  case more, undecided
  case passed(Int, of: Int, String)
  case candidate, preferred, lastTurn, no, never
  case moreCandidates(Int)
  case gives(String, by: String?)

  // Why not
  case noRuleGivesIt, isGiven
  case notReached(String, earlier: String?)
  case doesNotMatch(String)
  case givesLater(String, opens: String?)
  case choosesFrom(String, String)
  case refuses(String, condition: String)
  case cannotDecideAboutIt(String, cause: String)
  case ranksBefore(String, other: String, key: String, theirs: String, its: String)

  // Clocks
  case earlierCycles(Int)
  case elapsedOf(String, target: String?)
  case late(String)
  case left(String)
  case dueAt(String, isProvisional: Bool)
  case noDeadline
  case hoursOf(String)
  case timesIn(String)
  case closedStretches(Int)
  case quietChanges(Int)
  case changesNothing(String)
  case openDays(String)
  case tells(String, String)
  case sets(String, String)
  case comesDue, wasDue, wouldHaveBeenDue
  case breach(isAhead: Bool)
  case now
  case step(ClockStep.Kind, clause: String)
  case moreFields(Int)
  case begins(String, fields: String)
  case sameVersion(String)
  case closed(until: String?, ClosedPhrase)

  /// Why days are closed.
  enum ClosedPhrase: Sendable, Hashable {
    case weekend
    case noHours(on: String)
    case holiday(String)
  }
}

extension ReportWords {
  subscript(_ phrase: ExplanationPhrase) -> String {
    switch language {
    case .english: phrase.english
    case .chinese: phrase.chinese
    }
  }
}
