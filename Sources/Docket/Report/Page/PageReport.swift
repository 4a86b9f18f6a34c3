/// The report as one page that stands alone: no network, no scripts, no fonts of its own; for desks, phones and paper.

import DocketDiagnostics
import DocketRules
import DocketSemantics
import DocketTime

public struct PageReport {
  let summary: RunSummary
  let title: String
  let words: ReportWords

  public init(_ summary: RunSummary, title: String, language: ReportLanguage = .english) {
    self.summary = summary
    self.title = title
    words = ReportWords(language, zone: summary.zone, isTypeset: true)
  }

  var language: ReportLanguage { words.language }

  /// Ends with a newline.
  public func render() -> String {
    var page = Markup()
    page.raw("<!DOCTYPE html>\n")
    page.element("html", ["lang": language == .chinese ? "zh-CN" : "en"]) { page in
      page.element("head") { head(&$0) }
      page.line()
      page.element("body") { body(&$0) }
    }
    page.line()
    return page.text
  }

  private func head(_ page: inout Markup) {
    page.void("meta", ["charset": "utf-8"])
    page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    page.void("meta", ["name": "color-scheme", "content": "light dark"])
    // Holds whoever opens the page to what it promises: nothing is fetched, nothing runs.
    page.void(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      ])
    page.void("link", ["rel": "icon", "href": "data:,"])
    page.element("title", text: "\(title) · \(words.instant(summary.data.instant))")
    page.raw("<style>\(PageStyle.text)</style>")
  }

  // MARK: - Sections

  private struct Section {
    var id: String
    var heading: Phrase
    var count: Int
  }

  private var sections: [Section] {
    [
      Section(id: "routes", heading: .routes, count: summary.routes.count),
      Section(id: "slas", heading: .slas, count: summary.slas.count),
      Section(id: "kpis", heading: .kpis, count: summary.kpis.count),
      Section(id: "ensures", heading: .ensures, count: summary.ensures.count),
      Section(id: "data", heading: .dataRead, count: summary.data.tables.count),
    ].filter { $0.count > 0 }
  }

  private func body(_ page: inout Markup) {
    page.element("header", ["class": "top"]) { page in
      page.element("h1", text: title)
      page.element(
        "p", ["class": "when"],
        text: words[.asOf(words.instant(summary.data.instant), isNewest: summary.data.isNewest)])
      page.element("nav") { page in
        for section in sections {
          page.element("a", ["href": "#\(section.id)"]) { page in
            page.write(words[section.heading])
            page.element("span", text: " \(words.count(section.count))")
          }
        }
      }
    }
    page.line()
    page.element("main") { page in
      glance(&page)
      for section in sections {
        page.line()
        page.element("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"]) { page in
          page.element("h2", ["id": "\(section.id)-title"], text: words[section.heading])
          switch section.id {
          case "routes": for route in summary.routes { card(route, &page) }
          case "slas": page.element("div", ["class": "pair"]) { for sla in summary.slas { card(sla, &$0) } }
          case "kpis": measures(&page)
          case "ensures": for ensure in summary.ensures { card(ensure, &page) }
          default: data(&page)
          }
        }
      }
    }
    page.element("footer") { page in
      if let hidden = summary.hidden { page.element("p", text: words[hidden.phrase]) }
      page.element("p", text: "Docket")
    }
  }

  // MARK: - At a glance

  private func glance(_ page: inout Markup) {
    page.element("div", ["class": "glance"]) { page in
      func tile(_ figure: String, _ caption: Phrase, _ tone: String, to section: String) {
        page.element("a", ["class": "tile \(tone)", "href": "#\(section)"]) { page in
          page.element("b", text: figure)
          page.element("span", text: words[caption])
        }
      }
      let passed = summary.routes.reduce(0) { sum, route in
        sum + (route.statuses.first { $0.status == .notSelected }?.items ?? 0)
      }
      let items = summary.routes.reduce(0) { $0 + $1.items } - passed
      let assigned = summary.routes.reduce(0) { $0 + $1.assigned }
      if items > 0 {
        tile(
          words.percent(Double(assigned) / Double(items)), .glanceRouted(assigned, of: items),
          assigned == items ? "good" : "", to: "routes")
      }
      func clocks(_ status: ClockStatus) -> Int {
        summary.slas.reduce(0) { sum, sla in sum + (sla.statuses.first { $0.status == status }?.clocks ?? 0) }
      }
      let (met, breached) = (clocks(.met), clocks(.breached))
      if met + breached > 0 {
        tile(words.percent(Double(met) / Double(met + breached)), .glanceInTime, "", to: "slas")
        let late = summary.slas.reduce(0) { $0 + $1.lateCount }
        tile(words.count(late), .glanceLate, late > 0 ? "bad" : "good", to: "slas")
      }
      let verdicts = summary.kpis.compactMap { KPIVerdict($0).status }
      let judged = verdicts.filter { $0 == .onTarget || $0 == .warning || $0 == .offTarget }
      if !judged.isEmpty {
        let good = judged.count { $0 == .onTarget }
        tile(
          words[.ofMany(words.count(good), words.count(judged.count))], .glanceOnTarget,
          good == judged.count ? "good" : judged.contains(.offTarget) ? "bad" : "warn", to: "kpis")
      }
      if !summary.ensures.isEmpty {
        let findings = summary.ensures.reduce(0) { $0 + $1.findings.count }
        tile(words.count(findings), .glanceFindings, findings > 0 ? "warn" : "good", to: "ensures")
      }
    }
  }

  // MARK: - Parts

  /// The head of a card: the title, and the name in the rulebook.
  func cardHead(_ title: TitledName, _ page: inout Markup, _ more: (inout Markup) -> Void = { _ in }) {
    page.element("div", ["class": "head"]) { page in
      page.element("div") { page in
        page.element("h3", text: title.title(language) ?? title.name)
        if title.title(language) != nil { page.element("code", text: title.name) }
      }
      more(&page)
    }
  }

  func pill(_ text: String, _ tone: String, _ page: inout Markup) {
    page.element("span", ["class": "pill \(tone)"], text: text)
  }

  func remarks(_ parts: [String], _ page: inout Markup) {
    guard !parts.isEmpty else { return }
    page.element("p", ["class": "note"], text: parts.joined(separator: " · "))
  }

  /// A table in a box of its own that scrolls where a phone is too narrow.
  func table(_ caption: String, _ page: inout Markup, _ content: (inout Markup) -> Void) {
    page.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { page in
      page.element("table") { content(&$0) }
    }
  }

  func headings(_ cells: [(text: String, isNumber: Bool)], _ page: inout Markup) {
    headings(cells.map { ($0.text, $0.isNumber ? "n" : "") }, &page)
  }

  /// `extra` columns are for screens that are wide enough.
  func headings(_ cells: [(text: String, style: String)], _ page: inout Markup) {
    page.element("thead") { page in
      page.element("tr") { page in
        for cell in cells { page.element("th", ["scope": "col", "class": cell.style], text: cell.text) }
      }
    }
  }

  func bar(_ share: Double, _ tone: String = "", _ page: inout Markup) {
    page.element("td", ["class": "bar"]) { page in
      page.element(
        "span", ["class": tone, "style": "width:\(Figures.decimal(max(0, min(1, share)) * 100, places: 1))%"], text: "")
    }
  }

  // MARK: - What was read

  private func data(_ page: inout Markup) {
    page.element("article", ["class": "card"]) { page in
      page.element("ul", ["class": "data"]) { page in
        for table in summary.data.tables {
          page.element("li") { page in
            page.write(
              words[
                .records(
                  table.records, entity: table.entity.label(language), versions: table.versions,
                  existing: table.existing, files: words.names(table.files))])
            for remark in table.remarks { page.element("small", text: words.remark(remark)) }
          }
        }
      }
    }
  }
}
