/// The words that mean something somewhere in the grammar. Nearly all are contextual: they are names wherever a name can stand.

enum Word: String, CaseIterable, Sendable {
  // What starts a declaration.
  case zone, use, `enum`, entity, extend, source, calendar, `let`, `func`, table, route, sla, kpi, ensure, fixture, test

  // Operators and literals of expressions.
  case and, or, not, `in`, `true`, `false`, null

  // Clauses and what stands inside them.
  case absent, accept, add, after, all, `as`, at, backfilled, because, breach, by, cancel, carry, cases, change, closed,
    count
  case created, cycle, cycles, data, delimiter, due, during, each, `else`, encoding, event, every, exclude, expect,
    fail, fails
  case first, `for`, from, gap, given, grace, heading, highest, hit, holidays, ignore, keep, key, known, last, least,
    like,
    line, lowest
  case matches, missing, most, new, next, no, nobody, notify, now, of, off_target, on, once, one, open, order, otherwise
  case over, pause, pick, prefer, reject, reopen, restart, result, retroactive, robin, round, rows, rule, set, settled,
    skip
  case snapshot, start, stop, tags, target, then, times, to, todo, unique, unit, unless, until, up, using, value,
    version
  case wait, warn, warning, when, `where`, `while`, with, within, workdays

  // Periods and weekdays.
  case day, week, month, quarter, year
  case mon, tue, wed, thu, fri, sat, sun

  // CEL's other reserved words: no names, but legal after a dot.
  case `break`, const, `continue`, function, `if`, `import`, loop, namespace, package, `return`, `var`, void

  static let spellings = WordTable(allCases)

  static let declarations: [Word] = [
    .zone, .use, .enum, .entity, .extend, .source, .calendar, .let, .func, .table, .route, .sla, .kpi, .ensure,
    .fixture,
    .test,
  ]

  var startsDeclaration: Bool {
    switch self {
    case .zone, .use, .enum, .entity, .extend, .source, .calendar, .let, .func, .table, .route, .sla, .kpi, .ensure,
      .fixture, .test:
      true
    default: false
    }
  }

  /// A keyword of CEL: not a name anywhere, not even after a dot.
  var isKeyword: Bool { self == .true || self == .false || self == .null || self == .in }

  /// Nothing may be declared with these names.
  var isOperatorName: Bool { self == .and || self == .or || self == .not }

  /// CEL keeps these words: they cannot name a variable or function.
  var isReserved: Bool {
    switch self {
    case .as, .break, .const, .continue, .else, .for, .function, .if, .import, .let, .loop, .package, .namespace,
      .return, .var, .void, .while:
      true
    default: false
    }
  }
}

/// Words by their bytes. Every identifier of a rulebook is looked up, so no string is made of it: its bytes are two numbers, and
/// a place in a table that is at most a third full.
struct WordTable {
  static let longest = 16

  private struct Entry {
    var low: UInt64
    var high: UInt64
    var word: Word
  }

  private static let bits = 9
  private var entries = [Entry?](repeating: nil, count: 1 << bits)

  init(_ words: [Word]) {
    precondition(words.count * 3 <= entries.count)
    for word in words {
      let bytes = Array(word.rawValue.utf8)
      let (low, high) = Self.pack(bytes, 0..<bytes.count)
      var place = Self.place(low, high)
      while entries[place] != nil { place = (place + 1) & (entries.count - 1) }
      entries[place] = Entry(low: low, high: high, word: word)
    }
  }

  /// The word that these bytes of a text spell; there are at most `longest`.
  func word(_ text: [UInt8], _ range: Range<Int>) -> Word? {
    let (low, high) = Self.pack(text, range)
    var place = Self.place(low, high)
    while let entry = entries[place] {
      if entry.low == low, entry.high == high { return entry.word }
      place = (place + 1) & (entries.count - 1)
    }
    return nil
  }

  private static func pack(_ text: [UInt8], _ range: Range<Int>) -> (low: UInt64, high: UInt64) {
    precondition(range.count <= longest)
    var low: UInt64 = 0
    var high: UInt64 = 0
    for index in range {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(text[index])
    }
    return (low, high)
  }

  private static func place(_ low: UInt64, _ high: UInt64) -> Int {
    Int(truncatingIfNeeded: ((low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93) >> UInt64(64 - bits))
  }
}
