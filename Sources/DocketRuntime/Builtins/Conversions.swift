/// `int(x)`, `string(x)` and the others: exact or an error, as cel-go converts.

import DocketDiagnostics
import DocketSemantics
import DocketTime

extension Evaluator {
  func toInt(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toInt, a) }
    switch a[0] {
    case .int: return a[0]
    case .uint(let number): return Int64(exactly: number).map { .int($0) } ?? fail(.overflow)
    case .double(let number):
      // The ends are out: a double there may stand for a number beyond them.
      guard number > -0x1p63, number < 0x1p63 else { return fail(.overflow) }
      return .int(Int64(number))
    case .string(let symbol):
      let text = heap.text(symbol)
      return Int64(text).map { .int($0) } ?? conversionError(text, "int")
    case .timestamp(let instant): return .int(instant.seconds)
    default: return noSuchOverload(.toInt, a)
    }
  }

  func toUint(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toUint, a) }
    switch a[0] {
    case .uint: return a[0]
    case .int(let number): return UInt64(exactly: number).map { .uint($0) } ?? fail(.overflow)
    case .double(let number):
      guard number >= 0, number < 0x1p64 else { return fail(.overflow) }
      return .uint(UInt64(number))
    case .string(let symbol):
      let text = heap.text(symbol)
      guard text.utf8.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) ?? false,
        let number = UInt64(text)
      else {
        return conversionError(text, "uint")
      }
      return .uint(number)
    default: return noSuchOverload(.toUint, a)
    }
  }

  func toDouble(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toDouble, a) }
    switch a[0] {
    case .double: return a[0]
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .string(let symbol):
      let text = heap.text(symbol)
      return parseDouble(text).map { .double($0) } ?? conversionError(text, "double")
    default: return noSuchOverload(.toDouble, a)
    }
  }

  /// A decimal number, or one of the words for what is not finite; a number too large for a double is not read as infinite.
  private func parseDouble(_ text: String) -> Double? {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    switch String(decoding: unsigned.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self) {
    case "inf", "infinity": return text.hasPrefix("-") ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    let isPlain = unsigned.utf8.allSatisfy {
      ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
        || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
    }
    guard isPlain, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  func toString(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toString, a) }
    switch a[0] {
    case .string: return a[0]
    case .bool(let bit): return heap.string(bit ? "true" : "false")
    case .int(let number): return heap.string("\(number)")
    case .uint(let number): return heap.string("\(number)")
    case .double(let number): return heap.string(DoubleText.general(number))
    case .bytes(let symbol):
      let isText = heap.symbols.withBytes(of: symbol) { String(validating: $0, as: UTF8.self) != nil }
      return isText ? .string(symbol) : fail(.invalidConversion("the bytes are not UTF-8 text"))
    case .timestamp(let instant): return heap.string(instant.rfc3339())
    case .duration(let duration): return heap.string(duration.celString())
    case .date(let date): return heap.string("\(date)")
    case .enumeration(let value): return heap.string(schema.name(of: value))
    default: return noSuchOverload(.toString, a)
    }
  }

  func toBytes(_ a: [Value]) -> Value {
    switch a.first {
    case .bytes(let symbol)? where a.count == 1: .bytes(symbol)
    // Text and bytes share their symbols.
    case .string(let symbol)? where a.count == 1: .bytes(symbol)
    default: noSuchOverload(.toBytes, a)
    }
  }

  func toBool(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toBool, a) }
    switch a[0] {
    case .bool: return a[0]
    case .string(let symbol):
      let text = heap.text(symbol)
      switch text {
      case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
      case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
      default: return conversionError(text, "bool")
      }
    default: return noSuchOverload(.toBool, a)
    }
  }

  func toTimestamp(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toTimestamp, a) }
    switch a[0] {
    case .timestamp: return a[0]
    case .string(let symbol):
      if let instant = heap.symbols.withBytes(of: symbol, { Instant.parseRFC3339($0) }) { return .timestamp(instant) }
      return conversionError(heap.text(symbol), "timestamp")
    case .int(let seconds): return Instant(seconds: seconds).map { .timestamp($0) } ?? fail(.overflow)
    default: return noSuchOverload(.toTimestamp, a)
    }
  }

  func toDuration(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toDuration, a) }
    switch a[0] {
    case .duration: return a[0]
    case .string(let symbol):
      if let duration = heap.symbols.withBytes(of: symbol, { TimeDuration.parseCEL($0) }) { return .duration(duration) }
      return conversionError(heap.text(symbol), "duration")
    default: return noSuchOverload(.toDuration, a)
    }
  }

  func toDate(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.toDate, a) }
    switch a[0] {
    case .date: return a[0]
    case .timestamp(let instant):
      let date = zone.localDate(instant)
      return date >= .minimum && date <= .maximum ? .date(date) : fail(.overflow)
    case .string(let symbol):
      if let date = heap.symbols.withBytes(of: symbol, { CivilDate.parse($0) }) { return .date(date) }
      return conversionError(heap.text(symbol), "date")
    default: return noSuchOverload(.toDate, a)
    }
  }

  private func conversionError(_ text: String, _ type: String) -> Value {
    let shown =
      text.unicodeScalars.count > 60 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
    return fail(.invalidConversion("\(Quoting.quoted(shown)) is not \(type.withArticle), or out of range"))
  }
}
