/// Figures, times and names as readers of a language write them, and the phrases of reports by name.

import DocketRules
import DocketSemantics
public import DocketTime

public struct ReportWords: Sendable {
  public let language: ReportLanguage
  /// Instants are told in it.
  public let zone: Zone

  /// Whether `>=` is written `≥`, as in print, and not as in rules.
  private let isTypeset: Bool

  public init(_ language: ReportLanguage = .english, zone: Zone = .utc, isTypeset: Bool = false) {
    self.language = language
    self.zone = zone
    self.isTypeset = isTypeset
  }

  public subscript(_ phrase: Phrase) -> String {
    switch language {
    case .english: phrase.english
    case .chinese: phrase.chinese
    }
  }

  /// Parts of one line, as `a, b`.
  public func list(_ parts: [String]) -> String {
    switch language {
    case .english: parts.joined(separator: ", ")
    case .chinese: parts.joined(separator: "，")
    }
  }

  /// Names in a row, as `a, b` or `a、b`.
  public func names(_ parts: [String]) -> String {
    switch language {
    case .english: parts.joined(separator: ", ")
    case .chinese: parts.joined(separator: "、")
    }
  }

  /// Parts of one line that have commas of their own, as `a; b`.
  func clauses(_ parts: [String]) -> String {
    switch language {
    case .english: parts.joined(separator: "; ")
    case .chinese: parts.joined(separator: "；")
    }
  }

  func both(_ parts: [String]) -> String {
    switch language {
    case .english: parts.joined(separator: " and ")
    case .chinese: parts.joined(separator: "，")
    }
  }

  // MARK: - Figures

  public func count(_ number: Int) -> String { Figures.count(number) }

  public func percent(_ share: Double) -> String {
    switch language {
    case .english: Figures.percent(share)
    case .chinese: Figures.percent(share).replacing(" %", with: "%")
    }
  }

  /// What each part is of the whole.
  public func shares(_ parts: [Int], of whole: Int) -> [String] {
    switch language {
    case .english: Figures.shares(parts, of: whole)
    case .chinese: Figures.shares(parts, of: whole).map { $0.replacing(" %", with: "%") }
    }
  }

  func duration(_ duration: TimeDuration) -> String { self.duration(seconds: duration.totalSeconds) }

  /// `1h 30m` or `1小时30分钟`
  public func duration(seconds: Double) -> String {
    // Changes may be negative, and are rounded as what they are changes of.
    guard seconds >= 0 else { return "-" + duration(seconds: -seconds) }
    let text = Figures.duration(seconds: seconds)
    switch language {
    case .english: return text
    case .chinese:
      return text.split(separator: " ").map { part in
        let unit = part.drop { !$0.isLetter }
        let number = part.prefix { !$0.isLetter }
        return number + (Self.chineseUnits[String(unit)] ?? String(unit))
      }.joined()
    }
  }

  private static let chineseUnits = ["h": "小时", "m": "分钟", "s": "秒", "ms": "毫秒", "us": "微秒", "ns": "纳秒"]

  /// `2026-10-09 20:50 UTC` or `2026年10月9日 20:50 UTC`
  public func instant(_ instant: Instant) -> String {
    let text = Figures.instant(instant, zone)
    switch language {
    case .english: return text
    case .chinese:
      guard let space = text.firstIndex(of: " ") else { return text }
      return date(zone.local(instant).date) + text[space...]
    }
  }

  /// An instant without its zone, where the page has named it.
  func moment(_ instant: Instant) -> String {
    let text = self.instant(instant)
    return text.hasSuffix(" " + zone.name) ? String(text.dropLast(zone.name.count + 1)) : text
  }

  func date(_ date: CivilDate) -> String {
    switch language {
    case .english: return "\(date)"
    case .chinese:
      let (year, month, day) = date.parts
      return "\(year)年\(month)月\(day)日"
    }
  }

  /// `2026-10` or `2026年10月`; a period that is not over has a `…`.
  public func period(_ period: Period, isPartial: Bool = false) -> String {
    let text: String
    switch language {
    case .english: text = "\(period)"
    case .chinese:
      let (year, month, _) = period.start.parts
      switch period.unit {
      case .day: text = date(period.start)
      case .week:
        let (year, week) = period.start.isoWeek
        text = "\(year)年第\(week)周"
      case .month: text = "\(year)年\(month)月"
      case .quarter: text = "\(year)年第\((month - 1) / 3 + 1)季度"
      case .year: text = "\(year)年"
      }
    }
    return isPartial ? text + " …" : text
  }

