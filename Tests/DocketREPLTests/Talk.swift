/// A session that remembers what it said.

import DocketREPL
import Foundation

final class Talk {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private final class Transcript {
    var text = ""
    var problems = ""
  }

  private let transcript = Transcript()
  let session: ReplSession
  private(set) var status = ReplStatus.success

  init(_ rulebook: String? = nil, data: String? = nil, at: String? = nil, width: Int? = 100) {
    let transcript = transcript
    session = ReplSession(
      output: ReplOutput(
        width: { width }, write: { transcript.text += $0 }, writeProblem: { transcript.problems += $0 }))
    status = session.load(.init(rulebook: rulebook, data: data, at: at))
  }

  /// The shipped rulebook over its sample.
  static func incidents(width: Int? = 100) -> Talk {
    Talk(root + "/scripts/incidents", data: root + "/scripts/incidents/data", width: width)
  }

  /// What an entry prints.
  @discardableResult
  func says(_ text: String) -> String {
    transcript.text = ""
    transcript.problems = ""
    status = session.run(text: text)
    return transcript.text
  }

  /// What it complained of.
  var problems: String { transcript.problems }
}
