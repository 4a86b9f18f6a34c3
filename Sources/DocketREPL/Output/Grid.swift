/// A value laid out as rows and columns, whatever it is shown as in the end.
///
/// Cells are computed when they are asked for, so a list of a million records costs what its shown rows cost.

import Docket
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

struct Grid {
  struct Column {
    var name: String
    /// Empty where rows differ.
    var type: String
    var isNumber = false
    /// Says the same in every row, so people are spared it.
    var isConstant = false
  }

  var columns: [Column]
  var count: Int
  /// What a row is: `Incident`, `decision`.
  var noun: String
  /// The rows are the fields of one thing.
  var isRecord = false
  var row: (Int) -> [Cell]

  /// A value, and how people read it.
  struct Cell {
    var value: Value
    var text: String
  }
}

/// Makes grids out of values.
struct GridMaker {
  let engine: RuleEngine

  private var evaluator: Evaluator { engine.evaluator }
  private var heap: Heap { engine.world.heap }
  private var schema: Schema { engine.rulebook.schema }
  private var text: ValueText { ValueText(engine) }

  /// `nil` for a value that is read in one line.
  func grid(of value: Value) -> Grid? {
    switch value {
    case .entity(let record): return fields(of: record)
    case .result(let result): return fields(of: result)
    case .map(let reference):
      let map = heap[reference]
      return Grid(
        columns: [.init(name: "key", type: ""), .init(name: "value", type: "")], count: map.count, noun: "entry"
      ) { row in [cell(map.keys[row]), zonedCell(map.values[row])] }
    case .optionalSome(let place): return grid(of: heap.wrapped(place))
    case .list(let list):
      guard list.count > 0 else { return nil }
      switch heap[list, 0] {
      case .entity(let first): return records(list, of: EntityID(index: Int(first.entity)))
      case .result(let first): return results(list, like: first)
      case .map(let first): return maps(list, like: heap[first])
      default: return nil
      }
    default: return nil
    }
  }

  /// A list of plain values, one a row.
  func column(of list: ListReference) -> Grid {
    Grid(
      columns: [.init(name: "value", type: "", isNumber: isNumber(heap[list, 0]))], count: Int(list.count),
      noun: "element"
    ) { row in [zonedCell(heap[list, row])] }
  }

  private func cell(_ value: Value) -> Grid.Cell { Grid.Cell(value: value, text: text.cell(value)) }

  /// Where no heading names the zone of times.
  private func zonedCell(_ value: Value) -> Grid.Cell {
    guard case .timestamp = value else { return cell(value) }
    return Grid.Cell(value: value, text: text.answer(value))
  }

  private func isNumber(_ value: Value) -> Bool {
    switch value {
    case .int, .uint, .double, .duration: true
    default: false
    }
  }

  // MARK: - Records

  private func name(_ field: Field) -> String {
    var type = schema.describe(field.type) + (field.isOptional ? "?" : "")
    if field.type == .timestamp { type += " \(evaluator.zone.name)" }
    return type
  }

  private func value(_ index: Int, of record: EntityReference) -> Grid.Cell {
    let entity = EntityID(index: Int(record.entity))
    let value = evaluator.field(FieldReference(entity: entity, index: index), of: record)
    if case .inverse = schema[entity].fields[index].kind, case .list(let list) = value {
      return Grid.Cell(value: value, text: text.count(Int(list.count)))
    }
    return cell(value)
  }

  private func records(_ list: ListReference, of entity: EntityID) -> Grid {
    let fields = schema[entity].fields
    // What the records carry themselves goes before lists of others.
    let order = fields.indices.filter { isList(fields[$0]) == false } + fields.indices.filter { isList(fields[$0]) }
    let columns = order.map { index in
      Grid.Column(
        name: fields[index].name, type: name(fields[index]),
        isNumber: fields[index].type.isNumeric || fields[index].type == .duration || isList(fields[index]))
    }
    return Grid(columns: columns, count: Int(list.count), noun: schema[entity].name) { row in
      guard case .entity(let record) = heap[list, row] else { return [cell(heap[list, row])] }
      return order.map { value($0, of: record) }
    }
  }

  private func isList(_ field: Field) -> Bool {
    if case .inverse = field.kind { true } else { false }
  }

