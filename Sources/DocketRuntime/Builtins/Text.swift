/// Text by code points, over its UTF-8 bytes: CEL's standard functions and its strings extension.

import CRE2
import DocketSemantics

extension Evaluator {
  /// A copy of the bytes: interning may move those of the symbols.
  func bytes(_ symbol: Symbol) -> [UInt8] { heap.symbols.withBytes(of: symbol) { Array($0) } }

  func size(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.size, a) }
    switch a[0] {
    case .string(let symbol): return .int(Int64(heap.symbols.withBytes(of: symbol) { CodePoints.count($0) }))
    case .bytes(let symbol): return .int(Int64(heap.symbols.byteCount(of: symbol)))
    case .list(let list): return .int(Int64(list.count))
    case .map(let map): return .int(Int64(heap.count(of: map)))
    default: return noSuchOverload(.size, a)
    }
  }

  // MARK: - Searching

  private func twoTexts(_ a: [Value]) -> ([UInt8], [UInt8])? {
    guard a.count == 2, case .string(let text) = a[0], case .string(let part) = a[1] else { return nil }
    return (bytes(text), bytes(part))
  }

  func contains(_ a: [Value]) -> Value {
    guard let (text, part) = twoTexts(a) else { return noSuchOverload(.contains, a) }
    guard charge(text.count / 64) else { return failSteps() }
    return .bool(CodePoints.find(part, in: text, from: 0) != nil)
  }

  func startsWith(_ a: [Value]) -> Value {
    guard let (text, part) = twoTexts(a) else { return noSuchOverload(.startsWith, a) }
    return .bool(text.starts(with: part))
  }

  func endsWith(_ a: [Value]) -> Value {
    guard let (text, part) = twoTexts(a) else { return noSuchOverload(.endsWith, a) }
    return .bool(text.count >= part.count && text[(text.count - part.count)...].elementsEqual(part))
  }

  func matches(_ a: [Value]) -> Value {
    guard a.count == 2, case .string(let text) = a[0], case .string(let pattern) = a[1] else {
      return noSuchOverload(.matches, a)
    }
    guard charge(heap.symbols.byteCount(of: text) / 64) else { return failSteps() }
    switch regexes.search(pattern, in: text, heap: heap, memory: limits.regexBytes) {
    case .match(let isFound): return .bool(isFound)
    case .invalid(let reason): return fail(.invalidArgument("the regular expression is wrong: \(reason)"))
    }
  }

  func indexOf(_ a: [Value]) -> Value {
    guard a.count == 2 || a.count == 3, let (text, part) = twoTexts(Array(a.prefix(2))) else {
      return noSuchOverload(.indexOf, a)
    }
    var start = 0
    if a.count == 3 {
      guard case .int(let offset) = a[2] else { return noSuchOverload(.indexOf, a) }
      guard offset >= 0, let position = CodePoints.offset(of: offset, in: text) else {
        return fail(.indexOutOfRange("\(offset)"))
      }
      start = position
    }
    guard charge(text.count / 64) else { return failSteps() }
    guard let found = CodePoints.find(part, in: text, from: start) else { return .int(-1) }
    return .int(Int64(CodePoints.count(text[..<found])))
  }

  /// The last place at or before the given one.
  func lastIndexOf(_ a: [Value]) -> Value {
    guard a.count == 2 || a.count == 3, let (text, part) = twoTexts(Array(a.prefix(2))) else {
      return noSuchOverload(.lastIndexOf, a)
    }
    var start = text.count
    if a.count == 3 {
      guard case .int(let offset) = a[2] else { return noSuchOverload(.lastIndexOf, a) }
      guard offset >= 0, let position = CodePoints.offset(of: offset, in: text) else {
        return fail(.indexOutOfRange("\(offset)"))
      }
      start = position
    }
    guard charge(text.count / 64) else { return failSteps() }
    guard let found = CodePoints.findLast(part, in: text, from: start) else { return .int(-1) }
    return .int(Int64(CodePoints.count(text[..<found])))
  }

  // MARK: - Parts

  func charAt(_ a: [Value]) -> Value {
    guard a.count == 2, case .string(let symbol) = a[0], case .int(let index) = a[1] else {
      return noSuchOverload(.charAt, a)
    }
    let text = bytes(symbol)
    guard index >= 0, let start = CodePoints.offset(of: index, in: text) else {
      return fail(.indexOutOfRange("\(index)"))
    }
    guard start < text.count else { return heap.string("") }
    return makeText(Array(text[start..<CodePoints.end(after: start, in: text)]))
  }

  func substring(_ a: [Value]) -> Value {
    guard a.count == 2 || a.count == 3, case .string(let symbol) = a[0], case .int(let from) = a[1] else {
      return noSuchOverload(.substring, a)
    }
    let text = bytes(symbol)
    guard from >= 0, let start = CodePoints.offset(of: from, in: text) else { return fail(.indexOutOfRange("\(from)")) }
    guard a.count == 3 else { return makeText(Array(text[start...])) }
    guard case .int(let to) = a[2] else { return noSuchOverload(.substring, a) }
    guard to >= 0, let end = CodePoints.offset(of: to, in: text) else { return fail(.indexOutOfRange("\(to)")) }
    guard from <= to else { return fail(.invalidArgument("a text has no part from \(from) to \(to)")) }
    return makeText(Array(text[start..<end]))
  }

  func trim(_ a: [Value]) -> Value {
    guard a.count == 1, case .string(let symbol) = a[0] else { return noSuchOverload(.trim, a) }
    let scalars = Array(heap.text(symbol).unicodeScalars)
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
    else {
      return heap.string("")
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[first...last])
    return makeText(Array(String(view).utf8))
  }

  func split(_ a: [Value]) -> Value {
    guard a.count == 2 || a.count == 3, let (text, separator) = twoTexts(Array(a.prefix(2))) else {
      return noSuchOverload(.split, a)
    }
    var limit = Int64.max
    if a.count == 3 {
      guard case .int(let given) = a[2] else { return noSuchOverload(.split, a) }
      if given >= 0 { limit = given }
    }
    guard charge(text.count / 16) else { return failSteps() }
    var parts: [Value] = []
    guard limit > 0 else { return makeList([]) }
    var start = 0
    if separator.isEmpty {
      while start < text.count, parts.count < limit - 1 {
        let end = CodePoints.end(after: start, in: text)
        parts.append(heap.string(Array(text[start..<end])))
        start = end
      }
      if start < text.count { parts.append(heap.string(Array(text[start...]))) }
      return makeList(parts)
    }
    while parts.count < limit - 1, let found = CodePoints.find(separator, in: text, from: start) {
      parts.append(heap.string(Array(text[start..<found])))
      start = found + separator.count
    }
    parts.append(heap.string(Array(text[start...])))
    return makeList(parts)
  }

  // MARK: - Changing

  func join(_ a: [Value]) -> Value {
    guard a.count == 1 || a.count == 2, case .list(let list) = a[0] else { return noSuchOverload(.join, a) }
    var separator: [UInt8] = []
    if a.count == 2 {
      guard case .string(let symbol) = a[1] else { return noSuchOverload(.join, a) }
      separator = bytes(symbol)
    }
    var text: [UInt8] = []
    for index in 0..<Int(list.count) {
      guard case .string(let symbol) = heap[list, index] else { return noSuchOverload(.join, a) }
      if index > 0 { text.append(contentsOf: separator) }
      heap.symbols.withBytes(of: symbol) { text.append(contentsOf: $0) }
      if text.count > limits.textBytes { break }
    }
    return makeText(text)
  }

  func changeCase(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .string(let symbol) = a[0] else { return noSuchOverload(builtin, a) }
    let letters = builtin == .lowerAscii ? UInt8(ascii: "A")...UInt8(ascii: "Z") : UInt8(ascii: "a")...UInt8(ascii: "z")
    return makeText(bytes(symbol).map { letters.contains($0) ? $0 ^ 0x20 : $0 })
  }

  func replace(_ a: [Value]) -> Value {
    guard a.count == 3 || a.count == 4, let (text, old) = twoTexts(Array(a.prefix(2))), case .string(let symbol) = a[2]
    else {
      return noSuchOverload(.replace, a)
    }
    let new = bytes(symbol)
    var limit = Int64.max
    if a.count == 4 {
      guard case .int(let given) = a[3] else { return noSuchOverload(.replace, a) }
      if given >= 0 { limit = given }
    }
    guard charge(text.count / 16) else { return failSteps() }
    var result: [UInt8] = []
    var start = 0
    var count: Int64 = 0
    while count < limit, result.count <= limits.textBytes {
      guard let found = CodePoints.find(old, in: text, from: start) else { break }
      result.append(contentsOf: text[start..<found])
      result.append(contentsOf: new)
      count += 1
      start = found + old.count
      if old.isEmpty {
        // Nothing is found before each code point and at the end.
        guard start < text.count else { break }
        let end = CodePoints.end(after: start, in: text)
        result.append(contentsOf: text[start..<end])
        start = end
      }
    }
    result.append(contentsOf: text[start...])
    return makeText(result)
  }

  func reverse(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.reverse, a) }
    switch a[0] {
    case .list(let list): return makeList(heap[list].reversed())
    case .string(let symbol):
      let text = bytes(symbol)
      var result: [UInt8] = []
      result.reserveCapacity(text.count)
      var end = text.count
      while end > 0 {
        var start = end - 1
        while start > 0, CodePoints.isContinuation(text[start]) { start -= 1 }
        result.append(contentsOf: text[start..<end])
        end = start
      }
      return makeText(result)
    default: return noSuchOverload(.reverse, a)
    }
  }

  func quote(_ a: [Value]) -> Value {
    guard a.count == 1, case .string(let symbol) = a[0] else { return noSuchOverload(.quote, a) }
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes(symbol) { Quoting.append(byte, to: &text) }
    text.append(UInt8(ascii: "\""))
    return makeText(text)
  }

  // MARK: - Encodings

  func base64Encode(_ a: [Value]) -> Value {
    guard a.count == 1, case .bytes(let symbol) = a[0] else { return noSuchOverload(.base64Encode, a) }
    return makeText(heap.symbols.withBytes(of: symbol) { Base64.encoded($0) })
  }

  func base64Decode(_ a: [Value]) -> Value {
    guard a.count == 1, case .string(let symbol) = a[0] else { return noSuchOverload(.base64Decode, a) }
    guard let bytes = heap.symbols.withBytes(of: symbol, { Base64.decode($0) }) else {
      return fail(.invalidArgument("the text is not base64"))
    }
    return makeBytes(bytes)
  }
}

