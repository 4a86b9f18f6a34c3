/// Measures on the page: a board of all of them, then each with its chart and its figures.

import DocketRules
import DocketSemantics

/// How a KPI stands over all of its groups, by the newest cells that are over.
struct KPIVerdict {
  /// The worst; `nil` where nothing is judged.
  let status: MeasureStatus?
  /// The value, where there is one group.
  let cell: KPISummary.Cell?

  init(_ kpi: KPISummary) {
    let latest = kpi.latest
    let order: [MeasureStatus] = [.error, .offTarget, .warning, .onTarget, .tooFew, .noData]
    status = order.first { candidate in latest.contains { $0.status == candidate } }
    cell = latest.count == 1 ? latest[0] : nil
  }
}

extension PageReport {
  private static let groupsListed = 40
  private static let periodsListed = 12
  private static let rowsListed = 24

  func measures(_ page: inout Markup) {
    if summary.kpis.count > 2 { board(&page) }
    // Single figures side by side, then what needs room.
    let figures = summary.kpis.enumerated().filter { $1.isFigure }
    if !figures.isEmpty {
      page.element("div", ["class": "figures"]) { page in
        for (number, kpi) in figures { figure(kpi, number, &page) }
      }
    }
    for (number, kpi) in summary.kpis.enumerated() where !kpi.isFigure { card(kpi, number, &page) }
  }

  // MARK: - The board

  private func board(_ page: inout Markup) {
    page.element("article", ["class": "card"]) { page in
      table(words[.kpis], &page) { page in
        headings(
          [
            (words[.measure], ""), (words[.trend], "extra"), (words[.latest], "n"), (words[.target], "n extra"),
            (words[.status], ""),
          ], &page)
        page.element("tbody") { page in
          for (number, kpi) in summary.kpis.enumerated() {
            let verdict = KPIVerdict(kpi)
            page.element("tr") { page in
              page.element("th", ["scope": "row"]) { page in
                page.element("a", ["href": "#kpi-\(number)"], text: kpi.title.title(language) ?? kpi.title.name)
              }
              page.element("td", ["class": "spark extra"]) { page in
                if kpi.periods.count > 1 { LineChart(kpi, words).spark(&page) }
              }
              page.element("td", ["class": "n"]) { page in
                if let cell = verdict.cell {
                  page.write(cell.value.map { words.figure($0, kpi.figure) } ?? "—")
                  if kpi.periods.count > 1, let period = cell.period {
                    page.element("small", text: words.period(kpi.periods[period], isPartial: cell.isPartial))
                  }
                } else if !kpi.groups.isEmpty {
                  page.element("small", text: range(kpi))
                }
              }
              page.element("td", ["class": "n extra"], text: kpi.target.map { words.limit($0) } ?? "")
              page.element("td") { page in
                if let status = verdict.status { pill(words.status(status), status.tone, &page) }
              }
            }
          }
        }
      }
    }
  }

  /// The lowest and the highest of the groups.
  private func range(_ kpi: KPISummary) -> String {
    let values = kpi.latest.compactMap(\.value)
    guard let low = values.min(), let high = values.max() else { return "—" }
    let (from, to) = (words.figure(low, kpi.figure), words.figure(high, kpi.figure))
    return from == to ? from : "\(from) – \(to)"
  }

  // MARK: - One measure

  private func figure(_ kpi: KPISummary, _ number: Int, _ page: inout Markup) {
    page.element("article", ["class": "card", "id": "kpi-\(number)"]) { page in
      cardHead(kpi.title, &page)
      for cell in kpi.cells {
        page.element("p", ["class": "big"]) { page in
          page.element("b", text: cell.value.map { words.figure($0, kpi.figure) } ?? "—")
          if let status = cell.status { pill(words.status(status), status.tone, &page) }
        }
        var parts = [cell.period.map { words.period(kpi.periods[$0], isPartial: cell.isPartial) } ?? ""]
        parts.append("\(words[.rows]) \(words.count(cell.rows))")
        if let interval = cell.interval {
          parts.append("\(words[.interval]) \(words.percent(interval.low)) – \(words.percent(interval.high))")
        }
        remarks(parts.filter { !$0.isEmpty }, &page)
      }
      if kpi.cells.isEmpty { remarks([words[.noRows]], &page) }
      remarks(words.remarks(kpi), &page)
    }
  }

  private func card(_ kpi: KPISummary, _ number: Int, _ page: inout Markup) {
    let verdict = KPIVerdict(kpi)
    page.element("article", ["class": "card kpi", "id": "kpi-\(number)"]) { page in
      cardHead(kpi.title, &page) { page in
        page.element("p", ["class": "big"]) { page in
          if let value = verdict.cell?.value { page.element("b", text: words.figure(value, kpi.figure)) }
          if let target = kpi.target { page.element("span", text: words[.targetIs(words.limit(target))]) }
          if let status = verdict.status, kpi.target != nil || status == .error {
            pill(words.status(status), status.tone, &page)
          }
        }
      }
      if kpi.cells.isEmpty {
        remarks([words[.noRows]], &page)
      } else if kpi.periods.count > 1 {
        let isMatrix = kpi.groups.count > 1
        // A few periods leave room for their figures beside the chart.
        let isPair = !isMatrix || kpi.columns.count + kpi.groupNames.count <= 5
        page.element("div", ["class": isPair ? "pair" : ""]) { page in
          page.element("figure", ["class": isPair ? "" : "side"]) { page in
            LineChart(kpi, words).draw(id: "chart-\(number)", &page)
          }
          page.element("div") { page in
            if isMatrix { matrix(kpi, &page) } else { list(kpi, &page) }
          }
        }
      } else {
        list(kpi, &page)
      }
      // The head has named the target.
      var notes = words.remarks(kpi, withTarget: kpi.target == nil)
      if kpi.periods.count == 1, let cell = kpi.cells.first {
        notes.insert(words.period(kpi.periods[0], isPartial: cell.isPartial), at: 0)
      }
      remarks(notes, &page)
    }
  }

