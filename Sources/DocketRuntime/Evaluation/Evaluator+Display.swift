/// Values for people, as formatted strings print them: local times, `1h 30m`, names instead of keys, `—` for nothing.

import DocketSemantics
import DocketTime

extension Evaluator {
  func format(_ parts: [FormatPart], _ expression: CheckedExpression) -> Value {
    var text = BoundedText(limit: limits.textBytes)
    for part in parts {
      switch part {
      case .text(let index):
        if case .string(let symbol) = constants[index] { heap.symbols.withBytes(of: symbol) { text.append($0) } }
      case .value(let hole):
        if let told = told(hole) {
          text.append(told)
          continue
        }
        let value = quietly(hole)
        if value.isError { return value }
        display(value, depth: 0, into: &text)
      }
    }
    current = expression
    return makeText(text)
  }

  /// Makes the texts of effects, which are letters to people: `0.7843`, not `0.7843137254901961`.
  public func tellingPeople<Result>(_ body: () -> Result) -> Result {
    let before = isTellingPeople
    isTellingPeople = true
    defer { isTellingPeople = before }
    return body()
  }

  /// A field of a result that whoever made it words himself.
  private func told(_ hole: CheckedExpression) -> String? {
    guard isTellingPeople, let resultText, case .resultField(let target, let index) = hole.kind,
      case .result(let result) = quietly(target)
    else { return nil }
    return resultText(result, index)
  }

  /// A value as a formatted string shows it.
  public func display(_ value: Value) -> String {
    var text = BoundedText(limit: limits.textBytes)
    display(value, depth: 0, into: &text)
    return text.isFull ? text.text + "…" : text.text
  }

  private func display(_ value: Value, depth: Int, into text: inout BoundedText) {
    guard depth < Heap.nestingLimit else { return text.append("…") }
    guard !text.isFull else { return }
    switch value {
    case .absent, .null, .optionalNone: text.append("—")
    case .bool(let bit): text.append(bit ? "true" : "false")
    case .int(let number): text.append("\(number)")
    case .uint(let number): text.append("\(number)")
    case .double(let number): text.append(isTellingPeople ? DoubleText.told(number) : DoubleText.human(number))
    case .string(let symbol): heap.symbols.withBytes(of: symbol) { text.append($0) }
    case .bytes(let symbol): heap.symbols.withBytes(of: symbol) { text.append(Base64.encoded($0)) }
    case .timestamp(let instant): text.append(display(instant))
    case .duration(let duration): text.append(duration.humanString())
    case .date(let date): text.append("\(date)")
    case .enumeration(let value): text.append(schema.label(of: value))
    case .entity(let reference): display(name(of: reference), depth: depth + 1, into: &text)
    case .list(let list):
      for index in 0..<Int(list.count) where !text.isFull {
        if index > 0 { text.append(", ") }
        display(heap[list, index], depth: depth + 1, into: &text)
      }
    case .map(let reference):
      let map = heap[reference]
      for (index, key) in map.keys.enumerated() where !text.isFull {
        if index > 0 { text.append(", ") }
        display(key, depth: depth + 1, into: &text)
        text.append(": ")
        display(map.values[index], depth: depth + 1, into: &text)
      }
    case .optionalSome(let place): display(heap.wrapped(place), depth: depth + 1, into: &text)
    case .calendar(let index):
      text.append(Int(index) < rulebook.calendars.count ? rulebook.calendars[Int(index)].name : "calendar")
    case .type, .result, .error: text.append(heap.describe(value, schema: schema, world: world))
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

  /// A record's `name`, where it has a text of that name, else its key.
  private func name(of record: EntityReference) -> Value {
    let entity = schema.entities[Int(record.entity)]
    if let index = entity.index(of: "name"), entity.fields[index].type == .string, entity.fields[index].isStored {
      let name = world.storedField(index, of: record, at: instant)
      if !name.isAbsent { return name }
    }
    return world.key(of: record)
  }
}
