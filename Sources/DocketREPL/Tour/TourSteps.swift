/// The steps, made for the rulebook that is loaded: its own entities, rules and records stand in them.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension ReplSession {
  func tourSteps() -> [Tour.Step] {
    let checked = rulebook.checked
    var steps: [Tour.Step] = [
      .init(
        english: """
          Welcome. Everything you type here is an expression, a declaration or a command.
               Enter on an empty line runs what is offered; type anything else in between as you like.
          """,
        chinese: """
          欢迎。这里输入的内容是表达式、声明或命令。
               空行按回车运行示例；中间也可以随意输入别的内容。
          """,
        entry: "1h30m * 4"),
      .init(
        english: "These are the rules of the rulebook that is loaded.",
        chinese: "这是已加载的规则手册中的规则。",
        entry: checked.routes.isEmpty && checked.kpis.isEmpty
          ? ":browse" : checked.kpis.isEmpty ? ":browse routes" : ":browse kpis"),
    ]
    if let entity = tourEntity {
      let name = checked.schema[entity].name
      steps.append(
        .init(
          english: "The data is at hand: `\(name)` is the list of its records.",
          chinese: "数据随时可用：`\(name)` 就是它的全部记录。",
          entry: name))
      if let key = tourKey(entity) {
        steps.append(
          .init(
            english: "One record, by its key. TAB completes keys, fields and names.",
            chinese: "按主键取一条记录。TAB 键可补全主键、字段和名称。",
            entry: "\(name)[\(key)]"))
        if let field = tourEnumField(entity) {
          steps.append(
            .init(
              english: "How many are there of each kind? `it` is the last answer, here we ask the list again.",
              chinese: "每一类各有多少？`it` 是上一个结果，这里直接对列表提问。",
              entry:
                "\(checked.schema[field.type].name).values.map(v, {\"\(field.name)\": v, \"count\": size(\(name).filter(x, \(field.test) == v))})"
            ))
        }
        if let route = checked.routes.first(where: {
          checked.schema.base(of: $0.entity) == checked.schema.base(of: entity)
        }) {
          steps.append(
            .init(
              english: "A route decides who gets an item. Ask it like a function.",
              chinese: "路由决定一条记录归谁。像函数一样调用它。",
              entry: "\(route.name)(\(name)[\(key)])"))
          steps.append(
            .init(english: "And why?", chinese: "为什么？", entry: ":why"))
        }
        if let sla = checked.slas.first(where: { checked.schema.base(of: $0.entity) == checked.schema.base(of: entity) }
        ) {
          steps.append(
            .init(
              english: "A clock, with its promise. The prompt shows when it is: `:at +2h` moves the clock.",
              chinese: "一个时效时钟及其承诺。提示符显示当前时间：`:at +2h` 可以拨动时钟。",
              entry: ":timeline \(sla.name)(\(name)[\(key)])"))
        }
      }
    }
    if let kpi = checked.kpis.first {
      steps.append(
        .init(english: "A measure, with its target.", chinese: "一个指标及其目标。", entry: ":kpi \(kpi.name)"))
    }
    if let table = checked.tables.first(where: { rulebook.isOwn($0.span) && $0.result == .duration }),
      case .table(let declared)? = workbook.declarations(named: table.name).first,
      !declared.rows.isEmpty
    {
      let row = declared.rows[declared.rows.count / 2]
      let source = workbook.sources
      let declaration = source.text(declared.span)
      let old = source.text(row.result.span)
      let start = Int(row.result.span.start) - Int(declared.span.start)
      var bytes = Array(declaration.utf8)
      let new = old == "24h" ? "8h" : "24h"
      bytes.replaceSubrange(start..<start + old.utf8.count, with: Array(new.utf8))
      steps.append(
        .init(
          english: "Now change a rule: the same table, but \(old) becomes \(new). It says who reads it.",
          chinese: "现在改一条规则：同一张表，把 \(old) 改成 \(new)。系统会说明哪些规则用到它。",
          entry: String(decoding: bytes, as: UTF8.self)))
      steps.append(
        .init(
          english: "What would that change over the data?", chinese: "这一改动会影响哪些数据？", entry: ":diff"))
      steps.append(.init(english: "Nothing is lost: take it back.", chinese: "随时可以撤销。", entry: ":undo"))
    }
    steps.append(
      .init(
        english:
          "The rulebook brings its own tests; `:pin` makes one of the last answer, `:save FILE` keeps what you typed.",
        chinese: "规则手册自带测试；`:pin` 把上一个结果变成测试，`:save 文件` 保存所输入的声明。",
        entry: checked.tests.isEmpty ? nil : ":test"))
    steps.append(
      .init(
        english: "That was the tour. `:help` lists the commands, `:doc NAME` explains a name. Ctrl-D leaves.",
        chinese: "导览结束。`:help` 列出命令，`:doc 名称` 解释一个名称。Ctrl-D 退出。",
        entry: ":help tour"))
    return steps
  }

  /// The entity that rules go over.
  private var tourEntity: EntityID? {
    let checked = rulebook.checked
    let wanted = checked.routes.map(\.entity) + checked.slas.map(\.entity)
    let withData = wanted.first { loaded?.engine.world.table($0) != nil }
    return (withData ?? wanted.first ?? checked.schema.entities.first?.id).map { checked.schema.base(of: $0) }
  }

  /// A record on which something happens: one that a route assigns, else the first.
  private func tourKey(_ entity: EntityID) -> String? {
    guard let engine = loaded?.engine, let table = engine.world.table(entity), table.recordCount > 0 else { return nil }
    let checked = rulebook.checked
    var item: EntityReference?
    if let route = checked.routes.indices.first(where: { checked.schema.base(of: checked.routes[$0].entity) == entity })
    {
      let decisions = engine.decisions(route: route)
      item =
        (decisions.last { $0.status == .assigned && $0.rule != "otherwise" }
        ?? decisions.last { $0.status == .assigned })?.item
    }
    if item == nil {
      for record in 0..<table.recordCount where item == nil {
        if case .entity(let found) = engine.world.entity(entity, record: record, at: engine.instant) { item = found }
      }
    }
    return item.map { engine.world.heap.describe(engine.world.key(of: $0), schema: checked.schema) }
  }

  /// A field with few values that is always there, and how to read it.
  private func tourEnumField(_ entity: EntityID) -> (name: String, type: EnumID, test: String)? {
    for field in rulebook.checked.schema[entity].fields where field.isStored && !field.isOptional {
      if case .enumeration(let id) = field.type { return (field.name, id, "x.\(field.name)") }
    }
    return nil
  }
}
