/// The inputs that the fuzzer starts from, and those with which it once found a bug: Tests/Corpus/<target>/<behaviour>.
///
/// Every file goes through every target, without the fuzzer.

import DocketFuzzTargets
import Foundation
import Testing

@Suite struct CorpusTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  static let names: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.contains("/") }.sorted()
  }()

  @Test(arguments: FuzzTarget.allCases)
  func holdsForTheCorpus(_ target: FuzzTarget) throws {
    for name in Self.names {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
      let begin = ContinuousClock.now
      let finding = target.finding(in: bytes)
      #expect(finding == nil, "\(name) in the \(target)")
      #expect(begin.duration(to: .now) < .seconds(60), "\(name) takes too long in the \(target)")
    }
  }

  @Test func hasFilesOfEachKind() {
    for target in ["lexer", "parser", "formatter", "evaluator", "rules", "csv"] {
      #expect(Self.names.contains { $0.hasPrefix("\(target)/") }, "no corpus of the \(target)")
    }
  }
}
