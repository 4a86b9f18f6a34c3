/// `"…%s…".format([x])` of CEL's strings extension.

import DocketSemantics
import DocketTime

extension Evaluator {
  func formatText(_ a: [Value]) -> Value {
    guard a.count == 2, case .string(let symbol) = a[0], case .list(let list) = a[1] else { return noSuchOverload(.format, a) }
    let pattern = bytes(symbol)
    var text: [UInt8] = []
    var next = 0
    var index = 0
    while index < pattern.count {
      guard pattern[index] == UInt8(ascii: "%") else {
        text.append(pattern[index])
        index += 1
        continue
      }
      index += 1
      guard index < pattern.count else { return fail(.invalidArgument("a formatting clause is not finished")) }
      if pattern[index] == UInt8(ascii: "%") {
        text.append(UInt8(ascii: "%"))
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
        guard index > first, digits <= 1000 else { return fail(.invalidArgument("a formatting clause has no fitting precision")) }
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
      switch formatted(value, clause, places: places ?? 6) {
      case .text(let part): text.append(contentsOf: part)
      case .failed(let error): return error
      }
      guard text.count <= limits.textBytes else { break }
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
      .failed(fail(.invalidArgument("%\(String(decoding: [clause], as: UTF8.self)) formats \(wanted), not \(typeName(value))")))
    }
    func radix(_ radix: Int, uppercase: Bool = false) -> Formatted? {
      switch value {
      case .int(let number): text(String(number, radix: radix, uppercase: uppercase))
      case .uint(let number): text(String(number, radix: radix, uppercase: uppercase))
      default: nil
      }
    }
    switch clause {
    case UInt8(ascii: "s"):
      guard let part = plainText(value, depth: 0) else { return refuse("plain values") }
      return text(part)
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

  /// What `%s` writes: texts without quotation marks, the entries of a map in the order of their keys' texts.
  private func plainText(_ value: Value, depth: Int) -> String? {
    guard depth < Heap.nestingLimit, charge(1) else { return nil }
    switch value {
    case .null: return "null"
    case .bool(let bit): return bit ? "true" : "false"
    case .int(let number): return "\(number)"
    case .uint(let number): return "\(number)"
    case .double(let number): return DoubleText.plain(number)
    case .string(let symbol), .bytes(let symbol): return heap.text(symbol)
    case .timestamp(let instant): return instant.rfc3339()
    case .duration(let duration): return duration.celString()
    case .date(let date): return "\(date)"
    case .enumeration(let value): return schema.name(of: value)
    case .type(let index): return heap.type(at: index).celName(schema)
    case .list(let list):
      var parts: [String] = []
      for index in 0..<Int(list.count) {
        guard let part = plainText(heap[list, index], depth: depth + 1) else { return nil }
        parts.append(part)
      }
      return "[\(parts.joined(separator: ", "))]"
    case .map(let reference):
      let map = heap[reference]
      var parts: [(key: String, value: String)] = []
      for (key, value) in zip(map.keys, map.values) {
        guard let key = plainText(key, depth: depth + 1), let value = plainText(value, depth: depth + 1) else { return nil }
        parts.append((key, value))
      }
      let sorted = parts.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
      return "{\(sorted.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .entity(let reference): return plainText(world.key(of: reference), depth: depth + 1)
    case .absent, .optionalNone, .optionalSome, .calendar, .result, .error: return nil
    }
  }
}
