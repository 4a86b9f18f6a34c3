/// Everything that reports say beside names and figures, once, in every language.
///
/// Numbers that decide between singular and plural come as numbers, all else as it is to be shown.

public enum Phrase: Sendable, Hashable {
  // What was read
  case asOf(String, isNewest: Bool)
  case records(Int, entity: String, versions: Int?, existing: Int?, files: String)
  case emptyCells(Int, field: String)
  case laterTimes(Int, entity: String, field: String)
  case rejectedRows(Int, path: String)
  case shortRows(Int, path: String)
  case movedTimes(gaps: Int, folds: Int)
  case dataRead, asOfTitle, page

  // Kinds of rules, before a name and as headings
  case route, sla, kpi, ensure
  case routes, slas, kpis, ensures

  // Headings of columns
  case rule, items, share, title, owner, byRules, status, clocks, period, value, rows, interval, change, trend
  case nextToBreach, lateAndOpen, due, remaining, elapsed, lateBy, item, cycle, cause, because, from, until, sinceWhen
  case at, to, text, identifier, row, isIn, why, inNoCell, first, finding, target, warn, latest, total

  // Routes
  case otherwise, otherwiseTitle
  case nothingAssigned
  case amount(Int, String)
  case unusedRules(Int)
  case pastUndecided(Int)
  case undecidedBecause(rule: String?, cause: String, count: Int, first: String?)
  case moreReasons(Int)
  case decisionsShown(Int, of: Int)
  case noDecisions, noRoutes, nobody
  case moreOwners(Int)

  // Clocks
  case noClocks
  case clocksShown(Int, of: Int)
  case provisional
  case effectsDue(Int)
  case provisionalDeadlines(Int)
  case noEffects
  case openLate(Int)

  // Measures
  case noRows, noKPIs, none
  case targetIs(String)
  case warnIs(String)
  case skippedRows(Int)
  case pendingRows(Int)
  case errorRows(Int, String?)
  case valueError(String)
  case unplacedRows(Int)
  case undecidedRows(Int, String?)
  case latestPeriods(Int, of: Int)
  case legend(hasOff: Bool, hasWarning: Bool, hasFew: Bool)
  case rowsCount(Int, of: Int)
  case shown(Int)
  case yes
  case chartOf(String)
  case notOver

  // Invariants
  case holds
  case findings(Int)
  case findingsShown(Int, of: Int)
  case noEnsures
  case undecided(String)

  // The rest
  case notShown(slas: Int, kpis: Int, ensures: Int)
  case glanceRouted(Int, of: Int)
  case glanceInTime, glanceOnTarget, glanceFindings, glanceLate
  case ofMany(String, String)
  case measure
}
