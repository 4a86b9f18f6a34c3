/// Random programs of the whole grammar, with random white space, line breaks and comments where they have no meaning.
struct RandomProgram {
  private var random: Seeded
  private(set) var text = ""
  /// Rows are lines: nothing but spaces between their tokens, outside brackets.
  private var inRow = false
  private var depth = 0

  static func text(seed: Int) -> String {
    var program = RandomProgram(random: Seeded(seed))
    program.write()
    return program.text
  }

  private init(random: Seeded) { self.random = random }

  private mutating func write() {
    if random.chance(6) { text += "\u{FEFF}" }
    for _ in 0..<random.count(0...4) { declaration() }
    gap()
    if random.chance(3) { text = text.replacingLineEnds() }
  }

  // MARK: - Tokens

  private mutating func gap(mayBeEmpty: Bool = false) {
    if inRow {
      text += random.pick(mayBeEmpty ? ["", " ", "  ", "\t"] : [" ", "  ", "\t "])
      return
    }
    switch random.count(0...20) {
    case 0: text += "\n"
    case 1: text += "\n\n\n   "
    case 2: text += " // \(random.pick(["a note", "说明", "a  b", "}", "f\"{"]))" + random.pick(["", "  ", "\t"]) + "\n"
    case 3: text += "\n  //\(random.pick(["a note", " 说明", " {"]))\n"
    case 4: text += "\n // one\n\n// two\n"
    case 5, 6: text += "   "
    case 7...12: text += mayBeEmpty ? "" : " "
    default: text += " "
    }
  }

  /// Tokens apart by white space; a leading `~` glues a token to the one before.
  private mutating func put(_ tokens: String...) {
    for token in tokens {
      if token.hasPrefix("~") {
        text += token.dropFirst()
      } else {
        gap(mayBeEmpty: "()[]{},|".contains(token) || "([{,".contains(text.last ?? " "))
        text += token
      }
    }
  }

  private mutating func lineEnd() { text += random.pick(["\n", "\n", " // the row\n", "\n\n", "\n // before\n"]) }

  private mutating func bracketed(_ open: String, _ close: String, _ body: (inout RandomProgram) -> Void) {
    put(open)
    let wasInRow = inRow
    inRow = false
    body(&self)
    put(close)
    inRow = wasInRow
  }

  private mutating func list(_ range: ClosedRange<Int>, _ element: (inout RandomProgram) -> Void) {
    for index in 0..<random.count(range) {
      if index > 0 { put(",") }
      element(&self)
    }
  }

  private mutating func maybe(_ one: Int = 2, _ part: (inout RandomProgram) -> Void) {
    if random.chance(one) { part(&self) }
  }

  // MARK: - Expressions

  private mutating func name() -> String {
    random.pick(["a", "f", "客户", "priority", "x1", "`odd name`", "start", "rule", "owner", "kind"])
  }

  private mutating func type() -> String { random.pick(["Feedback", "Person", "等级", "T"]) }

  private mutating func string() -> String {
    random.pick(["\"a\"", "'b  c'", "\"客户\"", "r\"\\d\"", "\"\"\"one\n  two\"\"\"", "\"//\"", "\"{\""])
  }

  private mutating func plainString() -> String { random.pick(["\"a\"", "\"每月\"", "'b'"]) }

  private mutating func format() -> String {
    random.pick([
      "f\"{a}\"", "f\"x {  a+1 } {{y}}\"", "f\"{f.g(1,2)} {f\"{b}\"}\"", "f\"\"\"{ // why\n a }\n  b\"\"\"",
      "f\"{ {'k':1}['k'] }\"",
    ])
  }

  private mutating func expression() {
    depth += 1
    defer { depth -= 1 }
    guard depth < 5 else { return atom() }
    switch random.count(0...16) {
    case 0, 1:
      expression()
      put(random.pick(["==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in", "and", "or", "&&", "||"]))
      operand()
    case 2:
      operand()
      put("not", "in")
      operand()
    case 3:
      operand()
      put("?")
      operand()
      put(":")
      operand()
    case 4:
      put(random.pick(["not", "!", "-", "!", "- -", "-!"]))
      bracketed("(", ")") { $0.expression() }
    case 5:
      member()
      put("??")
      operand()
    default: operand()
    }
  }

  private mutating func operand() {
    switch random.count(0...5) {
    case 0: bracketed("(", ")") { $0.expression() }
    case 1, 2: member()
    default: atom()
    }
  }

  private mutating func atom() {
    switch random.count(0...13) {
    case 0: put(random.pick(["1", "0x1d", "12u", "1.5", ".5", "1e3"]))
    case 1: put(random.pick(["-", "- "]), "~1")
    case 2: put(random.pick(["90s", "1h30m", "154h50m"]))
    case 3: put(random.pick(["@2026-10-10", "@2026-10-10T09:30", "@2026-10-10T09:30:00.5+08:00"]))
    case 4: put(string())
    case 5: put(format())
    case 6: put(random.pick(["true", "null", "b'x'"]))
    case 7 where depth < 5:
      bracketed("[", "]") { program in
        program.list(0...3) {
          $0.maybe(5) { $0.put("?") }
          $0.expression()
        }
      }
    case 8 where depth < 5:
      bracketed("{", "}") { program in
        program.list(0...2) {
          $0.maybe(5) { $0.put("?") }
          $0.expression()
          $0.put(":")
          $0.expression()
        }
      }
    case 9 where depth < 5: record()
    case 10: put(".", "~a")
    default: put(name())
    }
  }

  private mutating func member() {
    put(name())
    for _ in 0..<random.count(1...3) {
      switch random.count(0...4) {
      case 0: bracketed("[", "]") { $0.expression() }
      case 1:
        text += "."
        put(random.pick(["~b", "kind", "?x", "~?y"]))
      case 2:
        put(".", "size")
        bracketed("(", ")") { $0.list(0...2) { $0.expression() } }
      default: put("~.\(random.pick(["b", "created_at", "客户"]))")
      }
    }
  }

  private mutating func record() {
    put(type())
    bracketed("{", "}") { program in
      program.list(0...3) {
        $0.put($0.name(), ":")
        $0.expression()
      }
    }
  }

  // MARK: - Declarations

  private mutating func block(_ items: (inout RandomProgram) -> Void) {
    put("{")
    items(&self)
    put("}")
  }

  private mutating func items(_ range: ClosedRange<Int>, _ item: (inout RandomProgram) -> Void) {
    for _ in 0..<random.count(range) { item(&self) }
  }

  private mutating func titles() { items(0...2) { $0.maybe(3) { $0.put($0.plainString()) } } }

  private mutating func typeExpression() {
    switch random.count(0...4) {
    case 0:
      put("list", "<")
      typeExpression()
      put(">")
    case 1:
      put("map", "<", "string", ",")
      typeExpression()
      put(">")
    default: put(random.pick(["int", "duration", "Feedback", "等级"]))
    }
    maybe(4) { $0.put("?") }
  }

  private mutating func parameters() {
    bracketed("(", ")") { program in
      program.list(0...3) {
        $0.put($0.name(), ":")
        $0.typeExpression()
      }
    }
  }

  private mutating func declaration() {
    depth = 0
    text += random.pick(["\n", "\n\n", "\n// about\n", " "])
    switch random.count(0...15) {
    case 0: put("zone", plainString())
    case 1:
      put("use", "support")
      maybe { $0.put("with", $0.random.pick(["all", "a, b"])) }
    case 2:
      put("enum", type())
      titles()
      block { program in
        program.list(0...4) {
          $0.put($0.name())
          $0.titles()
        }
      }
    case 3:
      put("entity", type())
      titles()
      maybe { $0.put("as", "e") }
      fields()
    case 4:
      put("extend", "entity", type())
      fields()
    case 5:
      put("entity", type(), "=", type(), "as", "p", "where")
      expression()
    case 6: source()
    case 7: calendar()
    case 8:
      put("let", name())
      maybe {
        $0.put(":")
        $0.typeExpression()
      }
      put("=")
      expression()
    case 9:
      put("func", name())
      titles()
      parameters()
      put(":")
      typeExpression()
      put("=")
      expression()
    case 10: table()
    case 11: route()
    case 12: sla()
    case 13: kpi()
    case 14:
      put("ensure", name())
      titles()
      put("for", "each", type(), "as", "x")
      maybe { $0.put(",", "each", "T", "as", "t") }
      block { program in
        program.maybe { $0.clause("where") }
        program.maybe { $0.clause("during", "next") }
        program.clause("expect")
        program.maybe { $0.clause("because") }
      }
    default:
      if random.chance(2) { fixture() } else { test() }
    }
  }

  private mutating func clause(_ words: String...) {
    for word in words { put(word) }
    expression()
  }

  private mutating func fields() {
    block { program in
      program.items(0...4) { program in
        switch program.random.count(0...4) {
        case 0:
          program.put("key", program.name(), ":", "string")
        case 1:
          program.put("let", program.name())
          program.clause("=")
        case 2:
          program.put(program.name(), ":", "list<T>", "from", "T", ".", "f", "as", "g", "where")
          program.expression()
        default:
          program.put(program.name(), ":")
          program.typeExpression()
          program.titles()
          program.maybe(3) { $0.clause("=") }
        }
        program.maybe(4) { $0.put(",") }
      }
    }
  }

  private mutating func source() {
    put("source", type(), "from", plainString())
    maybe(4) { $0.put("table", "\"t\"") }
    put("as", "row")
    block { program in
      program.maybe { $0.put("missing", "\"?\"", ",", "''") }
      program.maybe { $0.put("times", "\"d/M/yyyy\"", "zone", "\"UTC\"") }
      program.maybe { $0.clause("created") }
      program.maybe {
        $0.clause("version")
        $0.clause(",")
      }
      program.maybe { $0.put("backfilled", "a", ",", "b") }
      program.maybe { $0.put("accept", "state", "\"-100\"", "as", "absent") }
      program.maybe { $0.clause("accept", "state", "\"-1\"", "as") }
      program.maybe { $0.put("encoding", "\"gb18030\"") }
      program.maybe { $0.put("reject", "at", "most", "20") }
      program.items(0...3) {
        $0.put($0.name())
        $0.clause("=")
      }
    }
  }

  private mutating func windows() {
    list(1...2) { program in
      let space = program.random.pick(["", " "])
      program.put("09", "~:", "~30" + space + "-" + space, "~21:00")
      program.maybe(4) { $0.put("~:30") }
    }
  }

  private mutating func calendar() {
    put("calendar", name())
    titles()
    block { program in
      program.maybe { $0.put("zone", "\"UTC\"") }
      program.maybe { $0.put("like", "other") }
      program.maybe { $0.put("known", "until", "@2026-12-31") }
      program.items(0...2) {
        $0.put("open", "mon", "-", "fri", ",", "sun")
        $0.windows()
      }
      program.maybe {
        $0.put("open", "@2026-10-10", "..", "@2026-10-11")
        $0.windows()
        $0.put("\"调休\"")
      }
      program.maybe { $0.put("closed", "@2026-10-01", "..", "@2026-10-07", ",", "@2026-12-25", "\"holidays\"") }
      program.maybe { $0.put("holidays", "\"cn.csv\"") }
    }
  }

  private mutating func row(_ columns: Int, _ cell: (inout RandomProgram) -> Void) {
    inRow = true
    for column in 0..<columns {
      if column > 0 { put("|") }
      cell(&self)
    }
    inRow = false
    lineEnd()
  }

  private mutating func table() {
    put("table", name())
    titles()
    parameters()
    put(":")
    typeExpression()
    if random.chance(4) {
      put("from", "\"t.csv\"")
      maybe { $0.put("{", "hit", "all", "}") }
      return
    }
    put("{")
    maybe { $0.put("hit", $0.random.pick(["first", "unique", "all"])) }
    let columns = random.count(0...3)
    inRow = true
    for _ in 0..<columns { put(random.pick(["priority", "等级", "hit", "x"]), "|") }
    put("result")
    inRow = false
    lineEnd()
    for _ in 0..<random.count(0...4) {
      for _ in 0..<columns {
        inRow = true
        cell()
        put("|")
      }
      inRow = false
      row(1) { $0.atom() }
    }
    put("}")
  }

  private mutating func cell() {
    switch random.count(0...6) {
    case 0: put("_")
    case 1: put(random.pick([">=", "<", "=="]), random.pick(["gold", "-1", "金牌", "1h"]))
    case 2: put("1", "..", random.pick(["2.5", "-1", ".5"]))
    case 3: put("high", ",", "moderate", ",", "null")
    default: expression()
    }
  }

  private mutating func route() {
    put("route", name())
    titles()
    put("for", type(), ".", "owner", "as", "f")
    block { program in
      program.maybe { $0.clause("where") }
      program.maybe {
        $0.clause("order", "highest")
        $0.clause("then", "lowest")
      }
      program.maybe(4) { $0.put("hit", "unique") }
      program.items(0...3) { program in
        program.put("rule", program.name())
        program.titles()
        program.block { program in
          program.items(0...2) { $0.clause($0.random.pick(["when", "unless"])) }
          program.targets()
          program.items(0...2) { $0.effect() }
          program.maybe { $0.clause("because") }
        }
      }
      if program.random.chance(3) {
        program.put("otherwise", "nobody")
      } else {
        program.put("otherwise")
        program.targets()
      }
    }
  }

  private mutating func targets() {
    put("to")
    target()
    items(0...2) { program in
      switch program.random.count(0...3) {
      case 0: program.put("else", "next")
      case 1:
        program.put("else", "after", "30m", "of", "desk", "from", "f.created_at", "to")
        program.target()
      default:
        program.put("else", "to")
        program.target()
      }
    }
  }

  private mutating func target() {
    guard random.chance(2) else { return expression() }
    put("one", type(), "as", "pm")
    maybe { $0.clause("where") }
    maybe { $0.clause("prefer") }
    maybe {
      $0.clause("pick", "lowest")
      $0.maybe { $0.clause("then", "highest") }
      $0.maybe { $0.put("then", "round", "robin") }
    }
  }

  private mutating func effect() {
    if random.chance(3) {
      put("set", "f", ".", "x")
      clause("=")
    } else {
      put("notify")
      member()
      put(random.chance(2) ? format() : string())
    }
  }

  private mutating func sla() {
    put("sla", name())
    titles()
    put("for", type(), "as", "f")
    block { program in
      program.maybe { $0.clause("where") }
      program.clause("start", "at")
      program.put("stop")
      if program.random.chance(2) {
        program.clause("when")
      } else {
        program.put("on")
        program.member()
        program.put("as", "m")
        program.maybe { $0.clause("where") }
      }
      program.maybe { $0.clause("pause", "while") }
      program.maybe { $0.clause("cancel", "when") }
      program.clause("target")
      program.maybe { $0.put("workdays") }
      program.maybe { $0.clause("using") }
      program.maybe(3) {
        $0.put("every", "week", "from")
        $0.expression()
        $0.maybe { $0.clause("until") }
        $0.put("due", "fri", "17:00")
      }
      program.maybe { $0.put("cycles", $0.random.pick(["each", "once"])) }
      program.maybe { $0.put("on", "change", "keep") }
      program.maybe { $0.put("on", "reopen", "count", "gap") }
      program.items(0...3) { program in
        if program.random.chance(3) {
          program.put("after", "breach", "every", "4h", "up", "to", "3", "times", "as", "n")
        } else {
          program.put("at", program.random.pick(["75%", "75 %", "breach", "-5m", "quarter_way", "1.5"]))
        }
        program.maybe(4) { $0.put("during", "desk") }
        program.items(1...2) { $0.effect() }
      }
    }
  }

  private mutating func kpi() {
    put("kpi", name())
    titles()
    put("over", type(), "as", "s")
    block { program in
      program.maybe { $0.clause("where") }
      program.maybe { $0.clause("settled", "when") }
      program.maybe { $0.clause("every", "month", "of") }
      program.maybe {
        $0.clause("by")
        $0.maybe { $0.put("as", "g") }
        $0.maybe { $0.clause(",", "every", "Product", "as", "p", "on") }
      }
      program.clause("value")
      program.maybe { $0.put("absent", "skip") }
      program.maybe { $0.put("target", ">=", "90", "%") }
      program.maybe { $0.put("warn", ">=", $0.random.pick(["80%", "-1h", "low_mark"])) }
      program.maybe { $0.put("unit", "\"h\"") }
      program.maybe { $0.put("at", "least", "30", "rows") }
      program.maybe {
        $0.put("at", "off_target")
        $0.effect()
      }
      program.maybe {
        $0.put("at", "warning")
        $0.effect()
      }
    }
  }

  private mutating func fixture() {
    put("fixture", name())
    titles()
    block { program in
      program.items(0...3) {
        $0.depth = 2
        $0.record()
        $0.maybe(4) { $0.put(",") }
      }
    }
  }

  private mutating func test() {
    put("test", plainString())
    maybe { $0.put("tags", "\"a\"", ",", "\"b\"") }
    maybe(4) { $0.put($0.random.pick(["skip", "todo"]), "\"later\"") }
    block { program in
      program.items(0...6) { program in
        switch program.random.count(0...8) {
        case 0: program.clause("now")
        case 1: program.put("given", program.random.pick(["acme", "data \"data\""]))
        case 2:
          program.put("let", "f")
          program.clause("=")
        case 3: program.clause("wait")
        case 4:
          program.put("set", "f", ".", "a")
          program.clause("=")
        case 5:
          program.put("add")
          program.depth = 2
          program.record()
        case 6: program.cases()
        default:
          program.clause("expect")
          program.maybe(3) {
            $0.put($0.random.pick(["fails \"no\"", "within 0.5 %", "within 1h", "matches snapshot \"s\""]))
          }
        }
        program.depth = 0
      }
    }
  }

  private mutating func cases() {
    let columns = random.count(1...3)
    put("cases", "{")
    inRow = true
    for column in 0..<columns {
      if column > 0 { put("|") }
      put(name())
      maybe {
        $0.put(":")
        $0.typeExpression()
      }
    }
    inRow = false
    lineEnd()
    items(0...4) { $0.row(columns) { $0.expression() } }
    put("}")
  }
}

extension String {
  fileprivate func replacingLineEnds() -> String {
    var result = ""
    for scalar in unicodeScalars {
      if scalar == "\n" { result.unicodeScalars.append("\r") }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