  private func matrix(_ kpi: KPISummary, _ page: inout Markup) {
    let periods = kpi.columns.suffix(Self.periodsListed)
    let partial = Set(kpi.cells.filter(\.isPartial).compactMap(\.period))
    table(kpi.title.title(language) ?? kpi.title.name, &page) { page in
      headings(
        kpi.groupNames.map { ($0.label(language), false) }
          + periods.map { (words.period(kpi.periods[$0], isPartial: partial.contains($0)), true) }, &page)
      page.element("tbody") { page in
        for group in kpi.groups.indices.prefix(Self.groupsListed) {
          page.element("tr") { page in
            groupCells(kpi, group, &page)
            for period in periods {
              let cell = kpi.cell(group: group, period: period)
              page.element("td", ["class": "n " + (cell?.status?.tone ?? "")]) { page in
                page.write(cell?.value.map { words.figure($0, kpi.figure) } ?? "—")
                // A count of rows is their number already.
                if let cell, kpi.figure == .share || cell.value != Double(cell.rows) {
                  page.element("small", text: words.count(cell.rows))
                }
              }
            }
          }
        }
      }
    }
    var parts: [String] = []
    if kpi.groups.count > Self.groupsListed { parts.append(words[.moreOwners(kpi.groups.count - Self.groupsListed)]) }
    if periods.count < kpi.columns.count {
      parts.append(words[.latestPeriods(periods.count, of: kpi.columns.count)])
    }
    remarks(parts, &page)
  }

  private func groupCells(_ kpi: KPISummary, _ group: Int, _ page: inout Markup) {
    for (place, name) in kpi.groups[group].enumerated() {
      page.element("th", ["scope": "row"]) { page in
        if place == 0, kpi.periods.count > 1, kpi.groups.count > 1 {
          page.element("i", ["class": "swatch \(LineChart.tone(of: group, in: kpi))"], text: "")
        }
        page.write(name?.label(language) ?? words[.none])
      }
    }
  }

  private func list(_ kpi: KPISummary, _ page: inout Markup) {
    let cells = kpi.cells.suffix(kpi.periods.isEmpty ? kpi.cells.count : Self.rowsListed).prefix(Self.groupsListed)
    // One period for all of them is told once, below.
    let hasPeriods = kpi.periods.count > 1
    let rowStyle = kpi.groupNames.isEmpty ? "n" : "n extra"
    let hasStatus = cells.contains { $0.status != nil }
    let hasChange = cells.contains { $0.change != nil }
    let hasInterval = kpi.periods.count < 2 && cells.contains { $0.interval != nil }
    let hasBar = kpi.periods.count < 2 && cells.count > 1 && cells.allSatisfy { ($0.value ?? 0) >= 0 }
    table(kpi.title.title(language) ?? kpi.title.name, &page) { page in
      var columns: [(String, String)] = hasPeriods ? [(words[.period], "")] : []
      columns += kpi.groupNames.map { ($0.label(language), "") }
      if hasBar { columns.append(("", "")) }
      columns += [(words[.value], "n"), (words[.rows], rowStyle)]
      if hasInterval { columns.append((words[.interval], "n extra")) }
      if hasChange { columns.append((words[.change], "n extra")) }
      if hasStatus { columns.append((words[.status], "")) }
      headings(columns, &page)
      page.element("tbody") { page in
        for cell in cells {
          page.element("tr") { page in
            if hasPeriods {
              page.element(
                "th", ["scope": "row"],
                text: cell.period.map { words.period(kpi.periods[$0], isPartial: cell.isPartial) } ?? "")
            }
            groupCells(kpi, cell.group, &page)
            if hasBar { bar((cell.value ?? 0) / kpi.fullBar, cell.status?.tone ?? "", &page) }
            page.element("td", ["class": "n"], text: cell.value.map { words.figure($0, kpi.figure) } ?? "—")
            page.element("td", ["class": rowStyle], text: words.count(cell.rows))
            if hasInterval {
              page.element(
                "td", ["class": "n extra"],
                text: cell.interval.map { "\(words.percent($0.low)) – \(words.percent($0.high))" } ?? "")
            }
            if hasChange {
              page.element(
                "td", ["class": "n extra"],
                text: cell.change.map { words.change($0, kpi.figure) } ?? "")
            }
            if hasStatus {
              page.element("td") { page in
                if let status = cell.status { pill(words.status(status), status.tone, &page) }
              }
            }
          }
        }
      }
    }
    var parts: [String] = []
    if !kpi.periods.isEmpty, kpi.cells.count > cells.count {
      parts.append(words[.latestPeriods(cells.count, of: kpi.cells.count)])
    } else if kpi.cells.count > cells.count {
      parts.append(words[.moreOwners(kpi.cells.count - cells.count)])
    }
    remarks(parts, &page)
  }
}

extension MeasureStatus {
  /// The class of its colour.
  var tone: String {
    switch self {
    case .onTarget: "good"
    case .warning: "warn"
    case .offTarget, .error: "bad"
    case .noData, .tooFew: "faint"
    }
  }
}
