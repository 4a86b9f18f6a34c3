/// Changes inside expressions.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension MutationFinder {
  /// A condition that is a clause of its own, behind one word: without it, and with changes inside it.
  mutating func visit(clause expression: Expression) {
    if let word = token(before: expression.span) {
      removeLine(.clause, word.union(expression.span))
    }
    visit(expression)
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .literal(let literal): visit(literal, expression.span)
    case .name(let name, _): visit(enumCase: name)
    case .select(let base, let name, _):
      if case .name(let type, _) = base.kind, let known = enums.first(where: { $0.name == type.text }) {
        replace(name, among: known.cases)
        return
      }
      visit(base)
    case .unary(.not, let operand, let place):
      // Without the word and the space behind it.
      var end = Int(place.end)
      while end < file.bytes.count, file.bytes[end] == UInt8(ascii: " ") { end += 1 }
      add(.operator, SourceSpan(file: tree.file, start: Int(place.start), end: end), "")
      visit(operand)
    case .unary(.negate, let operand, _):
      if case .literal = operand.kind { return }
      visit(operand)
    case .binary(let relation, let left, let right, let place):
      visit(relation, at: place)
      visit(left)
      visit(right)
    case .logical(let logical, let operands):
      for (left, right) in zip(operands, operands.dropFirst()) {
        guard let word = junction(left.span, right.span) else { continue }
        let isWord = file.bytes[Int(word.start)] == UInt8(ascii: logical == .and ? "a" : "o")
        add(.operator, word, logical == .and ? (isWord ? "or" : "||") : (isWord ? "and" : "&&"))
      }
      for operand in operands { visit(operand) }
    case .list(let elements) where elements.count > 1:
      for (index, element) in elements.enumerated() {
        removeElement(elements.map(\.value.span), index)
        if case .literal = element.value.kind { continue }
        visit(element.value)
      }
    case .formatted: break
    case .index(let base, let key, _):
      visit(base)
      // `Team["triage"]`: another key is an error, which any test notices.
      if case .literal(.string) = key.kind { return }
      visit(key)
    case .call, .methodCall, .conditional, .coalesce, .list, .map, .record, .missing:
      for part in expression.parts { visit(part) }
    }
  }

  mutating func visit(_ relation: BinaryOperator, at span: SourceSpan) {
    switch relation {
    case .less: add(.boundary, span, "<=")
    case .lessOrEqual: add(.boundary, span, "<")
    case .greater: add(.boundary, span, ">=")
    case .greaterOrEqual: add(.boundary, span, ">")
    case .equal: add(.operator, span, "!=")
    case .notEqual: add(.operator, span, "==")
    case .add: add(.operator, span, "-")
    case .subtract: add(.operator, span, "+")
    case .multiply: add(.operator, span, "/")
    case .divide: add(.operator, span, "*")
    case .modulo: add(.operator, span, "*")
    case .in: add(.operator, span, "not in")
    case .notIn: add(.operator, span, "in")
    }
  }

  // MARK: - Constants

  private mutating func visit(_ literal: Literal, _ span: SourceSpan) {
    switch literal {
    case .null, .bytes: break
    case .bool(let bit): add(.constant, span, bit ? "false" : "true")
    case .int(let number): if number < .max { add(.constant, span, "\(number + 1)") }
    case .uint(let number): if number < .max { add(.constant, span, "\(number + 1)u") }
    case .double(let number): if number.magnitude < 1e15 { add(.constant, span, "\(number + 1)") }
    case .string(let text): visit(text: text, span)
    case .duration(let text): if let longer = Self.longer(text) { add(.constant, span, longer) }
    case .date(let text), .timestamp(let text):
      guard let day = CivilDate.parse(text.prefix(10))?.addingDays(1) else { return }
      add(.constant, span, "@\(day)\(text.dropFirst(10))")
    }
  }

  private mutating func visit(text: String, _ span: SourceSpan) {
    guard !text.isEmpty else { return }
    let bytes = file.bytes[Int(span.start)..<Int(span.end)]
    guard let quote = bytes.last else { return }
    let quotes = bytes.count >= 6 && bytes.suffix(3).allSatisfy { $0 == quote } ? 3 : 1
    let end = Int(span.end) - quotes
    add(.constant, SourceSpan(file: tree.file, start: end, end: end), "~")
  }

  /// A minute more, or where seconds count one of them.
  static func longer(_ text: String) -> String? {
    guard case .success(let length) = TimeDuration.parseLiteral(text) else { return nil }
    let step = length.nanoseconds == 0 && length.seconds % 60 == 0 ? 60 : 1
    guard let longer = length.adding(TimeDuration(uncheckedSeconds: Int64(step))) else { return nil }
    return longer.humanString().split(separator: " ").joined()
  }

  mutating func visit(_ limit: Limit) {
    switch limit.kind {
    case .number(let text, let isPercent):
      guard let number = Double(text) else { return }
      // The same number of decimals, one more in the last place.
      let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
      var step = 1.0
      for _ in 0..<decimals { step /= 10 }
      let sign = isPercent ? "%" : ""
      let other = isPercent && number >= 100 ? number - step : number + step
      add(.constant, limit.span, Self.decimal(other, decimals) + sign)
    case .duration(let text, let isNegative):
      if !isNegative, let longer = Self.longer(text) { add(.constant, limit.span, longer) }
    case .name: break
    }
  }

  private static func decimal(_ number: Double, _ places: Int) -> String {
    guard places > 0 else { return "\(Int(number.rounded()))" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((number.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return (number < 0 ? "-" : "") + "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count)
      + fraction
  }

  // MARK: - Enums

  /// A bare name may be a variable: then what the checker makes of the change tells.
  private mutating func visit(enumCase name: Name) {
    guard let known = enums.first(where: { $0.cases.contains(name.text) }) else { return }
    replace(name, among: known.cases)
  }

  private mutating func replace(_ name: Name, among cases: [String]) {
    guard let place = cases.firstIndex(of: name.text), cases.count > 1 else { return }
    add(.enum, name.span, cases[place + 1 < cases.count ? place + 1 : place - 1])
  }

  // MARK: - Removing

  private mutating func removeElement(_ spans: [SourceSpan], _ index: Int) {
    let (start, end) =
      index + 1 < spans.count
      ? (Int(spans[index].start), Int(spans[index + 1].start)) : (Int(spans[index - 1].end), Int(spans[index].end))
    add(.element, SourceSpan(file: tree.file, start: start, end: end), "")
  }

  /// A clause with the words before its expression.
  mutating func remove(_ kind: MutationKind, clause expression: Expression, words: [String]) {
    var span = expression.span
    for word in words.reversed() {
      guard let token = token(before: span), text(token) == word else { return }
      span = token.union(span)
    }
    removeLine(kind, span)
  }

  /// With its line, where nothing else stands on it.
  mutating func removeLine(_ kind: MutationKind, _ span: SourceSpan) {
    var (start, end) = (Int(span.start), Int(span.end))
    while start > 0, file.bytes[start - 1] == UInt8(ascii: " ") || file.bytes[start - 1] == UInt8(ascii: "\t") {
      start -= 1
    }
    while end < file.bytes.count, file.bytes[end] == UInt8(ascii: " ") { end += 1 }
    let isAlone =
      (start == 0 || file.bytes[start - 1] == UInt8(ascii: "\n"))
      && (end == file.bytes.count || file.bytes[end] == UInt8(ascii: "\n"))
    add(kind, isAlone ? SourceSpan(file: tree.file, start: start, end: end) : span, "")
  }

  // MARK: - Tokens

  func text(_ span: SourceSpan) -> String { file.text(span) }

  func tokens(in span: SourceSpan) -> ArraySlice<Token> {
    let first = tree.tokens.partition { $0.start >= span.start }
    let last = tree.tokens.partition { $0.start >= span.end }
    return tree.tokens[first..<max(first, last)]
  }

  /// The token before a place, parentheses passed over.
  func token(before span: SourceSpan) -> SourceSpan? {
    var index = tree.tokens.partition { $0.start >= span.start } - 1
    while index >= 0, tree.tokens[index].kind == .leftParenthesis { index -= 1 }
    return index >= 0 ? tree.tokens[index].span(in: tree.file) : nil
  }

  /// The `and` between two operands.
  private func junction(_ left: SourceSpan, _ right: SourceSpan) -> SourceSpan? {
    tokens(in: SourceSpan(file: tree.file, start: Int(left.end), end: Int(right.start))).first { token in
      switch token.kind {
      case .andAnd, .orOr: return true
      case .identifier:
        let word = text(token.span(in: tree.file))
        return word == "and" || word == "or"
      default: return false
      }
    }?.span(in: tree.file)
  }

  func words(_ first: String, _ second: String, in span: SourceSpan) -> (SourceSpan, SourceSpan)? {
    let tokens = self.tokens(in: span)
    for (a, b) in zip(tokens, tokens.dropFirst()) {
      let (a, b) = (a.span(in: tree.file), b.span(in: tree.file))
      if text(a) == first, text(b) == second { return (a, b) }
    }
    return nil
  }

  /// `reopen count gap`: the words behind other words, replaced together.
  mutating func replaceWords(
    _ kind: MutationKind, _ before: [String], _ old: String, _ new: String, in span: SourceSpan
  ) {
    let wanted = before + old.split(separator: " ").map(String.init)
    let spans = tokens(in: span).map { $0.span(in: tree.file) }
    guard spans.count >= wanted.count else { return }
    for start in 0...(spans.count - wanted.count) {
      let run = spans[start..<(start + wanted.count)]
      guard zip(run, wanted).allSatisfy({ text($0) == $1 }) else { continue }
      let words = run.dropFirst(before.count)
      guard let first = words.first, let last = words.last else { return }
      return add(kind, first.union(last), new)
    }
  }
}

extension [Token] {
  /// The first place at which a condition that stays true begins to hold.
  fileprivate func partition(_ holds: (Token) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Expression {
  /// Its direct parts, from left to right.
  var parts: [Expression] {
    switch kind {
    case .literal, .name, .missing: []
    case .select(let base, _, _), .unary(_, let base, _): [base]
    case .index(let left, let right, _), .binary(_, let left, let right, _), .coalesce(let left, let right):
      [left, right]
    case .call(_, let arguments, _), .logical(_, let arguments): arguments
    case .methodCall(let base, _, let arguments): [base] + arguments
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .record(_, _, let fields): fields.map(\.value)
    case .formatted(let pieces): pieces.compactMap { if case .hole(let hole) = $0 { hole } else { nil } }
    }
  }
}
