import DocketRuntime
import DocketSemantics
import Testing

@testable import DocketData

@Suite("Keys") struct KeyTests {
  @Test("numbers near and far apart, negative ones too, are found again and stand in order")
  func numbers() {
    for spread in [1, 3, 1 << 40] {
      let fixture = DataFixture()
      let item = fixture.entity("Item", [("id", .int), ("twice?", .int)])
      var random = SplitMix(state: 6)
      let keys = (-40...40).map { $0 * spread }
      fixture.write("Item.csv", "id,twice\n" + keys.shuffled(using: &random).map { "\($0),\($0 * 2)\n" }.joined())
      let loaded = fixture.load()
      #expect(loaded.told == [])
      #expect(loaded.rows() == keys.map { ["\($0)", "\($0 * 2)"] })
      let table = loaded.world.table(item)
      #expect(keys.indices.allSatisfy { table?.record(key: .int(Int64(keys[$0]))) == $0 })
      #expect(table?.record(key: .int(Int64(41 * spread))) == nil)
      #expect(table?.record(key: .int(.min)) == nil)
    }
  }

  @Test("texts stand in the order of their code points, however long what they share")
  func texts() {
    let fixture = DataFixture()
    fixture.entity("Item", [("id", .string)])
    let keys = [
      "", "a", "a-much-longer-key-than-16-bytes-1", "a-much-longer-key-than-16-bytes-2", "b", "é", "客", "客户",
      "\u{1F600}",
    ]
    var random = SplitMix(state: 7)
    fixture.write("Item.csv", "id\n" + keys.dropFirst().shuffled(using: &random).joined(separator: "\n"))
    #expect(fixture.load().rows().map { $0[0] } == Array(keys.dropFirst()))
  }

  @Test("tens of thousands of different texts keep their own symbols")
  func manySymbols() {
    let fixture = DataFixture()
    fixture.entity("Item", [("id", .string), ("text?", .string)])
    let numbers = (0..<20_000).map { String($0 + 100_000) }
    fixture.write("Item.csv", "id,text\n" + numbers.map { "\($0),t\($0)\n" }.joined())
    #expect(fixture.load().rows() == numbers.map { [$0, "t\($0)"] })
  }
}
