/// Reports in Chinese. Reasons that the rules themselves give stay as they are written there.

extension Phrase {
  var chinese: String {
    switch self {
    case .asOf(let instant, let isNewest): return "截至 \(instant)" + (isNewest ? "（数据中的最新时刻）" : "")
    case .records(let records, let entity, let versions, let existing, let files):
      return "\(entity) \(Figures.count(records)) 条" + (versions.map { "，共 \(Figures.count($0)) 个版本" } ?? "")
        + (existing.map { "，其中 \(Figures.count($0)) 条届时已存在" } ?? "") + "，来自 \(files)"
    case .emptyCells(let number, let field): return "\(field) 有 \(Figures.count(number)) 处为空，但未声明为 `?`"
    case .laterTimes(let number, let entity, let field):
      return "\(entity).\(field) 有 \(Figures.count(number)) 处晚于其版本：若非计划时间，请写 `backfilled \(field)`"
    case .rejectedRows(let number, let path): return "\(path) 有 \(Figures.count(number)) 行被剔除"
    case .shortRows(let number, let path): return "\(path) 有 \(Figures.count(number)) 行缺少末尾几列，按空值读取"
    case .movedTimes(let gaps, let folds):
      return "\(Figures.count(gaps)) 个时间落在时钟跳过的时段，已顺延；\(Figures.count(folds)) 个出现两次，取第一次"
    case .dataRead: return "数据"
    case .asOfTitle: return "截至"
    case .page: return "报告"

    case .route: return "分派"
    case .sla: return "时限"
    case .kpi: return "指标"
    case .ensure: return "约束"
    case .routes: return "分派"
    case .slas: return "服务时限"
    case .kpis: return "指标"
    case .ensures: return "约束"

    case .rule: return "规则"
    case .items: return "数量"
    case .share: return "占比"
    case .title: return "名称"
    case .owner: return "分派给"
    case .byRules: return "所依规则"
    case .status: return "状态"
    case .clocks: return "数量"
    case .period: return "周期"
    case .value: return "数值"
    case .rows: return "样本"
    case .interval: return "95% 区间"
    case .change: return "变化"
    case .trend: return "趋势"
    case .nextToBreach: return "最先到期"
    case .lateAndOpen: return "已超时未完成"
    case .due: return "截止时间"
    case .remaining: return "剩余"
    case .elapsed: return "已用"
    case .lateBy: return "超时"
    case .item: return "条目"
    case .cycle: return "轮次"
    case .cause, .because: return "原因"
    case .from, .sinceWhen: return "自"
    case .until: return "至"
    case .at: return "时间"
    case .to: return "接收方"
    case .text: return "内容"
    case .identifier: return "编号"
    case .row: return "记录"
    case .isIn: return "计入"
    case .why: return "依据"
    case .inNoCell: return "未计入任何单元"
    case .first: return "首例"
    case .finding: return "问题"
    case .target: return "目标"
    case .warn: return "预警"
    case .latest: return "最新"
    case .total: return "合计"

    case .otherwise: return "otherwise"
    case .otherwiseTitle: return "其余情况"
    case .nothingAssigned: return "没有分派任何条目"
    case .amount(let number, let what): return "\(what) \(Figures.count(number))"
    case .unusedRules(let number): return "\(Figures.count(number)) 条规则未命中"
    case .pastUndecided(let number): return "\(Figures.count(number)) 条越过了无法判定的规则"
    case .undecidedBecause(let rule, let cause, let number, let first):
      return "无法判定：" + (rule.map { "\($0): " } ?? "") + cause
        + "（\(Figures.count(number)) 条" + (first.map { "，首例 \($0)" } ?? "") + "）"
    case .moreReasons(let number): return "另有 \(Figures.count(number)) 种原因"
    case .decisionsShown(let shown, let all): return "共 \(Figures.count(all)) 项决定（显示 \(Figures.count(shown)) 项）"
    case .noDecisions: return "没有决定"
    case .noRoutes: return "规则集中没有分派"
    case .nobody: return "无人"
    case .moreOwners(let number): return "另有 \(Figures.count(number)) 个"

    case .noClocks: return "没有计时"
    case .clocksShown(let shown, let all): return "共 \(Figures.count(all)) 个计时（显示 \(Figures.count(shown)) 个）"
    case .provisional: return "暂定"
    case .effectsDue(let number): return "\(Figures.count(number)) 项动作已到期"
    case .provisionalDeadlines(let number): return "\(Figures.count(number)) 个截止时间为暂定"
    case .noEffects: return "没有动作"
    case .openLate(let number): return "\(Figures.count(number)) 个已超时且未完成"

    case .noRows: return "没有记录"
    case .noKPIs: return "规则集中没有指标"
    case .none: return "（无）"
    case .targetIs(let limit): return "目标 \(limit)"
    case .warnIs(let limit): return "预警线 \(limit)"
    case .skippedRows(let number): return "\(Figures.count(number)) 条因缺值略过"
    case .pendingRows(let number): return "\(Figures.count(number)) 条尚未定论"
    case .errorRows(let number, let cause): return "\(Figures.count(number)) 条出错" + (cause.map { "（\($0)）" } ?? "")
    case .valueError(let cause): return "出错：\(cause)"
    case .unplacedRows(let number): return "\(Figures.count(number)) 条没有归属周期的时间"
    case .undecidedRows(let number, let cause):
      return "\(Figures.count(number)) 条无法判定" + (cause.map { "（\($0)）" } ?? "")
    case .latestPeriods(let shown, let all): return "显示 \(all) 个周期中最近的 \(shown) 个，趋势涵盖全部"
    case .legend(let hasOff, let hasWarning, let hasFew):
      return [hasOff ? "! 未达标" : nil, hasWarning ? "~ 预警" : nil, hasFew ? "(…) 样本不足" : nil]
        .compactMap(\.self).joined(separator: "，")
    case .rowsCount(let counted, let all): return "\(Figures.count(all)) 条中计入 \(Figures.count(counted)) 条"
    case .shown(let number): return "显示 \(Figures.count(number)) 条"
    case .yes: return "是"
    case .chartOf(let what): return "\(what)的走势"
    case .notOver: return "尚未结束"

    case .holds: return "成立"
    case .findings(let number): return "\(Figures.count(number)) 个问题"
    case .findingsShown(let shown, let all): return "\(Figures.count(all)) 个问题（显示 \(Figures.count(shown)) 个）"
    case .noEnsures: return "规则集中没有约束"
    case .undecided(let cause): return "无法判定：\(cause)"

    case .notShown(let slas, let kpis, let ensures):
      let parts = [
        slas == 0 ? nil : "\(slas) 个时限", kpis == 0 ? nil : "\(kpis) 个指标", ensures == 0 ? nil : "\(ensures) 个约束",
      ].compactMap(\.self)
      guard !parts.isEmpty else { return "" }
      return "`with all` 中有 \(parts.joined(separator: "、"))因缺少数据未显示：用 `--only NAME` 查看"
    case .glanceRouted(_, let all): return "已分派（共 \(Figures.count(all)) 条）"
    case .glanceInTime: return "按时完成率"
    case .glanceOnTarget: return "指标最近一期达标"
    case .glanceFindings: return "约束问题"
    case .glanceLate: return "已超时且未完成"
    case .ofMany(let part, let whole): return "\(part) / \(whole)"
    case .measure: return "指标"
    }
  }
}
