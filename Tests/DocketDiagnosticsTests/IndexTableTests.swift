import DocketDiagnostics
import Testing

@Suite struct IndexTableTests {
  @Test(arguments: [1, 3, 1_000])
  func findsWhatWasAddedWhateverTheHashes(spread: Int) {
    var table = IndexTable()
    let elements = (0..<3_000).map { $0 * 7 }
    let hash = { (element: Int) in element % spread &* 0x1E37_79B9_7F4A_7C15 }
    for (i, element) in elements.prefix(spread == 1 ? 300 : 3_000).enumerated() {
      #expect(table.index(hash: hash(element)) { elements[$0] == element } == nil)
      table.add(i, hash: hash(element))
    }
    for (i, element) in elements.prefix(300).enumerated() {
      #expect(table.index(hash: hash(element)) { elements[$0] == element } == i)
      #expect(table.index(hash: hash(element + 1)) { elements[$0] == element + 1 } == nil)
    }
  }

  @Test func oneDiagnosticIsToldOnceAndTooManyAreCounted() {
    var diagnostics = Diagnostics(limit: 3)
    for name in ["a", "b", "a", "c", "d", "e", "a"] { diagnostics.report(Diagnostic(.unused, "`\(name)`")) }
    diagnostics.report(Diagnostic(.noZone, "an error"))
    #expect(
      diagnostics.all.map(\.message) == ["`a`", "`b`", "`c`", "there are more warnings than these 3", "an error"])
    #expect(diagnostics.errorCount == 1)
    var all = Diagnostics(limit: 3)
    all.append(diagnostics)
    all.append(diagnostics)
    #expect(all.all.map(\.message) == diagnostics.all.map(\.message))
  }
}
