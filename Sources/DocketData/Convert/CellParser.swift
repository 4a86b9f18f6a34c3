/// A text as a value of a field's type.
///
/// Spaces around numbers, bools, times and durations say nothing and are passed over; keys, references, strings and labels of
/// enums are taken exactly as they stand. A reference stays the text of its key until all tables are there.

import DocketRuntime
import DocketSemantics
import DocketTime

struct CellParser {
  let type: Type
  private let kind: Column.Kind?
  private let element: [CellParser]
  private let table = TextTable()
  private var time: TimeText
  private let heap: Heap

  /// Whether values are read without the heap: numbers, times and names of cases.
  var isApart: Bool {
    switch kind {
    case .bool, .int, .uint, .double, .timestamp, .duration, .date, .enumeration, .calendar: true
    case .string, .bytes, .reference, .list, .map, nil: false
    }
  }

  /// What a cell may say beside its type: see `CheckedSource`.
  struct Words {
    var missing: [String] = []
    var accepted: [(text: String, value: Value)] = []
  }

  init(_ type: Type, schema: Schema, heap: Heap, words: Words, time: TimeText) {
    self.type = type
    self.time = time
    self.heap = heap
    kind = Column.Kind(type, schema: schema)
    if case .list(let inner) = type {
      element = [CellParser(inner, schema: schema, heap: heap, words: Words(), time: time)]
    } else {
      element = []
    }
    for (text, value) in words.accepted { table.add(text.utf8, value.isAbsent ? .absent : .value(value)) }
    for text in words.missing { table.add(text.utf8, .absent) }
    switch kind {
    case .bool:
      for text in ["true", "True", "TRUE", "1"] { table.add(text.utf8, .value(.bool(true))) }
      for text in ["false", "False", "FALSE", "0"] { table.add(text.utf8, .value(.bool(false))) }
    case .enumeration(let id):
      let cases = schema[id].cases
      func value(_ ordinal: Int) -> ParsedCell {
        .value(.enumeration(EnumValue(type: id.index, ordinal: UInt16(ordinal))))
      }
      for (ordinal, item) in cases.enumerated() { table.add(item.name.utf8, value(ordinal)) }
      for (ordinal, item) in cases.enumerated() {
        for label in item.labels { table.add(label.utf8, value(ordinal)) }
      }
    case .calendar:
      for (index, names) in schema.calendarNames.enumerated() {
        for name in names { table.add(name.utf8, .value(.calendar(UInt32(index)))) }
      }
    default: break
    }
  }

  /// The empty text is absent.
  mutating func parse(_ cell: RawCell) -> ParsedCell {
    if cell.count == 0 { return .absent }
    if let known = table[cell] { return known }
    switch kind {
    case .string, .reference: return .value(.string(heap.symbols.intern(cell.bytes)))
    case .bytes: return .value(.bytes(heap.symbols.intern(cell.bytes)))
    case .enumeration: return .failure(.unknownCase)
    case .calendar: return .failure(.unknownCalendar)
    case .map, nil: return .failure(.unreadableType)
    case .bool, .int, .uint, .double, .timestamp, .duration, .date, .list: break
    }
    let cell = cell.trimmed
    if cell.count == 0 { return .absent }
    switch kind {
    case .bool: return table[cell] ?? .failure(.notBool)
    case .int: return parsed(NumberText.int(cell)) { .int($0) }
    case .uint: return parsed(NumberText.uint(cell)) { .uint($0) }
    case .double: return parsed(NumberText.double(cell)) { .double($0) }
    case .timestamp: return time.timestamp(cell)
    case .date: return time.date(cell)
    case .duration: return duration(cell)
    case .list: return list(cell)
    default: return .failure(.unreadableType)
    }
  }

  /// What most cells of the type are, as the bits of their column's cell, found without more ado; `nil` for all others, of which
  /// `parse` knows more.
  @inline(__always)
  func plain(_ cell: RawCell, _ shape: PlainShape) -> UInt64? {
    if shape == .words {
      guard case .value(let value)? = table[cell] else { return nil }
      return value.columnBits
    }
    guard !table.mayHold(cell) else { return nil }
    return switch shape {
    case .text: cell.count == 0 ? nil : UInt64(heap.symbols.intern(cell.bytes).index)
    case .int: PlainText.int(cell).map { UInt64(bitPattern: $0) }
    case .double: PlainText.double(cell)?.bitPattern
    case .instant: PlainText.instant(cell).map { UInt64(bitPattern: $0) }
    case .words, .other: nil
    }
  }

  /// What `plain` looks for.
  var plainShape: PlainShape {
    switch kind {
    case .string, .reference, .bytes: .text
    case .int: .int
    case .double: .double
    case .bool, .enumeration: .words
    case .timestamp: time.isISO ? .instant : .other
    default: .other
    }
  }

  enum PlainShape { case text, int, double, instant, words, other }

  private func parsed<T>(_ result: Result<T, CellError>, _ make: (T) -> Value) -> ParsedCell {
    switch result {
    case .success(let value): .value(make(value))
    case .failure(let error): .failure(error.failure)
    }
  }

  /// `1h30m` as Docket writes it, or `5400s` as CEL does.
  private func duration(_ cell: RawCell) -> ParsedCell {
    if case .success(let duration) = TimeDuration.parseLiteral(cell.bytes) { return .value(.duration(duration)) }
    return TimeDuration.parseCEL(cell.bytes).map { .value(.duration($0)) } ?? .failure(.notDuration)
  }

  /// A JSON array of strings, numbers and bools, or texts between `;`, else between `|`. Empty places hold nothing.
  private func list(_ cell: RawCell) -> ParsedCell {
    guard var parser = element.first else { return .failure(.unreadableType) }
    let texts: [[UInt8]]
    if cell.start[0] == UInt8(ascii: "[") {
      guard let elements = JSONArrayText.elements(Array(cell.bytes)) else { return .failure(.notList) }
      texts = elements
    } else {
      let separator = cell.bytes.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: "|")
      texts = cell.bytes.split(separator: separator).map { part in
        let start = part.firstIndex { $0 != 0x20 } ?? part.endIndex
        let end = part.lastIndex { $0 != 0x20 } ?? part.startIndex
        return start <= end && start < part.endIndex ? Array(part[start...end]) : []
      }
    }
    var values: [Value] = []
    for text in texts where !text.isEmpty {
      let result = text.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { parser.parse(RawCell(start: $0, count: bytes.count)) } ?? .absent
      }
      switch result {
      case .value(let value), .moved(let value, _): values.append(value)
      case .absent: continue
      case .failure(let failure): return .failure(failure)
      }
    }
    return .value(heap.list(values))
  }

  /// Takes a cell as an element of a list that several columns fill, exactly as it stands; an empty one says nothing.
  mutating func addElements(of cell: RawCell, to elements: inout [Value]) -> CellFailure? {
    guard cell.trimmed.count > 0, var parser = element.first else { return nil }
    switch table[cell] ?? parser.parse(cell) {
    case .absent: return nil
    // What a text is accepted as is a list already.
    case .value(.list(let list)): elements += heap[list]
    case .value(let value), .moved(let value, _): elements.append(value)
    case .failure(let failure): return failure
    }
    return nil
  }
}
