import DocketSemantics
import DocketTime
import Testing

@testable import DocketRuntime

@Suite struct HeapTests {
  @Test func symbolsSurviveAReset() {
    let symbols = Symbols()
    let kept = (0..<100).map { symbols.intern("kept \($0)") }
    let count = symbols.count
    for round in 0..<50 {
      // Past the growth of the table and of the bytes.
      let more = (0..<5000).map { symbols.intern("round \(round) text \($0)") }
      #expect(Set(more).count == 5000)
      #expect(symbols.text(more[4999]) == "round \(round) text 4999")
      symbols.reset(to: count)
      #expect(symbols.count == count)
    }
    for (number, symbol) in kept.enumerated() {
      #expect(symbols.intern("kept \(number)") == symbol)
      #expect(symbols.text(symbol) == "kept \(number)")
    }
    #expect(symbols.intern("round 0 text 0").index == UInt32(count))
  }

  @Test func aPartOfTheBytesCanBeInterned() {
    let symbols = Symbols()
    var symbol = symbols.intern(String(repeating: "x", count: 40_000))
    for _ in 0..<3 {
      symbol = symbols.withBytes(of: symbol) { symbols.intern(UnsafeBufferPointer(rebasing: $0[1...])) }
    }
    #expect(symbols.text(symbol) == String(repeating: "x", count: 39_997))
  }

  @Test func textsAreOrderedByCodePoints() {
    let symbols = Symbols()
    let texts = ["", "a", "ab", "b", "é", "客户", "\u{FFFD}", "😀"]
    for (left, right) in zip(texts, texts.dropFirst()) {
      #expect(symbols.compare(symbols.intern(left), symbols.intern(right)) < 0)
      #expect(symbols.compare(symbols.intern(right), symbols.intern(left)) > 0)
    }
  }

  @Test func aPatternWhoseSymbolWasReusedIsCompiledAnew() {
    let t = Tree()
    let engine = t.engine()
    let mark = engine.mark()
    let text = engine.heap.string("abc")
    _ = text
    let afterText = engine.heap.mark()
    #expect(engine.call(.matches, [text, engine.heap.string("b+")]).isTrue)
    engine.heap.reset(to: afterText)
    #expect(!engine.call(.matches, [text, engine.heap.string("x+")]).isTrue)
    engine.heap.reset(to: mark)
  }

  @Test func columnsKeepWhatTheyAreGiven() throws {
    let heap = Heap()
    let nanos = try #require(Instant(seconds: 5, nanoseconds: 7))
    let cases: [(Column.Kind, Value)] = [
      (.bool, .bool(true)), (.int, .int(.min)), (.uint, .uint(.max)), (.double, .double(-0.0)),
      (.string, heap.string("客")),
      (.bytes, heap.bytes([0, 255])), (.timestamp, .timestamp(nanos)), (.duration, .duration(.minimum)),
      (.date, .date(.minimum)), (.enumeration(EnumID(index: 3)), .enumeration(EnumValue(type: 3, ordinal: 2))),
      (.reference(EntityID(index: 1)), .int(77)), (.list, heap.list([.int(1), .int(2)])),
      (.map, heap.map(MapStorage(keys: [.int(1)], values: [.null]))),
    ]
    for (kind, value) in cases {
      let column = Column(kind: kind)
      for row in 0..<1000 { row % 3 == 0 ? column.appendAbsent() : column.append(value) }
      for row in 0..<1000 {
        let found = column.value(at: row)
        #expect(row % 3 == 0 ? found.isAbsent : heap.isIdentical(found, value))
      }
      let order = (0..<1000).map { UInt32(999 - $0) }
      let reordered = column.reordered(order)
      #expect(reordered.value(at: 0).isAbsent && heap.isIdentical(reordered.value(at: 1), value))
    }
  }

  @Test func nestingBeyondReasonIsAnError() {
    let heap = Heap()
    var deep = heap.list([.int(1)])
    for _ in 0..<100_000 { deep = heap.list([deep]) }
    var budget = Int.max
    #expect(heap.equals(deep, deep, budget: &budget) == nil)
    #expect(heap.describe(deep, schema: Schema()).hasPrefix("[[["))
  }
}

extension HeapTests {
  /// Sixty doublings of one list: a small value that nobody can write out.
  @Test func sharedPartsDoNotExplode() {
    let t = Tree()
    t.limits.steps = 100_000
    var slots = t.list(t.text("x"))
    for _ in 0..<60 { slots = t.node(.bind(slot: 0, slots, body: t.list(t.local(0), t.local(0)))) }
    #expect(t.show(t.call(.equal, slots, slots)) == "error: the evaluation takes more than 100000 steps")
    #expect(t.show(t.call(.format, t.text("%s"), slots)) == "error: a text has more than 16777216 bytes")
    #expect(t.show(t.node(.format([.value(slots)]))) == "error: a text has more than 16777216 bytes")
    #expect(t.show(slots).utf8.count < 2 << 20)
  }
}

extension Value {
  var isTrue: Bool { if case .bool(true) = self { true } else { false } }
}
