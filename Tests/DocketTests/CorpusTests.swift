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
    for target in ["lexer", "parser", "formatter", "evaluator", "rules", "csv", "json", "gzip"] {
      #expect(Self.names.contains { $0.hasPrefix("\(target)/") }, "no corpus of the \(target)")
    }
  }

  /// What the fuzzer does first, without it: bytes of the corpus changed, cut out, repeated and put together, so that the ordinary
  /// tests look beyond the files themselves.
  @Test(arguments: [FuzzTarget.csv, .json, .gzip])
  func holdsForChangedFilesOfTheCorpus(_ target: FuzzTarget) throws {
    let own = Self.names.filter { $0.hasPrefix("\(target)/") || target == .gzip && $0.hasPrefix("json/") }
    let files = try own.map { [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent($0))) }
      .filter { $0.count < 4096 }
    var random = CorpusRandom(state: UInt64(ProcessInfo.processInfo.environment["DOCKET_SEED"] ?? "") ?? 1)
    let cases = Int(ProcessInfo.processInfo.environment["DOCKET_CASES"] ?? "") ?? 200
    for _ in 0..<cases {
      let bytes = Self.changed(files, &random)
      let finding = target.finding(in: bytes)
      #expect(finding == nil, "\(Data(bytes).base64EncodedString()) in the \(target)")
      if finding != nil { return }
    }
  }

  private static func changed(_ files: [[UInt8]], _ random: inout CorpusRandom) -> [UInt8] {
    let marks = Array("{}[]\",:;\\\n\r\t 0-.eEtfnu\u{0}\u{FEFF}中".utf8)
    var bytes = files.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let length = min(bytes.count - place, Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.removeSubrange(place..<(place + length))
      case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
      case 3:
        let other = files.randomElement(using: &random) ?? []
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.insert(contentsOf: other[from..<min(other.count, from + 40)], at: place)
      default: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
      }
    }
    return bytes
  }
}

private struct CorpusRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) ^ (state << 31)
  }
}
