/// The rules of a model: what there is to name in `use support with …`, and one of them as it is written.

import DocketDiagnostics
import DocketSemantics

extension ModelReport {
  struct Rule {
    var kind: String
    var name: String
    var titles: [String]
    /// What it goes over.
    var over: String
    var span: SourceSpan
  }

  var rules: [Rule] {
    let checked = rulebook.checked
    let schema = checked.schema
    var found = checked.routes.map {
      Rule(kind: "route", name: $0.name, titles: $0.titles, over: schema[$0.entity].name, span: $0.span)
    }
    found += checked.slas.map {
      Rule(kind: "sla", name: $0.name, titles: $0.titles, over: schema[$0.entity].name, span: $0.span)
    }
    found += checked.kpis.map { kpi in
      let over =
        switch kpi.source {
        case .entity(let entity): schema[entity].name
        case .route(let index): checked.routes[index].name
        case .sla(let index): checked.slas[index].name
        }
      return Rule(kind: "kpi", name: kpi.name, titles: kpi.titles, over: over, span: kpi.span)
    }
    found += checked.ensures.map { ensure in
      let domains = ensure.domains.map { domain in
        switch domain.kind {
        case .entity(let entity): schema[entity].name
        case .enumeration(let type): schema[type].name
        }
      }
      return Rule(
        kind: "ensure", name: ensure.name, titles: ensure.titles, over: domains.joined(separator: ", "),
        span: ensure.span)
    }
    return found
  }

  /// One table a kind.
  var ruleTables: [String] {
    ["route", "sla", "kpi", "ensure"].compactMap { kind in
      let rules = rules.filter { $0.kind == kind }
      guard !rules.isEmpty else { return nil }
      var table = TextTable([.left(kind), .left("title"), .left("over")])
      for rule in rules { table.add([rule.name, title(rule.titles), rule.over]) }
      return table.render(width: width)
    }
  }

  /// The declaration with the comment above it, up to the line that closes it.
  func text(of rule: Rule) -> String {
    let file = rulebook.sources[rule.span.file]
    func line(_ index: Int) -> String { String(decoding: file.line(index), as: UTF8.self) }
    let head = file.lineIndex(of: Int(rule.span.start))
    var first = head
    while first > 0, line(first - 1).hasPrefix("//") { first -= 1 }
    var last = head
    while last + 1 < file.lineStarts.count, !line(last).hasSuffix("}") || line(last).hasPrefix(" ") { last += 1 }
    return heading(rule.name, rule.titles) + "\n\n" + (first...last).map { line($0).displaySafe + "\n" }.joined()
  }
}
