/// A KPI over its periods as SVG: a line a group, the target as a dashed line, axes that say what they count.

import DocketDiagnostics
import DocketSemantics

struct LineChart {
  private let kpi: KPISummary
  private let words: ReportWords
  private let scale: ChartScale

  private static let width = 460.0
  private static let height = 200.0
  /// More lines than this are drawn in grey.
  static let colours = 8

  init(_ kpi: KPISummary, _ words: ReportWords) {
    self.kpi = kpi
    self.words = words
    let limits = [kpi.target, kpi.warning].compactMap(\.self).filter { kpi.isDrawable($0) }.map(\.value)
    scale = ChartScale(kpi.cells.compactMap(\.value) + limits, kpi.figure)
  }

  static func tone(of group: Int, in kpi: KPISummary) -> String { group < colours ? "s\(group)" : "sx" }

  private func name(_ group: Int) -> String {
    words.names(kpi.groups[group].map { $0?.label(words.language) ?? words[.none] })
  }

  // MARK: - The whole chart

  func draw(id: String, _ page: inout Markup) {
    let title = kpi.title.title(words.language) ?? kpi.title.name
    let labels = scale.ticks.map { tick($0) }
    let left = Double(labels.map(\.displayWidth).max() ?? 4) * 6.8 + 12
    let (top, right, bottom) = (12.0, 14.0, 24.0)
    let plot = (width: Self.width - left - right, height: Self.height - top - bottom)
    let step = plot.width / Double(max(1, kpi.periods.count - 1))
    func x(_ period: Int) -> Double { left + Double(period) * step }
    func y(_ value: Double) -> Double { top + (1 - scale.place(value)) * plot.height }

    page.element(
      "svg",
      [
        "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc", "class": "chart",
      ]
    ) { page in
      page.element("title", ["id": "\(id)-title"], text: words[.chartOf(title)])
      page.element("desc", ["id": "\(id)-desc"], text: description)
      for (value, label) in zip(scale.ticks, labels) {
        line("grid", left, y(value), Self.width - right, y(value), &page)
        text(label, "y", left - 6, y(value) + 3.5, "end", &page)
      }
      labelPeriods(step: step, x, Self.height - 7, &page)
      if let warning = kpi.warning, kpi.isDrawable(warning) {
        line("limit warn", left, y(warning.value), Self.width - right, y(warning.value), &page)
      }
      if let target = kpi.target, kpi.isDrawable(target) {
        line("limit", left, y(target.value), Self.width - right, y(target.value), &page)
      }
      // The first groups lie on top, and above them what must be read.
      for group in kpi.groups.indices.reversed() { draw(group, x, y, &page) }
      if let target = kpi.target, kpi.isDrawable(target) {
        let isHigh = y(target.value) < top + 10
        text(
          words[.targetIs(words.limit(target))], "target", Self.width - right, y(target.value) + (isHigh ? 11 : -4),
          "end", &page)
      }
    }
    if kpi.groups.count > 1 { legend(&page) }
  }

  private func draw(_ group: Int, _ x: (Int) -> Double, _ y: (Double) -> Double, _ page: inout Markup) {
    let tone = Self.tone(of: group, in: kpi)
    let path = path(kpi.series(group), x, y)
    if !path.isEmpty { page.void("path", ["class": "line \(tone)", "d": path], isSVG: true) }
    for period in kpi.periods.indices {
      guard let cell = kpi.cell(group: group, period: period), let value = cell.value else { continue }
      // What is not over, or made of too little, is an open ring.
      let isOpen = cell.isPartial || cell.status == .tooFew
      page.element(
        "circle",
        [
          "class": "dot \(tone)" + (isOpen ? " open" : ""), "cx": number(x(period)), "cy": number(y(value)),
          "r": group < Self.colours ? "3" : "2",
        ]
      ) { page in
        var parts = [words.period(kpi.periods[period])]
        if kpi.groups.count > 1 { parts.append(name(group)) }
        parts.append(words.figure(value, kpi.figure))
        parts.append("\(words[.rows]) \(words.count(cell.rows))")
        if let status = cell.status { parts.append(words.status(status)) }
        if cell.isPartial { parts.append(words[.notOver]) }
        page.element("title", text: parts.joined(separator: " · "))
      }
    }
  }

  /// Lines from value to value, with gaps where there is none.
  private func path(_ series: [Double?], _ x: (Int) -> Double, _ y: (Double) -> Double) -> String {
    var path = ""
    var isDrawing = false
    for (period, value) in series.enumerated() {
      guard let value, value.isFinite else {
        isDrawing = false
        continue
      }
      path += "\(isDrawing ? "L" : "M")\(number(x(period))) \(number(y(value)))"
      isDrawing = true
    }
    return path
  }

