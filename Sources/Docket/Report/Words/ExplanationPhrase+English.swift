/// Explanations in English.

import DocketRules

extension ExplanationPhrase {
  var english: String {
    switch self {
    case .asOf(let instant): return ", as of \(instant)"
    case .nothingIsOver(let entity): return "no rule is over \(entity)"
    case .cycle(let number): return "cycle \(number)"
    case .inCycle(let number, let text): return "cycle \(number): \(text)"
    case .undecidedBecause(let cause): return "undecided: \(cause)"
    case .reason(let text, let because): return "\(text): \(because)"

    case .measures: return "measures"
    case .measuresNote: return "which cells it counts in"
    case .fate(let fate):
      switch fate {
      case .counted: return "✓ counts"
      case .pending: return "… pending"
      case .skipped: return "– skipped"
      case .failed: return "? fails"
      case .notSelected: return "✗ left out"
      case .undecided: return "? undecided"
      case .unplaced: return "✗ no period"
      case .outsideWindow: return "✗ outside the window"
      }
    case .inCell(let cell): return "in \(cell)"
    case .cellIs(let value, let rows): return "the cell is \(value) of \(Figures.count(rows))"
    case .invariants: return "invariants"
    case .noFinding: return "no finding names it"
    case .lasts(let from, let to): return " from \(from)" + (to.map { " to \($0)" } ?? "")

    case .notAnItem: return "Why it is not one of the route's items"
    case .whateverHolds(let field): return "Whatever `\(field)` holds, the rules say"
    case .whyRule(let rule): return "Why `\(rule)`"
    case .matches(let rule, let isOver): return "`\(rule)` " + (isOver ? "matched and went on" : "matches")
    case .whyNoRule: return "Why no rule"
    case .whyNotBefore: return "Why not the rules before it"
    case .whyNotOthers: return "Why not the other rules"
    case .otherwiseTried: return "What `otherwise` tried"
    case .smallestChange: return "The smallest change with another outcome"
    case .orAnotherField: return "or, of another field:"
    case .whyNot(let value): return "Why not \(value)"

    case .given(let values, let rule): return "→ \(values), by \(rule)"
    case .noCandidate(let rule): return "nobody: no candidate passed" + (rule.map { " for \($0)" } ?? "")
    case .noRuleMatched: return "nobody: no rule matched, and `otherwise nobody` says so"
    case .undecidedAt(let rule, let cause):
      return "undecided" + (rule.map { " at \($0)" } ?? "") + (cause.map { ": \($0)" } ?? "")
    case .notSelected: return "not selected: `where` passes it over"
    case .because(let reason): return ", because \(reason)"
    case .theRule(let rule): return "the rule `\(rule)`"
    case .theRules(let rules): return "the rules " + rules.map { "`\($0)`" }.joined(separator: ", ")
    case .noConditions: return "it has no conditions"
    case .cannotDecide(let what, let cause): return "\(what) cannot be decided: \(cause)"
    case .notTried(let count, let matching):
      let rules = count == 1 ? "1 rule was" : "\(Figures.count(count)) rules were"
      let none = count == 1 ? "it would not match" : "none of them would match"
      let would = matching.map { "`\($0)`" }.joined(separator: ", ")
      return "\(rules) not tried: " + (matching.isEmpty ? none : "\(would) would match, too")
    case .notTriedAfter(let rule): return "it was not tried: \(rule) stands before it and matched"
    case .ruleOfRoute(let rule): return "rule \(rule) of route"
    case .forItem(let item): return "for \(item)"

    case .nobodyPassed: return "nobody passed"
    case .opens(let instant): return instant.map { "opens at \($0)" } ?? "never opens"
    case .onToNext: return "on to the next rule"
    case .thereIsNo(let entity): return "there is no \(entity)"
    case .moreExamples(let count): return "… \(count) more"
    case .more: return "more"
    case .undecided: return "undecided"
    case .passed(let passed, let count, let entity):
      return "of \(Figures.count(count)) \(entity), \(passed == 0 ? "none" : Figures.count(passed)) passed"
    case .candidate: return "candidate"
    case .preferred: return "preferred"
    case .lastTurn: return "last turn"
    case .no: return "no"
    case .never: return "never"
    case .moreCandidates(let count): return "… and \(Figures.count(count)) more"
    case .gives(let value, let rule): return "gives \(value)" + (rule.map { ", by \($0)" } ?? "")

    case .noRuleGivesIt: return "no rule gives it"
    case .isGiven: return "it is what was given"
    case .notReached(let rule, let earlier):
      return "\(rule) gives it, and was not reached: \(earlier.map { "`\($0)`" } ?? "an earlier target") decided"
    case .doesNotMatch(let rule): return "\(rule) does not match"
    case .givesLater(let rule, let opens):
      return "\(rule) gives it, \(opens.map { "from \($0) on" } ?? "and never opens")"
    case .choosesFrom(let rule, let entity): return "\(rule) chooses from \(entity), and it is none"
    case .refuses(let rule, let condition): return "\(rule) refuses it by `\(condition)`"
    case .cannotDecideAboutIt(let rule, let cause): return "\(rule) cannot decide about it: \(cause)"
    case .ranksBefore(let rule, let other, let key, let theirs, let its):
      return "\(rule) ranks \(other) before it: \(key) is \(theirs) there, \(its) here"

    case .earlierCycles(let count): return "… \(Figures.count(count)) cycles before these"
    case .elapsedOf(let elapsed, let target): return elapsed + (target.map { " of \($0)" } ?? "")
    case .late(let duration): return "\(duration) late"
    case .left(let duration): return "\(duration) left"
    case .dueAt(let instant, let isProvisional): return "due \(instant)" + (isProvisional ? " (provisional)" : "")
    case .noDeadline: return "no deadline while it is paused"
    case .hoursOf(let calendar): return "hours of \(calendar)"
    case .timesIn(let zone): return "times in \(zone)"
    case .closedStretches(let count):
      return "\(Figures.count(count)) more \(count == 1 ? "stretch" : "stretches") of closed days"
    case .quietChanges(let count):
      return "\(Figures.count(count)) more \(count == 1 ? "change that changes" : "changes that change") nothing"
    case .changesNothing(let change): return "\(change) (changes nothing)"
    case .openDays(let name): return "open" + (name.isEmpty ? ", with hours of its own" : ": \(name)")
    case .tells(let to, let text): return "tells \(to): \(text)"
    case .sets(let field, let text): return "sets \(field) to \(text)"
    case .comesDue: return "due"
    case .wasDue: return "was due"
    case .wouldHaveBeenDue: return "would have been due"
    case .breach(let isAhead): return isAhead ? "breached if it still runs" : "breached from here on"
    case .now: return "now"
    case .step(let kind, let clause):
      switch kind {
      case .started: return "starts: \(clause)"
      case .stopped: return "stops: \(clause)"
      case .paused: return "pauses: \(clause)"
      case .resumed: return "goes on: no more `\(clause)`"
      case .cancelled: return "is cancelled: \(clause)"
      case .restarted: return "starts anew: \(clause)"
      case .reopened: return "is open again: no more `\(clause)`"
      }
    case .moreFields(let count): return "… \(count) more"
    case .begins(let name, let fields): return fields.isEmpty ? "\(name) begins" : "\(name) begins: \(fields)"
    case .sameVersion(let name): return "\(name): a version like the one before"
    case .closed(let until, let reason):
      let days = "closed" + (until.map { " to \($0)" } ?? "")
      switch reason {
      case .weekend: return "\(days): weekend"
      case .noHours(let day): return "\(days): no hours on \(day)"
      case .holiday(let name): return name.isEmpty ? days : "\(days): \(name)"
      }
    }
  }
}
