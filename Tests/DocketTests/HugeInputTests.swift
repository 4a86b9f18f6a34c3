/// Inputs far beyond what a person writes end with an error, soon, and without a crash.

import Docket
import DocketAnalysis
import DocketDiagnostics
import Testing

private func codes(_ text: String) -> [String] {
  var sources = SourceMap()
  sources.add(path: "huge.docket", text: text)
  let begin = ContinuousClock.now
  let diagnostics = Rulebook.check(sources).diagnostics.all
  _ = render(diagnostics, sources: sources)
  #expect(begin.duration(to: .now) < .seconds(60))
  return diagnostics.map(\.code.rawValue)
}

@Suite struct HugeInputTests {
  @Test func deepParenthesesAreOneError() {
    let nested = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    #expect(codes("let a = \(nested)\n") == ["D1011"])
  }

  @Test(arguments: ["let a = x", "let\n", "?&^$ ", "x y\n", "\"", "f\"{", "entity ", "let a = 1 + "])
  func manyMistakesAreToldInPart(_ mistake: String) {
    let found = codes(String(repeating: mistake, count: 50_000))
    #expect(!found.isEmpty && found.count <= 2 * Diagnostics.defaultLimit)
  }

  @Test func manyUnknownNamesInOneLineAreToldInPart() {
    let found = codes("let a = " + String(repeating: "b && ", count: 50_000) + "true\n")
    #expect(found.count == Diagnostics.defaultLimit + 1)
    #expect(found.last == "D1903")
  }

  /// Twice the terms take about twice the time, not four times as much.
  @Test(arguments: ["or", "and"])
  func aLongChainIsCheckedInTimeInProportion(_ word: String) {
    func seconds(_ terms: Int) -> Double {
      let chain = (0..<terms).map { "n != '\($0)'" }.joined(separator: " \(word) ")
      var sources = SourceMap()
      sources.add(path: "chain.docket", text: "func f(n: string): bool = \(chain)\n")
      return (0..<3).map { _ in
        let begin = ContinuousClock.now
        #expect(Rulebook.check(sources).diagnostics.all.isEmpty)
        return begin.duration(to: .now) / .seconds(1)
      }.min() ?? 0
    }
    let (short, long) = (seconds(2_500), seconds(20_000))
    #expect(long < 24 * short, "2,500 terms took \(short) s, 20,000 took \(long) s")
  }

  /// Functions that call one another far down, and one that would double with each call, are left open.
  @Test func analysisEndsOnFunctionsInFunctions() {
    let chain =
      (0..<3000).map { "func f\($0)(n: int): bool = f\($0 + 1)(n)\n" }.joined() + "func f3000(n: int): bool = n > 3\n"
    let doubling =
      (0..<60).map { "func g\($0)(n: int): bool = n > \($0) ? g\($0 + 1)(n) and g\($0 + 1)(n + 1) : g\($0 + 1)(n)\n" }
      .joined() + "func g60(n: int): bool = n > 3\n"
    var sources = SourceMap()
    sources.add(
      path: "deep.docket",
      text: """
        entity E { key id: string  n: int  to: string? }
        \(chain)
        \(doubling)
        route r for E.to as e {
          rule a { when f0(e.n) to "a" }
          rule b { when g0(e.n) to "b" }
          otherwise nobody
        }

        """)
    let begin = ContinuousClock.now
    let rulebook = Rulebook.check(sources)
    #expect(!rulebook.diagnostics.hasErrors)
    _ = rulebook.analysis()
    #expect(begin.duration(to: .now) < .seconds(60))
  }

  /// Rules of a long route are not all compared with each other.
  @Test func analysisOfLongRoutesEndsSoon() {
    let rules = (0..<3000).map { number in
      number % 3 == 0
        ? "  rule r\(number) { when e.place == \"P\(number)\" and e.n > 3 to \"a\" }\n"
        : "  rule r\(number) { when e.kind == \"K\(number)\" to \"a\" }\n"
    }
    var sources = SourceMap()
    sources.add(
      path: "long.docket",
      text: """
        entity E { key id: string  n: int  kind: string  place: string  to: string? }
        route r for E.to as e {
          where e.to == null
        \(rules.joined())
          rule last { when e.kind == "K1" and e.n == 2 to "b" }
          otherwise nobody
        }

        """)
    let begin = ContinuousClock.now
    let found = Rulebook.check(sources).analysis().diagnostics
    #expect(found.map(\.message) == ["`last` can never fire: `r1` above matches everything it matches"])
    #expect(begin.duration(to: .now) < .seconds(60))
  }

  @Test func longChainsOfInferredTypesAreAnError() {
    let values = (0..<5000).map { "let v\($0) = v\($0 + 1) + 1\n" }.joined() + "let v5000 = 1\n"
    #expect(codes(values) == ["D1011"])
    let fields = (0..<2000).map { "  let f\($0) = e.f\($0 + 1) + 1\n" }.joined()
    #expect(codes("entity E as e {\n  key id: string\n\(fields)  f2000: int\n}\n") == ["D1011"])
  }

  @Test func aChainOfWrittenTypesMayBeLong() {
    #expect(codes((0..<2000).map { "let v\($0): int = v\($0 + 1) + 1\n" }.joined() + "let v2000 = 1\n") == [])
  }

  @Test func typesThatGrowFromValueToValueAreAnError() {
    #expect(codes("let v0 = 1\n" + (1..<600).map { "let v\($0) = [v\($0 - 1)]\n" }.joined()).first == "D1011")
  }

  @Test func declarationsAreNumberedWithinALimit() {
    #expect(codes((0..<65_540).map { "entity E\($0) { key id: string }\n" }.joined()).first == "D1019")
    #expect(codes("enum E { " + (0..<65_540).map { "c\($0)" }.joined(separator: ", ") + " }\n") == ["D1019"])
  }

  @Test func valuesThatReadOthersTwiceAreCheckedOnce() {
    #expect(codes((0..<60).map { "let v\($0) = v\($0 + 1) + v\($0 + 1)\n" }.joined() + "let v60 = 1\n") == [])
  }
}
