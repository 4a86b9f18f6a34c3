/// `"…%s…".format([x])` of CEL's strings extension.

import DocketSemantics
import DocketTime

extension Evaluator {
  func formatText(_ a: [Value]) -> Value {
    guard a.count == 2, case .string(let symbol) = a[0], case .list(let list) = a[1] else {
      return noSuchOverload(.format, a)
    }
    let pattern = bytes(symbol)
    var text = BoundedText(limit: limits.textBytes)
    var next = 0
    var index = 0
    while index < pattern.count {
      guard pattern[index] == UInt8(ascii: "%") else {
        let end = pattern[index...].firstIndex(of: UInt8(ascii: "%")) ?? pattern.count
        text.append(pattern[index..<end])
        index = end
        continue
      }
      index += 1
      guard index < pattern.count else { return fail(.invalidArgument("a formatting clause is not finished")) }
      if pattern[index] == UInt8(ascii: "%") {
        text.append("%")
        index += 1
        continue
      }
      var places: Int?
      if pattern[index] == UInt8(ascii: ".") {
        index += 1
        var digits = 0
        let first = index
        while index < pattern.count, pattern[index] >= 0x30, pattern[index] <= 0x39, digits < 10_000 {
          digits = digits * 10 + Int(pattern[index] - 0x30)
          index += 1
        }
        guard index > first, digits <= 1000 else {
          return fail(.invalidArgument("a formatting clause has no fitting precision"))
        }
        places = digits
        guard index < pattern.count else { return fail(.invalidArgument("a formatting clause is not finished")) }
      }
      let clause = pattern[index]
      index += 1
      guard "sdfexXbo".utf8.contains(clause) else {
        return fail(.invalidArgument("there is no formatting clause %\(String(decoding: [clause], as: UTF8.self))"))
      }
      guard next < Int(list.count) else { return fail(.indexOutOfRange("\(next)")) }
      let value = heap[list, next]
      next += 1
      if clause == UInt8(ascii: "s") {
        guard appendPlain(value, to: &text, depth: 0) else {
          return fail(.invalidArgument("%s cannot format \(typeName(value))"))
        }
        continue
      }
      switch formatted(value, clause, places: places ?? 6) {
      case .text(let part): text.append(part)
      case .failed(let error): return error
      }
    }
    return makeText(text)
  }

  private enum Formatted {
    case text([UInt8])
    case failed(Value)
  }

  private func formatted(_ value: Value, _ clause: UInt8, places: Int) -> Formatted {
    func text(_ text: String) -> Formatted { .text(Array(text.utf8)) }
    func refuse(_ wanted: String) -> Formatted {
      .failed(
        fail(
          .invalidArgument("%\(String(decoding: [clause], as: UTF8.self)) formats \(wanted), not \(typeName(value))")))
    }
    func radix(_ radix: Int, uppercase: Bool = false) -> Formatted? {
      switch value {
      case .int(let number): text(String(number, radix: radix, uppercase: uppercase))
      case .uint(let number): text(String(number, radix: radix, uppercase: uppercase))
      default: nil
      }
    }
    switch clause {
    case UInt8(ascii: "d"):
      switch value {
      case .int(let number): return text("\(number)")
      case .uint(let number): return text("\(number)")
      case .double(let number): return text(DoubleText.plain(number))
      default: return refuse("numbers")
      }
    case UInt8(ascii: "f"), UInt8(ascii: "e"):
      let number: Double
      switch value {
      case .double(let double): number = double
      case .int(let int): number = Double(int)
      case .uint(let uint): number = Double(uint)
      default: return refuse("numbers")
      }
      guard number.isFinite else { return text(DoubleText.human(number)) }
      return text(
        clause == UInt8(ascii: "f")
          ? DoubleText.fixed(number, places: places) : DoubleText.scientific(number, places: places))
    case UInt8(ascii: "b"):
      if case .bool(let bit) = value { return text(bit ? "1" : "0") }
      return radix(2) ?? refuse("integers and bools")
    case UInt8(ascii: "o"):
      return radix(8) ?? refuse("integers")
    default:
      let isUppercase = clause == UInt8(ascii: "X")
      switch value {
      case .string(let symbol), .bytes(let symbol):
        let digits = Array((isUppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return .text(bytes(symbol).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
      default: return radix(16, uppercase: isUppercase) ?? refuse("integers, strings and bytes")
      }
    }
  }

  /// What `%s` writes: texts without quotation marks, the entries of a map in the order of their keys' texts. `false` for a
  /// value that has no text.
  private func appendPlain(_ value: Value, to text: inout BoundedText, depth: Int) -> Bool {
    guard depth < Heap.nestingLimit else { return false }
    guard !text.isFull else { return true }
    switch value {
    case .null: text.append("null")
    case .bool(let bit): text.append(bit ? "true" : "false")
    case .int(let number): text.append("\(number)")
    case .uint(let number): text.append("\(number)")
    case .double(let number): text.append(DoubleText.plain(number))
    case .string(let symbol): heap.symbols.withBytes(of: symbol) { text.append($0) }
    case .bytes(let symbol): text.append(heap.text(symbol))
    case .timestamp(let instant): text.append(instant.rfc3339())
    case .duration(let duration): text.append(duration.celString())
    case .date(let date): text.append("\(date)")
    case .enumeration(let value): text.append(schema.name(of: value))
    case .type(let index): text.append(heap.type(at: index).celName(schema))
    case .entity(let reference): return appendPlain(world.key(of: reference), to: &text, depth: depth + 1)
    case .list(let list):
      text.append("[")
      for index in 0..<Int(list.count) where !text.isFull {
        if index > 0 { text.append(", ") }
        guard appendPlain(heap[list, index], to: &text, depth: depth + 1) else { return false }
      }
      text.append("]")
    case .map(let reference):
      let map = heap[reference]
      var keys: [(text: String, place: Int)] = []
      for (place, key) in map.keys.enumerated() {
        var name = BoundedText(limit: limits.textBytes)
        guard appendPlain(key, to: &name, depth: depth + 1) else { return false }
        keys.append((name.text, place))
      }
      keys.sort { $0.text.unicodeScalars.lexicographicallyPrecedes($1.text.unicodeScalars) }
      text.append("{")
      for (index, key) in keys.enumerated() where !text.isFull {
        if index > 0 { text.append(", ") }
        text.append("\(key.text): ")
        guard appendPlain(map.values[key.place], to: &text, depth: depth + 1) else { return false }
      }
      text.append("}")
    case .absent, .optionalNone, .optionalSome, .calendar, .result, .error: return false
    }
    return true
  }
}
