/// Changes inputs token by token: bytes alone rarely make anything that parses.
///
/// A token or a bracketed run is left out, doubled, swapped with another of the same input, wrapped, or replaced by one of the
/// fragments below. libFuzzer's own changes of bytes take turns with these.

import CFuzzer
import DocketDiagnostics
import DocketSyntax
import Glibc

/// Called by libFuzzer to change an input in place.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
  if areInputsTokens, seed % 2 == 0,
    let new = TokenMutator.mutated(Array(UnsafeBufferPointer(start: bytes, count: count)), seed: seed / 2),
    new.count <= limit
  {
    bytes.update(from: new, count: new.count)
    return new.count
  }
  return LLVMFuzzerMutate(bytes, count, limit)
}

/// Tables of data are no text of Docket.
private let areInputsTokens = getenv("DOCKET_FUZZ_TARGET").map { String(cString: $0) } != "csv"

struct TokenMutator {
  private var random: Random
  private let bytes: [UInt8]
  private let tokens: [Token]

  /// `nil` where there is nothing to change.
  static func mutated(_ bytes: [UInt8], seed: UInt32) -> [UInt8]? {
    let file = SourceFile(id: FileID(index: 0), path: "fuzz", bytes: bytes)
    var diagnostics = Diagnostics()
    let tokens = Lexer.lex(file, &diagnostics).tokens.dropLast()
    guard !tokens.isEmpty else { return nil }
    var mutator = TokenMutator(random: Random(state: UInt64(seed)), bytes: bytes, tokens: Array(tokens))
    return mutator.mutate()
  }

  private mutating func mutate() -> [UInt8] {
    let (start, end) = run()
    let old = bytes[start..<end]
    let (otherStart, otherEnd) = run()
    let other = bytes[otherStart..<otherEnd]
    let fragment = Array(Self.fragments[random.below(Self.fragments.count)].utf8)
    let operators = Self.operators[random.below(Self.operators.count)].utf8
    let new: [UInt8]
    switch random.below(9) {
    case 0: new = []
    case 1: new = Array(old) + [0x20] + old
    case 2: new = Array(other)
    case 3: new = Array(old) + operators + other
    case 4: new = Array(old) + operators + fragment
    case 5: new = fragment + operators + old
    case 6: new = Array("(".utf8) + old + Array(")".utf8)
    default: new = fragment
    }
    return Array(bytes[..<start]) + new + bytes[end...]
  }

  /// A token, with a bracket all up to the one that closes it, or a few tokens.
  private mutating func run() -> (start: Int, end: Int) {
    let first = random.below(tokens.count)
    var last = first
    if let closing = Self.closings[tokens[first].kind] {
      var depth = 0
      while last < tokens.count {
        if tokens[last].kind == tokens[first].kind { depth += 1 }
        if tokens[last].kind == closing { depth -= 1 }
        if depth == 0 { break }
        last += 1
      }
      last = min(last, tokens.count - 1)
      if random.below(4) == 0, first > 0 { return (Int(tokens[first - 1].start), Int(tokens[last].end)) }
    } else if random.below(3) == 0 {
      last = min(first + random.below(5), tokens.count - 1)
    }
    return (Int(tokens[first].start), Int(tokens[last].end))
  }

  private static let closings: [Token.Kind: Token.Kind] = [
    .leftParenthesis: .rightParenthesis, .leftBracket: .rightBracket, .leftBrace: .rightBrace, .formatStart: .formatEnd,
    .holeStart: .holeEnd,
  ]

  private static let operators = [
    " + ", " - ", " * ", " / ", " % ", " == ", " != ", " < ", " >= ", " && ", " or ", " in ", " not in ", " ?? ", ".",
    "[", ", ", " ? ", " : ", "\n",
    "..", " | ", " and not ", ": ", "(", ") ", "] ", " ",
  ]

  private static let fragments = [
    "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "0u", "0.5", "-0.0", "1e308",
    "double(\"NaN\")", "true",
    "null", "\"\"", "\"a\"", "\"ä😀\"", "b\"\\xff\"", "[]", "[1, 2, 3]", "[null]", "{}", "{\"a\": 1}",
    "{1: 2u, 1.5: []}", "optional.none()",
    "optional.of(1)", "1h", "-90m", "0s", "@2026-10-10", "@2026-03-29T02:30",
    "timestamp(\"9999-12-31T23:59:59.999999999Z\")",
    "timestamp(\"0001-01-01T00:00:00Z\")", "duration(\"315576000000s\")", "f\"{1} {t}\"", "now", "b", "i", "u", "d",
    "s", "y", "l", "m", "t", "h",
    "o", "x", "n", "desk", "limit", "names", "Person", "Level.high", "high", "twice(1)", "price(low, 1)", "int",
    "type(1)", ".size()", ".a", ".?a",
    "[0]", "[?0]", ".map(e, e)", ".filter(e, true)", ".all(e, e == 1)", ".exists(k, v, v == k)",
    ".transformMap(k, v, v)",
    ".transformMapEntry(k, v, {v: k})", ".sort_by(e, e)", ".sort()", ".min()", ".max()", "sum([1])", ".first()",
    ".reverse()", ".distinct()",
    ".flatten()", ".slice(0, 1)", ".join(\",\")", ".split(\"\")", ".replace(\"\", \"x\")", ".substring(1)",
    ".indexOf(\"\")", ".charAt(0)",
    ".format([1, \"a\", 2.5])", "\"%.9f %x %b %e %s\"", ".matches(\"(a*)*\")", ".getHours(\"Asia/Shanghai\")",
    ".add_days(1)", ".add_months(-1)",
    ".start()", "start_of(week, t)", "end_of(year, t)", ".elapsed(t, now)", ".add(t, 1h)", ".add_workdays(t, 5)",
    ".closing(t, 1)", ".at(t, \"09:30\")",
    "cel.bind(q, 1, q)", ".optMap(q, q)", ".orValue(1)", ".hasValue()", ".value()", "has(m.a)", "string(1)", "int(t)",
    "bytes(\"a\")", "dyn(1)",
    "uint(1)", "timestamp(0)", "date(t)", "math.greatest(1, 2.0)", "math.bitShiftLeft(1, 63)", "math.round(0.5)",
    "lists.range(3)", "base64.encode(b\"a\")",
    "when", "to", "otherwise nobody", "target", "value count()", "count()", "ratio(true)", "mean(1)",
    "percentile(1.0, 50)", "median(1h)", "gini(1.0)", "every week from t until t due fri 17:00",
    "every month of", "by", "where", "pause while", "stop when", "start at", "on reopen count gap", "restart", "carry",
    "at 50% notify \"a\" \"b\"",
    "expect", "wait 1h", "set", "given", "cases", "hit unique", "hit all", "_", "absent", "> 1", "1..2", "?",
    "list<int>", "int?", "timestamp",
    "key id: string", "let z = 1", "func g(n: int): int = n", "enum K { a, b }", "entity G { key id: int }",
    "open mon-sun 00:00-24:00", "closed",
  ]
}

/// SplitMix64.
private struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
