/// Documentation/Tour.md shows a session as it is: its entries are typed again, and its answers must be the same.
///
/// `DOCKET_RECORD=1` writes the answers anew; look at them before committing.

import Foundation
import Testing

@Suite struct TourDocumentTests {
  private static let path = Talk.root + "/Documentation/Tour.md"
  private static let prompt = "docket> "
  private static let continuation = "   ...> "

  @Test func theTourShowsWhatHappens() throws {
    // The session writes files: it works on a copy.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-tour-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: Talk.root + "/scripts/incidents", toPath: folder.appendingPathComponent("incidents").path)
    let talk = Talk()
    let document = try String(contentsOfFile: Self.path, encoding: .utf8)
    var recorded: [String] = []
    var isInBlock = false
    var entry: [String] = []
    var lines = document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.append(Self.prompt)
    lines.removeLast()

    func answer() {
      guard !entry.isEmpty else { return }
      let text = entry.joined(separator: "\n").replacingOccurrences(
        of: "scripts/incidents", with: folder.path + "/incidents")
      var said = talk.says(text) + talk.problems
      entry = []
      said = said.replacingOccurrences(of: folder.path + "/incidents", with: "scripts/incidents")
      // How long something takes is another every time.
      said = said.replacing(/\([0-9.]+ s\)/, with: "(0.02 s)")
      while said.hasSuffix("\n") { said.removeLast() }
      recorded += said.isEmpty ? [] : said.components(separatedBy: "\n")
    }
    for line in lines {
      if line.hasPrefix("```") {
        answer()
        if isInBlock, recorded.last == "" { recorded.removeLast() }
        isInBlock = !isInBlock && line == "```text"
        recorded.append(line)
      } else if !isInBlock {
        recorded.append(line)
      } else if line.hasPrefix(Self.prompt) {
        answer()
        if let last = recorded.last, !last.hasPrefix("```") { recorded.append("") }
        recorded.append(line)
        entry = [String(line.dropFirst(Self.prompt.count))]
      } else if line.hasPrefix(Self.continuation) {
        recorded.append(line)
        entry.append(String(line.dropFirst(Self.continuation.count)))
      }
    }
    let text = recorded.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
    } else {
      #expect(text == document)
    }
  }
}
