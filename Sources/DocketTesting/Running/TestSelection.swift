/// Which tests of a rulebook are wanted, and what to say where none is.

import DocketDiagnostics
import DocketSemantics

struct TestSelection {
  let options: TestOptions

  func isWanted(_ test: CheckedTest, _ bench: TestBench) -> Bool {
    guard options.tags.isEmpty || options.tags.contains(where: test.tags.contains) else { return false }
    return options.run.map { test.name.contains($0) || bench.finds($0, in: test.name) } ?? true
  }
}

/// Why no test was run.
public struct EmptySelection: Sendable {
  public var message: String
  public var help: String?

  /// `tests` are all there are; `nil` where some of them are wanted.
  init?(_ options: TestOptions, _ tests: [CheckedTest], wanted: Int) {
    guard wanted == 0 else { return nil }
    guard !tests.isEmpty else {
      message = "no tests found"
      help = "a test begins with `test \"what must be\" {`"
      return
    }
    let isOne = tests.count == 1
    let count = isOne ? "there is 1 test, but it does not" : "there are \(tests.count) tests, but none"
    var wishes: [String] = []
    if let run = options.run { wishes.append("\(isOne ? "match" : "matches") `\(run.displaySafe)`") }
    if !options.tags.isEmpty {
      wishes.append(
        "\(isOne ? "have" : "has") the tag \(options.tags.map { "`\($0.displaySafe)`" }.joined(separator: " or "))")
    }
    message = "no tests found: \(count) \(wishes.joined(separator: " and "))"
    let tags = Set(tests.flatMap(\.tags)).sorted()
    if let tag = options.tags.first(where: { !tags.contains($0) }) {
      help = tags.isEmpty ? "no test has tags" : suggest(tag, among: tags, habits: false)?.helpText
    } else if let run = options.run {
      help = Self.nearest(run, tests.map(\.name)).map { "did you mean `\($0.displaySafe)`?" }
    }
  }

  /// The name with the word, or the whole, that is nearest to what was written.
  private static func nearest(_ text: String, _ names: [String]) -> String? {
    let wanted = text.lowercased()
    if let name = names.first(where: { $0.lowercased().contains(wanted) }) { return name }
    var best: (distance: Int, name: String)?
    for name in names {
      let candidates = [name.lowercased()] + name.lowercased().split(separator: " ").map(String.init)
      for candidate in candidates {
        guard case .near? = suggest(wanted, among: [candidate], habits: false) else { continue }
        let distance = abs(candidate.count - wanted.count)
        if best.map({ distance < $0.distance }) ?? true { best = (distance, name) }
      }
    }
    return best?.name
  }
}
