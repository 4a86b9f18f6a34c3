/// Routes, clocks and invariants on the page.

import DocketRules
import DocketSemantics
import DocketTime

extension PageReport {
  private static let listed = 40

  // MARK: - Routes

  func card(_ route: RouteSummary, _ page: inout Markup) {
    page.element("article", ["class": "card"]) { page in
      cardHead(route.title, &page)
      page.element("p", ["class": "facts"]) { page in
        for entry in route.statuses {
          let tone: String
          switch entry.status {
          case .assigned: tone = "good"
          case .noCandidate, .undecided: tone = "bad"
          case .noRule: tone = "warn"
          case .notSelected: tone = ""
          }
          pill(words[.amount(entry.items, words.status(entry.status))], tone, &page)
        }
      }
      if !route.rules.isEmpty {
        page.element("div", ["class": "pair"]) { page in
          rules(route, &page)
          owners(route, &page)
        }
      }
      var parts: [String] = []
      if route.unusedRules > 0 { parts.append(words[.unusedRules(route.unusedRules)]) }
      if route.pastUndecided > 0 { parts.append(words[.pastUndecided(route.pastUndecided)]) }
      parts += route.causes.prefix(3).map {
        words[.undecidedBecause(rule: $0.rule, cause: $0.cause, count: $0.count, first: $0.first)]
      }
      if route.causes.count > 3 { parts.append(words[.moreReasons(route.causes.count - 3)]) }
      remarks(parts, &page)
    }
  }

  private func rules(_ route: RouteSummary, _ page: inout Markup) {
    let most = Double(max(1, route.rules.map(\.items).max() ?? 1))
    table(words[.rule], &page) { page in
      headings([(words[.rule], false), ("", false), (words[.items], true), (words[.share], true)], &page)
      page.element("tbody") { page in
        let shares = words.shares(route.rules.map(\.items), of: route.assigned)
        for (rule, share) in zip(route.rules, shares) {
          page.element("tr") { page in
            page.element("th", ["scope": "row"]) { page in
              if rule.isOtherwise {
                page.write(words[.otherwiseTitle])
                page.element("code", text: rule.title.name)
              } else if let title = rule.title.title(language) {
                page.write(title)
                page.element("code", text: rule.title.name)
              } else {
                page.element("code", ["class": "lone"], text: rule.title.name)
              }
            }
            bar(Double(rule.items) / most, "", &page)
            figures(rule.items, share, &page)
          }
        }
      }
    }
  }

  private func owners(_ route: RouteSummary, _ page: inout Markup) {
    let most = Double(max(1, route.owners.first?.items ?? 1))
    page.element("div") { page in
      table(words[.owner], &page) { page in
        headings([(words[.owner], false), ("", false), (words[.items], true), (words[.share], true)], &page)
        page.element("tbody") { page in
          let shares = words.shares(route.owners.map(\.items), of: route.assigned)
          for (owner, share) in zip(route.owners, shares).prefix(Self.listed) {
            page.element("tr") { page in
              page.element("th", ["scope": "row"]) { page in
                page.write(owner.name.label(language))
                let rules = owner.rules.prefix(4).map { entry in
                  let name = route.rules[entry.rule].title.name
                  return owner.rules.count == 1 ? name : "\(name) \(words.count(entry.items))"
                }
                page.element("code", text: words.names(rules + (owner.rules.count > 4 ? ["…"] : [])))
              }
              bar(Double(owner.items) / most, "second", &page)
              figures(owner.items, share, &page)
            }
          }
        }
      }
      let hidden = route.owners.count - Self.listed
      if hidden > 0 { remarks([words[.moreOwners(hidden)]], &page) }
    }
  }

  private func figures(_ part: Int, _ share: String, _ page: inout Markup) {
    page.element("td", ["class": "n"], text: words.count(part))
    page.element("td", ["class": "n"], text: share)
  }

  // MARK: - Clocks

