/// Explanations in Chinese. Clauses, values and what goes wrong in evaluation stay as the rules write them.

import DocketRules

extension ExplanationPhrase {
  var chinese: String {
    switch self {
    case .asOf(let instant): return "，截至 \(instant)"
    case .nothingIsOver(let entity): return "没有规则涉及 \(entity)"
    case .cycle(let number): return "第 \(number) 轮"
    case .inCycle(let number, let text): return "第 \(number) 轮：\(text)"
    case .undecidedBecause(let cause): return "无法判定：\(cause)"
    case .reason(let text, let because): return "\(text)：\(because)"

    case .measures: return "指标"
    case .measuresNote: return "计入哪些单元"
    case .fate(let fate):
      switch fate {
      case .counted: return "✓ 计入"
      case .pending: return "… 尚未定论"
      case .skipped: return "– 缺值略过"
      case .failed: return "? 出错"
      case .notSelected: return "✗ 不在范围内"
      case .undecided: return "? 无法判定"
      case .unplaced: return "✗ 无归属周期"
      case .outsideWindow: return "✗ 不在时间窗内"
      }
    case .inCell(let cell): return "计入 \(cell)"
    case .cellIs(let value, let rows): return "该单元为 \(value)，共 \(Figures.count(rows)) 条"
    case .invariants: return "约束"
    case .noFinding: return "没有涉及它的问题"
    case .lasts(let from, let to): return "，自 \(from)" + (to.map { " 至 \($0)" } ?? "")

    case .notAnItem: return "为何不在分派范围内"
    case .whateverHolds(let field): return "不论 `\(field)` 现为何值，按规则应为"
    case .whyRule(let rule): return "为何是 `\(rule)`"
    case .matches(let rule, let isOver): return "`\(rule)` " + (isOver ? "命中后继续" : "命中")
    case .whyNoRule: return "为何没有规则命中"
    case .whyNotBefore: return "为何不是排在前面的规则"
    case .whyNotOthers: return "为何不是其他规则"
    case .otherwiseTried: return "`otherwise` 的尝试"
    case .smallestChange: return "能改变结果的最小改动"
    case .orAnotherField: return "或改动另一字段："
    case .whyNot(let value): return "为何不是 \(value)"

    case .given(let values, let rule): return "→ \(values)，依据\(rule)"
    case .noCandidate(let rule): return "无人：" + (rule.map { "\($0)" } ?? "") + "没有合适人选"
    case .noRuleMatched: return "无人：没有规则命中，且写明 `otherwise nobody`"
    case .undecidedAt(let rule, let cause):
      return "无法判定" + (rule.map { "（\($0)）" } ?? "") + (cause.map { "：\($0)" } ?? "")
    case .notSelected: return "不在范围内：被 `where` 排除"
    case .because(let reason): return "，原因：\(reason)"
    case .theRule(let rule): return "规则 `\(rule)`"
    case .theRules(let rules): return "规则 " + rules.map { "`\($0)`" }.joined(separator: "、")
    case .noConditions: return "没有条件"
    case .cannotDecide(let what, let cause): return "\(what) 无法判定：\(cause)"
    case .notTried(let count, let matching):
      let would = matching.map { "`\($0)`" }.joined(separator: "、")
      return "\(Figures.count(count)) 条规则未尝试：" + (matching.isEmpty ? "均不会命中" : "\(would) 也会命中")
    case .notTriedAfter(let rule): return "未尝试：排在前面的\(rule)已命中"
    case .ruleOfRoute(let rule): return "规则 \(rule)，属于分派"
    case .forItem(let item): return "针对 \(item)"

    case .nobodyPassed: return "无人符合"
    case .opens(let instant): return instant.map { "\($0) 起开放" } ?? "始终不开放"
    case .onToNext: return "转到下一条规则"
    case .thereIsNo(let entity): return "没有 \(entity)"
    case .moreExamples(let count): return "… 另有 \(count) 个"
    case .more: return "其余"
    case .undecided: return "无法判定"
    case .passed(let passed, let count, let entity):
      return "\(entity) 共 \(Figures.count(count)) 个，" + (passed == 0 ? "无一符合" : "\(Figures.count(passed)) 个符合")
    case .candidate: return "候选"
    case .preferred: return "优先"
    case .lastTurn: return "上次轮到"
    case .no: return "否"
    case .never: return "从未"
    case .moreCandidates(let count): return "… 另有 \(Figures.count(count)) 个"
    case .gives(let value, let rule): return "结果为 \(value)" + (rule.map { "，依据\($0)" } ?? "")

    case .noRuleGivesIt: return "没有规则会给出它"
    case .isGiven: return "结果正是它"
    case .notReached(let rule, let earlier):
      return "\(rule) 会给出它，但未轮到：" + (earlier.map { "`\($0)` " } ?? "前一目标") + "已决定"
    case .doesNotMatch(let rule): return "\(rule) 未命中"
    case .givesLater(let rule, let opens): return "\(rule) 会给出它，" + (opens.map { "自 \($0) 起" } ?? "但始终不开放")
    case .choosesFrom(let rule, let entity): return "\(rule) 从 \(entity) 中选取，它不在其中"
    case .refuses(let rule, let condition): return "\(rule) 以 `\(condition)` 排除了它"
    case .cannotDecideAboutIt(let rule, let cause): return "\(rule) 无法对它作出判定：\(cause)"
    case .ranksBefore(let rule, let other, let key, let theirs, let its):
      return "\(rule) 将 \(other) 排在它前面：\(key) 前者为 \(theirs)，它为 \(its)"

    case .earlierCycles(let count): return "… 此前还有 \(Figures.count(count)) 轮"
    case .elapsedOf(let elapsed, let target): return "已用 \(elapsed)" + (target.map { "，目标 \($0)" } ?? "")
    case .late(let duration): return "超时 \(duration)"
    case .left(let duration): return "剩余 \(duration)"
    case .dueAt(let instant, let isProvisional): return "截止 \(instant)" + (isProvisional ? "（暂定）" : "")
    case .noDeadline: return "暂停期间没有截止时间"
    case .hoursOf(let calendar): return "按 \(calendar) 的营业时间"
    case .timesIn(let zone): return "时区 \(zone)"
    case .closedStretches(let count): return "另有 \(Figures.count(count)) 段非营业日"
    case .quietChanges(let count): return "另有 \(Figures.count(count)) 次无影响的变更"
    case .changesNothing(let change): return "\(change)（无影响）"
    case .openDays(let name): return name.isEmpty ? "营业，时间另行规定" : "营业：\(name)"
    case .tells(let to, let text): return "通知 \(to)：\(text)"
    case .sets(let field, let text): return "将 \(field) 设为 \(text)"
    case .comesDue: return "截止"
    case .wasDue: return "已到截止时间"
    case .wouldHaveBeenDue: return "原定截止时间"
    case .breach(let isAhead): return isAhead ? "届时仍未停止则超时" : "自此超时"
    case .now: return "现在"
    case .step(let kind, let clause):
      switch kind {
      case .started: return "开始：\(clause)"
      case .stopped: return "停止：\(clause)"
      case .paused: return "暂停：\(clause)"
      case .resumed: return "继续：不再满足 `\(clause)`"
      case .cancelled: return "取消：\(clause)"
      case .restarted: return "重新开始：\(clause)"
      case .reopened: return "重新打开：不再满足 `\(clause)`"
      }
    case .moreFields(let count): return "… 另有 \(count) 个字段"
    case .begins(let name, let fields): return fields.isEmpty ? "\(name) 建立" : "\(name) 建立：\(fields)"
    case .sameVersion(let name): return "\(name)：与前一版本相同"
    case .closed(let until, let reason):
      let days = "非营业" + (until.map { "，至 \($0)" } ?? "")
      switch reason {
      case .weekend: return "\(days)：周末"
      case .noHours(let day): return "\(days)：\(day)没有营业时间"
      case .holiday(let name): return name.isEmpty ? days : "\(days)：\(name)"
      }
    }
  }
}
