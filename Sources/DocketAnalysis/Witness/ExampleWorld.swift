/// Records that have the values of an example, so that the engine can say what the rules make of it.

import DocketRuntime
import DocketSemantics
import DocketTime

/// One record of the example.
private struct ExampleRecord {
  var entity: EntityID
  var values: [Int: Value] = [:]
  /// Fields that refer to other records of the example, and fields that are absent.
  var references: [Int: FieldPath] = [:]
  var given: Set<Int> = []
}

struct ExampleWorld {
  /// The values of the variables of slots.
  private(set) var arguments: [Int: Value] = [:]

  /// Installs the records of an example in the evaluator's world; `nil` where there can be no such records, such as two of one
  /// key.
  init?(_ example: Example, _ reader: Reader) {
    let variables = reader.space.variables
    let schema = reader.schema
    let heap = reader.heap
    let world = reader.evaluator.world
    var records: [FieldPath: ExampleRecord] = [:]
    var members: [FieldPath: [Value]] = [:]
    for (index, cell) in example.cells.enumerated() {
      switch variables[index].subject {
      case .opaque: continue
      case .member(let path, let value):
        if cell == 2 { members[path, default: []].append(value) }
      case .path(let path):
        let isRecord: EntityID?
        if case .entity(let entity) = variables[index].type {
          isRecord = schema.base(of: entity)
        } else {
          isRecord = nil
        }
        if let isRecord, cell > 0, records[path] == nil { records[path] = ExampleRecord(entity: isRecord) }
        guard let last = path.fields.last else {
          if isRecord == nil { arguments[path.slot] = variables[index].value(of: cell, heap) }
          continue
        }
        var before = path
        before.fields.removeLast()
        guard records[before] != nil else { continue }
        records[before]?.given.insert(last.index)
        guard cell > 0 else { continue }
        if isRecord != nil {
          records[before]?.references[last.index] = path
        } else if variables[index].scale != .presence {
          records[before]?.values[last.index] = variables[index].value(of: cell, heap)
        } else if case .list = variables[index].type {
          records[before]?.values[last.index] = heap.list([])
        }
      }
    }
    for (path, values) in members {
      guard let last = path.fields.last else {
        arguments[path.slot] = heap.list(values)
        continue
      }
      var before = path
      before.fields.removeLast()
      records[before]?.values[last.index] = heap.list(values)
    }
    guard let places = Self.install(&records, world, schema, heap) else { return nil }
    for (path, place) in places where path.fields.isEmpty {
      arguments[path.slot] = world.entity(place.entity, record: place.number, at: nil)
    }
  }

  /// Gives keys, fills what the example leaves open, and makes tables.
  private static func install(
    _ records: inout [FieldPath: ExampleRecord], _ world: World, _ schema: Schema, _ heap: Heap
  ) -> [FieldPath: (entity: EntityID, number: Int)]? {
    world.removeAll()
    var byEntity: [EntityID: [FieldPath]] = [:]
    for (number, path) in records.keys.sorted(by: { $0.order < $1.order }).enumerated() {
      guard var record = records[path] else { continue }
      let entity = schema[record.entity]
      for (index, field) in entity.fields.enumerated() where field.isStored && !record.given.contains(index) {
        if index == entity.keyIndex {
          record.values[index] = freshKey(field.type, number, heap)
        } else if !field.isOptional, field.defaultBody == nil {
          record.values[index] = ordinary(field.type, schema, heap)
        }
      }
      records[path] = record
      byEntity[record.entity, default: []].append(path)
    }
    var places: [FieldPath: (entity: EntityID, number: Int)] = [:]
    for (entity, paths) in byEntity {
      let key = schema[entity].keyIndex ?? 0
      let sorted = paths.sorted {
        heap.orders(records[$0]?.values[key] ?? .absent, before: records[$1]?.values[key] ?? .absent)
      }
      for (number, path) in sorted.enumerated() { places[path] = (entity, number) }
      byEntity[entity] = sorted
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        guard let x = records[a]?.values[key], let y = records[b]?.values[key], heap.orders(x, before: y) else {
          return nil
        }
      }
    }
    for (entity, paths) in byEntity {
      let builder = TableBuilder(schema: schema, entity: entity, isVersioned: false, hasCreated: false)
      for path in paths {
        guard let record = records[path] else { continue }
        for (index, column) in builder.columns.enumerated() {
          guard let column else { continue }
          if let target = record.references[index], let place = places[target] {
            column.append(.int(Int64(place.number)))
          } else {
            column.append(record.values[index] ?? .absent)
          }
        }
        builder.endRow(version: nil, created: nil)
      }
      world.install(builder.finish(heap: heap) { _ in })
    }
    return places
  }

  private static func freshKey(_ type: Type, _ number: Int, _ heap: Heap) -> Value {
    switch type {
    case .int: .int(Int64(number + 1))
    case .uint: .uint(UInt64(number + 1))
    default: heap.string("example-\(number + 1)")
    }
  }

  /// A value for a field that is always there, and of which the example says nothing.
  private static func ordinary(_ type: Type, _ schema: Schema, _ heap: Heap) -> Value {
    switch type {
    case .entity, .map, .bytes, .calendar: return .absent
    case .string: return heap.string("")
    case .list: return heap.list([])
    default:
      let scale = Scale(type, schema)
      return scale.value(scale.plainPlace(in: scale.bounds))
    }
  }
}

extension FieldPath {
  /// An order that does not depend on a run.
  fileprivate var order: String { "\(slot)" + fields.map { "/\($0.entity.index):\($0.index)" }.joined() }
}
