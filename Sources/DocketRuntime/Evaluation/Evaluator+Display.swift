/// Values for people, as formatted strings print them: local times, `1h 30m`, names instead of keys, `—` for nothing.

import DocketSemantics
import DocketTime

extension Evaluator {
  func format(_ parts: [FormatPart], _ expression: CheckedExpression) -> Value {
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let index):
        if case .string(let symbol) = constants[index] {
          heap.symbols.withBytes(of: symbol) { text.append(contentsOf: $0) }
        }
      case .value(let hole):
        let value = quietly(hole)
        if value.isError { return value }
        text.append(contentsOf: display(value).utf8)
      }
      guard text.count <= limits.textBytes else { break }
    }
    current = expression
    return makeText(text)
  }

  /// A value as a formatted string shows it.
  public func display(_ value: Value) -> String { display(value, depth: 0) }

  private func display(_ value: Value, depth: Int) -> String {
    guard depth < Heap.nestingLimit else { return "…" }
    switch value {
    case .absent, .null, .optionalNone: return "—"
    case .bool(let bit): return bit ? "true" : "false"
    case .int(let number): return "\(number)"
    case .uint(let number): return "\(number)"
    case .double(let number): return DoubleText.human(number)
    case .string(let symbol): return heap.text(symbol)
    case .bytes(let symbol): return heap.symbols.withBytes(of: symbol) { Base64.encode($0) }
    case .timestamp(let instant): return display(instant)
    case .duration(let duration): return duration.humanString()
    case .date(let date): return "\(date)"
    case .enumeration(let value): return schema.name(of: value)
    case .entity(let reference): return display(reference, depth: depth)
    case .list(let list):
      return (0..<Int(list.count)).map { display(heap[list, $0], depth: depth + 1) }.joined(separator: ", ")
    case .map(let reference):
      let map = heap[reference]
      return zip(map.keys, map.values)
        .map { "\(display($0, depth: depth + 1)): \(display($1, depth: depth + 1))" }.joined(separator: ", ")
    case .optionalSome(let place): return display(heap.wrapped(place), depth: depth + 1)
    case .calendar(let index):
      return Int(index) < rulebook.calendars.count ? rulebook.calendars[Int(index)].name : "calendar"
    case .type, .result, .error: return heap.describe(value, schema: schema, world: world)
    }
  }

  /// `2026-10-09 20:50` in the rulebook's zone; seconds, and parts of one, where there are any.
  private func display(_ instant: Instant) -> String {
    let local = zone.local(instant)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(local.date) \(two(local.hour)):\(two(local.minute))"
    guard local.second != 0 || local.nanoseconds != 0 else { return text }
    text += ":\(two(local.second))"
    guard local.nanoseconds != 0 else { return text }
    var digits = "\(local.nanoseconds)"
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(text).\(digits)"
  }

  /// A record by its `name`, where it has a text of that name, else by its key.
  private func display(_ record: EntityReference, depth: Int) -> String {
    let entity = schema.entities[Int(record.entity)]
    if let index = entity.index(of: "name"), entity.fields[index].type == .string, entity.fields[index].isStored,
      case .string(let symbol) = world.storedField(index, of: record, at: instant)
    {
      return heap.text(symbol)
    }
    return display(world.key(of: record), depth: depth + 1)
  }
}
