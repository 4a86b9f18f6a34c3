/// What `docket diff` says beside names and figures, once, in every language: see `Phrase`.

enum ImpactPhrase: Sendable, Hashable {
  case nothingChanges(rules: Int)
  case changed(Int, of: Int)
  case onlyInNew([String])
  case onlyInOld([String])

  // After the name of a rule
  case goElsewhere(Int, of: Int)
  case haveAnotherStatus(Int, of: Int)
  case cellsMove(Int, of: Int)
  case findings(new: Int, settled: Int)

  // Below the first table
  case goByAnotherRule(Int)
  case deadlinesMove(Int)
  case countOtherRows(Int)
  case moreWays(Int)
  case moreDeadlines(Int)
  case moreCells(Int)
  case moreFindings(Int)

  // Headings of columns; the others are those of other reports
  case ruleBefore, ruleNow, toBefore, toNow, suchAs
  case statusBefore, statusNow, dueBefore, dueNow
  case cell, before, after, subject

  // What is told of both sides
  case doesNotHold
  case from(String, String)
}

extension ReportWords {
  subscript(_ phrase: ImpactPhrase) -> String {
    switch language {
    case .english: phrase.english
    case .chinese: phrase.chinese
    }
  }
}

extension ImpactPhrase {
  var english: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(Figures.count(number)) \(number == 1 ? one : many)"
    }
    switch self {
    case .nothingChanges(let rules):
      return "Nothing changes: \(count(rules, "rule gives", "rules give")) the same results."
    case .changed(let changed, let all):
      let give = changed == 1 ? "gives other results." : "give other results."
      return "\(Figures.count(changed)) of \(count(all, "rule", "rules")) in both \(give)"
    case .onlyInNew(let names): return "Only in the new one: \(names.joined(separator: ", "))"
    case .onlyInOld(let names): return "Only in the old one: \(names.joined(separator: ", "))"

    case .goElsewhere(let moved, let all):
      return ": \(Figures.count(moved)) of \(count(all, "item goes", "items go")) elsewhere"
    case .haveAnotherStatus(let moved, let all):
      return ": \(Figures.count(moved)) of \(count(all, "clock has", "clocks have")) another status"
    case .cellsMove(let moved, let all): return ": \(Figures.count(moved)) of \(count(all, "cell moves", "cells move"))"
    case .findings(let new, let settled):
      let parts = [
        new == 0 ? nil : count(new, "new finding", "new findings"),
        settled == 0 ? nil : "\(count(settled, "finding", "findings")) settled",
      ]
      return ": " + parts.compactMap(\.self).joined(separator: ", ")

    case .goByAnotherRule(let number):
      return "\(count(number, "item goes", "items go")) where it went, by another rule"
    case .deadlinesMove(let number): return count(number, "deadline moves", "deadlines move")
    case .countOtherRows(let number):
      return "\(count(number, "cell counts", "cells count")) other rows and comes to the same"
    case .moreWays(let number): return "and \(count(number, "more way", "more ways"))"
    case .moreDeadlines(let number): return "and \(count(number, "more deadline", "more deadlines"))"
    case .moreCells(let number): return "and \(count(number, "more cell", "more cells"))"
    case .moreFindings(let number): return "and \(count(number, "more finding", "more findings"))"

    case .ruleBefore: return "rule before"
    case .ruleNow: return "rule now"
    case .toBefore: return "to before"
    case .toNow: return "to now"
    case .suchAs: return "such as"
    case .statusBefore: return "status before"
    case .statusNow: return "status now"
    case .dueBefore: return "due before"
    case .dueNow: return "due now"
    case .cell: return "cell"
    case .before: return "before"
    case .after: return "now"
    case .subject: return "for"

    case .doesNotHold: return "does not hold"
    case .from(let name, let instant): return "\(name) from \(instant)"
    }
  }

  var chinese: String {
    func count(_ number: Int) -> String { Figures.count(number) }
    switch self {
    case .nothingChanges(let rules): return "没有变化：\(count(rules)) 条规则的结果相同。"
    case .changed(let changed, let all): return "两边共有的 \(count(all)) 条规则中，\(count(changed)) 条结果不同。"
    case .onlyInNew(let names): return "仅在新规则集中：\(names.joined(separator: "、"))"
    case .onlyInOld(let names): return "仅在旧规则集中：\(names.joined(separator: "、"))"

    case .goElsewhere(let moved, let all): return "：\(count(all)) 项中 \(count(moved)) 项的去向改变"
    case .haveAnotherStatus(let moved, let all): return "：\(count(all)) 个计时中 \(count(moved)) 个状态改变"
    case .cellsMove(let moved, let all): return "：\(count(all)) 个单元中 \(count(moved)) 个改变"
    case .findings(let new, let settled):
      let parts = [new == 0 ? nil : "新增 \(count(new)) 个问题", settled == 0 ? nil : "消除 \(count(settled)) 个问题"]
      return "：" + parts.compactMap(\.self).joined(separator: "，")

    case .goByAnotherRule(let number): return "\(count(number)) 项去向不变，但依据另一规则"
    case .deadlinesMove(let number): return "\(count(number)) 个截止时间改变"
    case .countOtherRows(let number): return "\(count(number)) 个单元计入的记录不同，数值不变"
    case .moreWays(let number): return "另有 \(count(number)) 种"
    case .moreDeadlines(let number), .moreCells(let number), .moreFindings(let number): return "另有 \(count(number)) 个"

    case .ruleBefore: return "原规则"
    case .ruleNow: return "现规则"
    case .toBefore: return "原分派"
    case .toNow: return "现分派"
    case .suchAs: return "例如"
    case .statusBefore: return "原状态"
    case .statusNow: return "现状态"
    case .dueBefore: return "原截止时间"
    case .dueNow: return "现截止时间"
    case .cell: return "单元"
    case .before: return "之前"
    case .after: return "现在"
    case .subject: return "对象"

    case .doesNotHold: return "不成立"
    case .from(let name, let instant): return "\(name)，自 \(instant)"
    }
  }
}