  private func labelPeriods(step: Double, _ x: (Int) -> Double, _ y: Double, _ page: inout Markup) {
    let partial = Set(kpi.cells.filter(\.isPartial).compactMap(\.period))
    let labels = kpi.periods.indices.map { words.period(kpi.periods[$0], isPartial: partial.contains($0)) }
    let widest = Double(labels.map(\.displayWidth).max() ?? 7) * 6.4 + 8
    let every = max(1, Int((widest / max(step, 0.01)).rounded(.up)))
    let last = kpi.periods.count - 1
    for period in kpi.periods.indices where (last - period).isMultiple(of: every) {
      // The outer ones stay within the picture.
      let anchor = period == last ? "end" : x(period) < widest / 2 ? "start" : "middle"
      // The last one is told in full, and reaches further to the left than the others do.
      if period != last, x(period) + (anchor == "start" ? widest : widest / 2) > x(last) - widest + 4 { continue }
      text(labels[period], "x", x(period), y, anchor, &page)
    }
  }

  private func legend(_ page: inout Markup) {
    let latest = Dictionary(kpi.latest.map { ($0.group, $0) }) { $1 }
    page.element("figcaption") { page in
      page.element("ul", ["class": "key"]) { page in
        for group in kpi.groups.indices.prefix(Self.colours) {
          page.element("li") { page in
            page.element("i", ["class": "swatch \(Self.tone(of: group, in: kpi))"], text: "")
            page.write(name(group))
            if let value = latest[group]?.value { page.element("b", text: words.figure(value, kpi.figure)) }
          }
        }
        if kpi.groups.count > Self.colours {
          page.element("li") { page in
            page.element("i", ["class": "swatch sx"], text: "")
            page.write(words[.moreOwners(kpi.groups.count - Self.colours)])
          }
        }
      }
    }
  }

  /// What the picture shows, for those who do not see it.
  private var description: String {
    let latest = kpi.latest.prefix(Self.colours).map { cell in
      (kpi.groups.count > 1 ? name(cell.group) + " " : "") + (cell.value.map { words.figure($0, kpi.figure) } ?? "—")
    }
    let target = kpi.target.map { [words[.targetIs(words.limit($0))]] } ?? []
    let span = [kpi.periods.first, kpi.periods.last].compactMap(\.self).map { words.period($0) }.joined(
      separator: " – ")
    return ([span] + latest + target).joined(separator: "; ")
  }

  // MARK: - A line in a table

  func spark(_ page: inout Markup) {
    let (width, height) = (120.0, 28.0)
    let values = kpi.cells.compactMap(\.value)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let step = (width - 8) / Double(max(1, kpi.periods.count - 1))
    func y(_ value: Double) -> Double {
      4 + (high > low ? 1 - (value - low) / (high - low) : 0.5) * (height - 8)
    }
    page.element("svg", ["viewBox": "0 0 \(Int(width)) \(Int(height))", "aria-hidden": "true"]) { page in
      for group in kpi.groups.indices.prefix(Self.colours).reversed() {
        let path = path(kpi.series(group), { 4 + Double($0) * step }, y)
        if !path.isEmpty {
          page.void("path", ["class": "line \(Self.tone(of: group, in: kpi))", "d": path], isSVG: true)
        }
      }
    }
  }

  // MARK: - Marks

  private func tick(_ exact: Double) -> String {
    // Steps of a tenth do not add up in binary.
    let value = abs(exact) < 1e9 ? (exact * 1e6).rounded() / 1e6 : exact
    switch kpi.figure {
    case .share:
      let text = Figures.number((value * 1e6).rounded() / 1e4)
      return words.language == .chinese ? text + "%" : text + " %"
    case .duration: return words.duration(seconds: value)
    case .number(let unit): return Figures.number(value) + (unit.map { " \($0)" } ?? "")
    }
  }

  private func line(
    _ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ page: inout Markup
  ) {
    page.void(
      "line", ["class": style, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)], isSVG: true)
  }

  private func text(
    _ content: String, _ style: String, _ x: Double, _ y: Double, _ anchor: String, _ page: inout Markup
  ) {
    page.element(
      "text", ["class": style, "x": number(x), "y": number(y), "text-anchor": anchor], text: content)
  }

  /// A place to a tenth of a unit, without a separator of thousands.
  private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10)
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