/// Counting and finding in UTF-8.
enum CodePoints {
  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  static func count(_ text: some Collection<UInt8>) -> Int {
    var count = 0
    for byte in text where !isContinuation(byte) { count += 1 }
    return count
  }

  /// The byte at which the code point of this number starts; the end for as many as there are, `nil` beyond.
  static func offset(of index: Int64, in text: [UInt8]) -> Int? {
    var left = index
    for (offset, byte) in text.enumerated() where !isContinuation(byte) {
      if left == 0 { return offset }
      left -= 1
    }
    return left == 0 ? text.count : nil
  }

  static func end(after start: Int, in text: [UInt8]) -> Int {
    var end = start + 1
    while end < text.count, isContinuation(text[end]) { end += 1 }
    return end
  }

  /// The first place at or after `start`.
  static func find(_ part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { text in
      part.withUnsafeBufferPointer { part in find(part, in: text, from: start) }
    }
  }

  /// By the C library, whose search takes linear time for any part and text.
  @inline(__always) static func find(
    _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard !part.isEmpty else { return start }
    let found = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start...]).withMemoryRebound(
      to: CChar.self
    ) {
      text in
      UnsafeRawBufferPointer(part).withMemoryRebound(to: CChar.self) { part in
        cre2_find_literal(text.baseAddress, text.count, part.baseAddress, part.count)
      }
    }
    return found < 0 ? nil : start + Int(found)
  }

  /// The last place that is not after `start`.
  static func findLast(_ part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard !part.isEmpty else { return start }
    let last = min(start, text.count - part.count)
    guard last >= 0 else { return nil }
    // The same search from the end.
    let reversed = Array(text[..<(last + part.count)].reversed())
    guard let found = find(Array(part.reversed()), in: reversed, from: 0) else { return nil }
    return reversed.count - found - part.count
  }
}