  func figure(_ value: Double, _ kind: KPISummary.Figure) -> String {
    switch kind {
    case .share: percent(value)
    case .duration: duration(seconds: value)
    case .number(let unit): Figures.number(value) + (unit.map { " \($0)" } ?? "")
    }
  }

  /// The value of a KPI, as `MeasureText` writes it.
  func value(_ value: Double, of kpi: CheckedKPI) -> String {
    inUnits(value, of: kpi) ?? MeasureText.text(value, kpi)
  }

  /// The value of a KPI, to two decimals, as `MeasureFigure` writes it.
  func figure(_ value: Double, of kpi: CheckedKPI) -> String {
    inUnits(value, of: kpi) ?? MeasureFigure.text(value, of: kpi)
  }

  /// Durations and shares, where they are written in another way than in English.
  private func inUnits(_ value: Double, of kpi: CheckedKPI) -> String? {
    switch language {
    case .english: nil
    case .chinese:
      kpi.valueType == .duration ? duration(seconds: value) : kpi.isRatio ? percent(value) : nil
    }
  }

  /// `Mon` or 周一.
  func weekday(_ weekday: Weekday) -> String {
    switch language {
    case .english: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][Int(weekday.rawValue) - 1]
    case .chinese: "周" + ["一", "二", "三", "四", "五", "六", "日"][Int(weekday.rawValue) - 1]
    }
  }

  /// `+20.2 pts`: a share changes by points of a percentage, anything else by what it is counted in.
  func change(_ change: Double, _ kind: KPISummary.Figure) -> String {
    let sign = change > 0 ? "+" : ""
    guard case .share = kind else { return sign + figure(change, kind) }
    let points = Figures.decimal(change * 100, places: 1)
    switch language {
    case .english: return "\(sign)\(points) pts"
    case .chinese: return "\(sign)\(points) 个百分点"
    }
  }

  /// `>= 90 %`
  func limit(_ limit: KPISummary.Limit) -> String {
    let signs = [">=": "≥", "<=": "≤", "!=": "≠", "==": "="]
    let relation = isTypeset ? signs[limit.relation] ?? limit.relation : limit.relation
    return switch limit.kind {
    case .share: "\(relation) \(Figures.number(limit.value * 100))" + (language == .chinese ? "%" : " %")
    case .duration: "\(relation) \(duration(seconds: limit.value))"
    case .number: "\(relation) \(Figures.number(limit.value))"
    }
  }

  // MARK: - Statuses

  func status(_ status: DecisionStatus) -> String {
    switch language {
    case .english: status.name.replacing("_", with: " ")
    case .chinese:
      switch status {
      case .assigned: "已分派"
      case .noCandidate: "无合适人选"
      case .noRule: "无规则命中"
      case .undecided: "无法判定"
      case .notSelected: "不在范围内"
      }
    }
  }

  /// By the name that results have.
  func decisionStatus(named name: String) -> String {
    DecisionStatus.allCases.first { $0.name == name }.map { status($0) } ?? name.replacing("_", with: " ")
  }

  /// Why a clock ended as it did, where the engine says so; what the rules or an evaluation say stays as it is.
  func cause(_ cause: String) -> String {
    switch (language, cause) {
    case (.english, _): cause
    case (.chinese, "cancelled"): "已取消"
    case (.chinese, "restarted"): "已重新开始"
    case (.chinese, "reopened"): "已重新打开"
    case (.chinese, "policy_change"): "规则变更"
    case (.chinese, "no target"): "没有目标"
    case (.chinese, _): cause
    }
  }

  func status(_ status: ClockStatus) -> String {
    switch language {
    case .english: status.name.replacing("_", with: " ")
    case .chinese:
      switch status {
      case .notApplicable: "不适用"
      case .notStarted: "未开始"
      case .running: "计时中"
      case .atRisk: "临近超时"
      case .paused: "已暂停"
      case .met: "按时完成"
      case .breached: "已超时"
      case .cancelled: "已取消"
      case .undecided: "无法判定"
      }
    }
  }

  func status(_ status: MeasureStatus) -> String {
    switch language {
    case .english: status.name.replacing("_", with: " ")
    case .chinese:
      switch status {
      case .onTarget: "达标"
      case .warning: "预警"
      case .offTarget: "未达标"
      case .noData: "无数据"
      case .tooFew: "样本不足"
      case .error: "出错"
      }
    }
  }
}
