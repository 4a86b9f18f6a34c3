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

  static let bySpelling: [String: Word] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

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
