/// `:why`, `:why-not`, `:timeline`: finds the rule and the item that are meant.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension ReplSession {
  enum Explained {
    case why, whyNot, timeline
  }

  func explain(_ kind: Explained, _ argument: String) throws -> ReplStatus {
    let engine = try engine()
    var text = argument
    var question = WhyQuestion.why
    switch kind {
    case .why: break
    case .timeline: question = .timeline
    case .whyNot:
      let (name, rest) = firstName(argument)
      guard !name.isEmpty else {
        throw ReplFailure.usage("`:why-not` takes a rule of a route or a value that it gives, and an item")
      }
      let routes = rulebook.checked.routes
      guard
        routes.contains(where: { $0.rules.contains { $0.name == name } })
          || routes.indices.contains(where: { engine.routedValue(name, route: $0) != nil })
      else {
        let names = routes.flatMap { $0.rules.map(\.name) } + routes.indices.flatMap { engine.routedNames(route: $0) }
        let hint = suggest(name, among: names, habits: false).map { ": \($0.helpText)" } ?? ""
        throw ReplFailure.usage("no route has a rule `\(name)` or could give it\(hint)")
      }
      question = .whyNot(name)
      text = rest
    }
    if text.isEmpty { text = lastExpression ?? "" }
    guard !text.isEmpty else { throw ReplFailure.usage("ask for something first, or write `:why RULE(ITEM)`") }
    let asked = try asked(text, engine)
    let report = ExplanationReport(engine, width: output.width(), color: output.color)
    let texts = asked.compactMap { explanation(question, of: $0, for: $1, by: engine, report) }
    guard !texts.isEmpty else { throw ReplFailure.usage("no rule goes over `\(text)`") }
    let shown = String(texts.joined(separator: "\n").drop { $0 == "\n" })
    tellLong(shown.hasSuffix("\n") ? String(shown.dropLast()) : shown)
    return .success
  }

  /// A word, or a text in quotation marks, and what follows.
  private func firstName(_ text: String) -> (word: String, rest: String) {
    guard text.hasPrefix("\""), let end = text.dropFirst().firstIndex(of: "\"") else { return text.firstWord }
    let rest = text[text.index(after: end)...].drop { $0 == " " }
    return (String(text[text.index(after: text.startIndex)..<end]), String(rest))
  }

  /// The rules that an expression asks for: `owner(f)` and what is read of it, `csat()`, or every rule over a record.
  private func asked(_ text: String, _ engine: RuleEngine) throws -> [(AskedRule, EntityReference?)] {
    if let index = rulebook.checked.kpis.firstIndex(where: { $0.name == text }) { return [(.kpi(index), nil)] }
    if let item = record(withKey: text, engine) { return rules(over: item).map { ($0, item) } }
    let isName = text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue || $0 == "-" || $0 == "\"" || $0 == "#" }
    let (body, _, sources) = try check(text, orElse: isName ? nothing(called: text, engine) : nil)
    var found: [(AskedRule, EntityReference?)] = []
    func visit(_ expression: CheckedExpression) throws {
      switch expression.kind {
      case .route(let index, let item): found.append((.route(index), try record(item, body, engine, sources)))
      case .sla(let index, let item): found.append((.sla(index), try record(item, body, engine, sources)))
      case .kpi(let index), .cells(let index): found.append((.kpi(index), nil))
      default: for child in expression.children { try visit(child) }
      }
    }
    try visit(body.expression)
    if !found.isEmpty { return found }
    switch evaluate(body, with: engine, sources) {
    case .entity(let item): return rules(over: item).map { ($0, item) }
    case .result(let result): return asked(result, engine)
    case .error(let reference): throw ReplFailure(status: .failed, message: engine.world.heap[reference].message)
    default: throw ReplFailure.usage("`\(text)` asks no rule: write `:why RULE(ITEM)`, or name an item")
    }
  }

  private func nothing(called name: String, _ engine: RuleEngine) -> ReplFailure {
    let checked = rulebook.checked
    if checked.routes.contains(where: { $0.name == name }) || checked.slas.contains(where: { $0.name == name }) {
      return .usage("`\(name)` goes over records: write `:why \(name)(ITEM)`")
    }
    let rules = checked.kpis.map(\.name) + checked.routes.map(\.name) + checked.slas.map(\.name)
    let hint = suggest(name, among: rules, habits: false).map { ": \($0.helpText)" } ?? ""
    return .usage(
      "no record has the key `\(name)`, and no rule that name\(hint); write `:why RULE(ITEM)`, a KPI or a key")
  }

  private func record(_ expression: CheckedExpression, _ body: Body, _ engine: RuleEngine, _ sources: SourceMap) throws
    -> EntityReference
  {
    let value = evaluate(Body(expression: expression, slotCount: body.slotCount), with: engine, sources)
    guard case .entity(let item) = value else {
      if case .error(let reference) = value {
        throw ReplFailure(status: .failed, message: engine.world.heap[reference].message)
      }
      throw ReplFailure.usage("that is no record")
    }
    return item
  }

  /// An answer that a rule gave before.
  private func asked(_ result: ResultReference, _ engine: RuleEngine) -> [(AskedRule, EntityReference?)] {
    let heap = engine.world.heap
    guard case .string(let symbol) = heap.field(0, of: result) else { return [] }
    let name = heap.text(symbol)
    let item: EntityReference? = if case .entity(let item) = heap.field(1, of: result) { item } else { nil }
    switch result.kind {
    case .decision: return rulebook.checked.routes.firstIndex { $0.name == name }.map { [(.route($0), item)] } ?? []
    case .clock: return rulebook.checked.slas.firstIndex { $0.name == name }.map { [(.sla($0), item)] } ?? []
    case .measure: return rulebook.checked.kpis.firstIndex { $0.name == name }.map { [(.kpi($0), nil)] } ?? []
    case .finding: return []
    }
  }

  /// A key on its own, as people copy it out of a table.
  private func record(withKey text: String, _ engine: RuleEngine) -> EntityReference? {
    let bare =
      text.hasPrefix("\"") && text.hasSuffix("\"") && text.count > 1 ? String(text.dropFirst().dropLast()) : text
    guard !bare.isEmpty, !bare.contains("(") else { return nil }
    for entity in rulebook.checked.schema.entities where entity.base == nil && !rules(over: entity.id).isEmpty {
      guard let table = engine.world.table(entity.id), let index = entity.keyIndex else { continue }
      let key: Value? =
        switch entity.fields[index].type {
        case .int: Int64(bare).map { .int($0) }
        case .uint: UInt64(bare).map { .uint($0) }
        default: engine.world.heap.string(bare)
        }
      guard let key, let record = table.record(key: key),
        case .entity(let item) = engine.world.entity(entity.id, record: record, at: engine.instant)
      else { continue }
      return item
    }
    return nil
  }

  private func rules(over item: EntityReference) -> [AskedRule] { rules(over: EntityID(index: Int(item.entity))) }

  private func rules(over entity: EntityID) -> [AskedRule] {
    let checked = rulebook.checked
    let schema = checked.schema
    return checked.routes.indices.filter { schema.base(of: checked.routes[$0].entity) == entity }.map { .route($0) }
      + checked.slas.indices.filter { schema.base(of: checked.slas[$0].entity) == entity }.map { .sla($0) }
  }
}