  private func fields(of record: EntityReference) -> Grid {
    let entity = EntityID(index: Int(record.entity))
    let fields = schema[entity].fields
    return Grid(
      columns: [.init(name: "field", type: ""), .init(name: "value", type: ""), .init(name: "type", type: "")],
      count: fields.count, noun: schema[entity].name, isRecord: true
    ) { row in
      [
        Grid.Cell(value: .null, text: fields[row].name), value(row, of: record),
        Grid.Cell(value: .null, text: name(fields[row])),
      ]
    }
  }

  // MARK: - Results of rules

  private func shape(_ result: ResultReference) -> (noun: String, fields: [ResultField]) {
    switch result.kind {
    case .decision: ("decision", ResultType.decision(route: 0).fields(item: .dyn, to: .dyn))
    case .clock: ("clock", ResultType.clock(sla: 0).fields(item: .dyn, to: .dyn))
    case .measure: ("measure", ResultType.measure(kpi: 0).fields(item: .dyn, to: .dyn))
    case .finding: ("finding", ResultType.finding(ensure: 0).fields(item: .dyn, to: .dyn))
    }
  }

  private func fields(of result: ResultReference) -> Grid {
    let (noun, fields) = shape(result)
    return Grid(
      columns: [.init(name: "field", type: ""), .init(name: "value", type: ""), .init(name: "type", type: "")],
      count: fields.count, noun: noun, isRecord: true
    ) { row in
      var type = fields[row].type == .dyn ? "" : schema.describe(fields[row].type) + (fields[row].isOptional ? "?" : "")
      if fields[row].type == .timestamp { type += " \(evaluator.zone.name)" }
      return [
        Grid.Cell(value: .null, text: fields[row].name), self.cell(row, of: result, fields),
        Grid.Cell(value: .null, text: type),
      ]
    }
  }

  /// A measure counts in its own unit: a share in percent, a duration as one.
  private func cell(_ index: Int, of result: ResultReference, _ fields: [ResultField]) -> Grid.Cell {
    let value = heap.field(index, of: result)
    if case .measure = result.kind, case .double(let number) = value,
      ["value", "low", "high", "change"].contains(fields[index].name),
      case .string(let name) = heap.field(0, of: result),
      let kpi = engine.rulebook.kpis.first(where: { $0.name == heap.text(name) })
    {
      return Grid.Cell(value: value, text: MeasureFigure.text(number, of: kpi))
    }
    return cell(value)
  }

  private func results(_ list: ListReference, like first: ResultReference) -> Grid {
    let (noun, fields) = shape(first)
    var columns: [Grid.Column] = []
    var makers: [(ResultReference) -> Grid.Cell] = []
    for (index, field) in fields.enumerated() {
      if field.name == "group", case .map(let groups) = heap.field(index, of: first) {
        // A measure's groups are columns of their own.
        for (place, key) in heap[groups].keys.enumerated() {
          columns.append(.init(name: text.cell(key), type: ""))
          makers.append { result in
            guard case .map(let groups) = heap.field(index, of: result), place < heap[groups].count else {
              return self.cell(.absent)
            }
            let value = heap[groups].values[place]
            return Grid.Cell(value: value, text: isNull(value) ? "(none)" : text.cell(value))
          }
        }
        continue
      }
      let type = field.type == .dyn ? "" : schema.describe(field.type) + (field.isOptional ? "?" : "")
      columns.append(
        .init(
          name: field.name, type: field.type == .timestamp ? type + " " + evaluator.zone.name : type,
          isNumber: field.type.isNumeric || field.type == .duration, isConstant: index == 0))
      makers.append { self.cell(index, of: $0, fields) }
    }
    return Grid(columns: columns, count: Int(list.count), noun: noun) { row in
      guard case .result(let result) = heap[list, row] else { return [self.cell(heap[list, row])] }
      return makers.map { $0(result) }
    }
  }

  private func isNull(_ value: Value) -> Bool {
    if case .null = value { true } else { false }
  }

  // MARK: - Maps

  private func maps(_ list: ListReference, like first: MapStorage) -> Grid? {
    guard first.count > 0, first.keys.allSatisfy({ if case .string = $0 { true } else { false } }) else { return nil }
    let columns = zip(first.keys, first.values).map {
      Grid.Column(name: text.cell($0), type: "", isNumber: isNumber($1))
    }
    return Grid(columns: columns, count: Int(list.count), noun: "map") { row in
      guard case .map(let reference) = heap[list, row] else { return [cell(heap[list, row])] }
      let map = heap[reference]
      return first.keys.map { key in zonedCell(MapKey(key).flatMap { map[$0] } ?? .absent) }
    }
  }
}