  func card(_ sla: SLASummary, _ page: inout Markup) {
    page.element("article", ["class": "card"]) { page in
      cardHead(sla.title, &page) { page in
        guard let share = sla.inTime else { return }
        page.element("p", ["class": "big"]) { page in
          page.element("b", text: words.percent(share))
          page.element("span", text: words.status(ClockStatus.met))
        }
      }
      let shown = sla.statuses.filter { $0.status != .notApplicable }
      if shown.isEmpty {
        remarks([words[.noClocks]], &page)
      } else {
        let spoken = shown.map { "\(words.status($0.status)) \(words.count($0.clocks))" }
        page.element("div", ["class": "stack", "role": "img", "aria-label": words.names(spoken)]) { page in
          for entry in shown {
            page.element(
              "span", ["class": entry.status.tone, "style": "flex-grow:\(entry.clocks)"], text: "")
          }
        }
        page.element("ul", ["class": "key"]) { page in
          for (entry, share) in zip(sla.statuses, words.shares(of: sla)) {
            page.element("li") { page in
              page.element("i", ["class": entry.status.tone], text: "")
              page.write(words.status(entry.status) + " ")
              page.element("b", text: words.count(entry.clocks))
              if let share { page.element("small", text: " " + share) }
            }
          }
        }
      }
      urgent(sla.late, heading: words[.openLate(sla.lateCount)], words[.lateBy], &page)
      urgent(sla.next, heading: words[.nextToBreach], words[.remaining], &page)
      var parts: [String] = []
      if sla.effects > 0 { parts.append(words[.effectsDue(sla.effects)]) }
      if sla.provisional > 0 { parts.append(words[.provisionalDeadlines(sla.provisional)]) }
      parts += sla.causes.prefix(3).map {
        words[.undecidedBecause(rule: nil, cause: $0.cause, count: $0.count, first: nil)]
      }
      remarks(parts, &page)
    }
  }

  private func urgent(
    _ entries: [SLASummary.Entry], heading: String, _ margin: String, _ page: inout Markup
  ) {
    guard !entries.isEmpty else { return }
    table(heading, &page) { page in
      headings([(heading, false), (words[.due], false), (margin, true)], &page)
      page.element("tbody") { page in
        for entry in entries {
          page.element("tr") { page in
            page.element("th", ["scope": "row"]) { page in
              page.write(entry.item)
              if entry.cycle > 1 { page.element("small", text: " \(words[.cycle]) \(entry.cycle)") }
            }
            page.element("td") { page in
              page.write(entry.due.map { words.moment($0) } ?? "—")
              if entry.isProvisional { page.element("small", text: " \(words[.provisional])") }
            }
            let seconds = entry.remaining.map { abs($0.totalSeconds) }
            page.element(
              "td", ["class": "n " + (entry.status == .breached ? "bad" : entry.status == .atRisk ? "warn" : "")],
              text: seconds.map { words.duration(seconds: $0) } ?? "—")
          }
        }
      }
    }
  }

  // MARK: - Invariants

  func card(_ ensure: EnsureSummary, _ page: inout Markup) {
    page.element("article", ["class": "card"]) { page in
      cardHead(ensure.title, &page) { page in
        if ensure.findings.isEmpty {
          pill("✓ " + words[.holds], "good", &page)
        } else {
          pill(words[.findings(ensure.findings.count)], "bad", &page)
        }
      }
      guard !ensure.findings.isEmpty else { return }
      table(ensure.title.title(language) ?? ensure.title.name, &page) { page in
        var columns = ensure.domains.map { (text: $0.label(language), isNumber: false) }
        if ensure.isDated { columns += [(words[.from], false), (words[.until], false)] }
        headings(columns + [(words[.because], false)], &page)
        page.element("tbody") { page in
          for finding in ensure.findings.prefix(Self.listed) {
            page.element("tr") { page in
              for name in finding.combination {
                page.element("th", ["scope": "row"], text: name.label(language))
              }
              if ensure.isDated {
                page.element("td", ["class": "when"], text: words.moment(finding.from))
                page.element("td", ["class": "when"], text: finding.until.map { words.moment($0) } ?? "…")
              }
              page.element("td", text: finding.because ?? finding.cause.map { words[.undecided($0)] } ?? "")
            }
          }
        }
      }
      if ensure.findings.count > Self.listed {
        remarks([words[.findingsShown(Self.listed, of: ensure.findings.count)]], &page)
      }
    }
  }
}

extension ClockStatus {
  /// The class of its colour.
  var tone: String {
    switch self {
    case .met: "met"
    case .running: "running"
    case .atRisk: "risk"
    case .paused: "paused"
    case .breached: "late"
    case .notStarted, .notApplicable, .cancelled: "over"
    case .undecided: "unknown"
    }
  }
}
