/// Reports in English.

extension Phrase {
  var english: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(Figures.count(number)) \(number == 1 ? one : many)"
    }
    switch self {
    case .asOf(let instant, let isNewest):
      return "As of \(instant)" + (isNewest ? ", the newest instant in the data" : "")
    case .records(let records, let entity, let versions, let existing, let files):
      return "\(Figures.count(records)) \(entity)" + (versions.map { " in \(Figures.count($0)) versions" } ?? "")
        + (existing.map { ", of which \(Figures.count($0)) exist by then" } ?? "") + " from \(files)"
    case .emptyCells(let number, let field):
      return "\(Figures.count(number)) of \(field) are empty, though it is not declared `?`"
    case .laterTimes(let number, let entity, let field):
      return "\(Figures.count(number)) of \(entity).\(field) lie after their version: "
        + "unless they are plans, write `backfilled \(field)`"
    case .rejectedRows(let number, let path): return "\(count(number, "row", "rows")) of \(path) were rejected"
    case .shortRows(let number, let path):
      return
        "\(count(number, "row", "rows")) of \(path) \(number == 1 ? "ends" : "end") before the last columns: empty there"
    case .movedTimes(let gaps, let folds):
      return "\(Figures.count(gaps)) times lie in a gap of the clock and were moved, "
        + "\(Figures.count(folds)) happen twice: the first was taken"
    case .dataRead: return "Data"
    case .asOfTitle: return "As of"
    case .page: return "Report"

    case .route: return "route"
    case .sla: return "sla"
    case .kpi: return "kpi"
    case .ensure: return "ensure"
    case .routes: return "Routing"
    case .slas: return "Service levels"
    case .kpis: return "Measures"
    case .ensures: return "Invariants"

    case .rule: return "rule"
    case .items: return "items"
    case .share: return "share"
    case .title: return "title"
    case .owner: return "to"
    case .byRules: return "by rule"
    case .status: return "status"
    case .clocks: return "clocks"
    case .period: return "period"
    case .value: return "value"
    case .rows: return "rows"
    case .interval: return "95 % interval"
    case .change: return "change"
    case .trend: return "trend"
    case .nextToBreach: return "next to breach"
    case .lateAndOpen: return "late and open"
    case .due: return "due"
    case .remaining: return "remaining"
    case .elapsed: return "elapsed"
    case .lateBy: return "late by"
    case .item: return "item"
    case .cycle: return "cycle"
    case .cause: return "cause"
    case .because: return "because"
    case .from, .sinceWhen: return "from"
    case .until: return "until"
    case .at: return "at"
    case .to: return "to"
    case .text: return "text"
    case .identifier: return "id"
    case .row: return "row"
    case .isIn: return "in"
    case .why: return "why"
    case .inNoCell: return "in no cell"
    case .first: return "first"
    case .finding: return "finding"
    case .target: return "target"
    case .warn: return "warn"
    case .latest: return "latest"
    case .total: return "total"

    case .otherwise: return "otherwise"
    case .otherwiseTitle: return "What no rule decides"
    case .nothingAssigned: return "nothing assigned"
    case .amount(let number, let what): return "\(Figures.count(number)) \(what)"
    case .unusedRules(let number): return "\(count(number, "rule", "rules")) matched nothing"
    case .pastUndecided(let number): return "\(Figures.count(number)) decided past an undecided rule"
    case .undecidedBecause(let rule, let cause, let number, let first):
      return "undecided: " + (rule.map { "\($0): " } ?? "") + cause
        + " (\(Figures.count(number))" + (first.map { ", first \($0)" } ?? "") + ")"
    case .moreReasons(let number):
      return "and \(count(number, "more reason", "more reasons"))"
    case .decisionsShown(let shown, let all): return "\(Figures.count(all)) decisions (\(Figures.count(shown)) shown)"
    case .noDecisions: return "no decisions"
    case .noRoutes: return "the rulebook has no routes"
    case .nobody: return "nobody"
    case .moreOwners(let number): return "and \(Figures.count(number)) more"

    case .noClocks: return "no clocks"
    case .clocksShown(let shown, let all): return "\(Figures.count(all)) clocks (\(Figures.count(shown)) shown)"
    case .provisional: return "provisional"
    case .effectsDue(let number):
      return number == 1 ? "1 effect has come due" : "\(Figures.count(number)) effects have come due"
    case .provisionalDeadlines(let number):
      return number == 1 ? "1 deadline is provisional" : "\(Figures.count(number)) deadlines are provisional"
    case .noEffects: return "no effects"
    case .openLate(let number): return "\(Figures.count(number)) late and still open"

    case .noRows: return "no rows"
    case .noKPIs: return "the rulebook has no KPIs"
    case .none: return "(none)"
    case .targetIs(let limit): return "target \(limit)"
    case .warnIs(let limit): return "warn \(limit)"
    case .skippedRows(let number): return "\(count(number, "row", "rows")) skipped as absent"
    case .pendingRows(let number): return "\(count(number, "row", "rows")) pending"
    case .errorRows(let number, let cause):
      return "\(count(number, "row", "rows")) with errors" + (cause.map { " (\($0))" } ?? "")
    case .valueError(let cause): return "error: \(cause)"
    case .unplacedRows(let number): return "\(count(number, "row", "rows")) without a time for their period"
    case .undecidedRows(let number, let cause):
      return "\(count(number, "row", "rows")) undecided" + (cause.map { " (\($0))" } ?? "")
    case .latestPeriods(let shown, let all):
      return "the last \(shown) of \(all) periods shown, the trend is over all of them"
    case .legend(let hasOff, let hasWarning, let hasFew):
      return [hasOff ? "! off target" : nil, hasWarning ? "~ warning" : nil, hasFew ? "(…) too few rows" : nil]
        .compactMap(\.self).joined(separator: ", ")
    case .rowsCount(let counted, let all): return "\(Figures.count(counted)) of \(Figures.count(all)) rows count"
    case .shown(let number): return "\(Figures.count(number)) shown"
    case .yes: return "yes"
    case .chartOf(let what): return "\(what) over time"
    case .notOver: return "not over yet"

    case .holds: return "holds"
    case .findings(let number): return count(number, "finding", "findings")
    case .findingsShown(let shown, let all):
      return "\(count(all, "finding", "findings")) (\(Figures.count(shown)) shown)"
    case .noEnsures: return "the rulebook has no invariants"
    case .undecided(let cause): return "undecided: \(cause)"

    case .notShown(let slas, let kpis, let ensures):
      let parts = [
        slas == 0 ? nil : count(slas, "SLA", "SLAs"), kpis == 0 ? nil : count(kpis, "KPI", "KPIs"),
        ensures == 0 ? nil : count(ensures, "invariant", "invariants"),
      ].compactMap(\.self)
      guard let last = parts.last else { return "" }
      let list = parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
      return "\(list) of `with all` not shown, for want of data: `--only NAME` shows one"
    case .glanceRouted(_, let all): return "of \(count(all, "item", "items")) assigned"
    case .glanceInTime: return "of clocks that are over were in time"
    case .glanceOnTarget: return "measures on target at last"
    case .glanceFindings: return "findings of invariants"
    case .glanceLate: return "late and still open"
    case .ofMany(let part, let whole): return "\(part) of \(whole)"
    case .measure: return "measure"
    }
  }
}
