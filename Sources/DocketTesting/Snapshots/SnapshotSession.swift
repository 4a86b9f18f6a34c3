/// Snapshots while tests run: what is there, and what was asked for.

struct SnapshotSession {
  private let known: Snapshots
  /// Every snapshot that was asked for, as it is now.
  private(set) var seen: [SnapshotKey: String] = [:]

  init(_ known: Snapshots) { self.known = known }

  mutating func verdict(of text: String, _ key: SnapshotKey) -> Verdict {
    if let earlier = seen[key], earlier != text {
      return .fails("the test asks for the snapshot \"\(key.name)\" twice, and it is not the same: give each a name")
    }
    seen[key] = text
    guard case .compare = known.mode else { return .holds }
    guard let recorded = known.texts[key] else {
      return .fails(
        (["the snapshot \"\(key.name)\" was never recorded: `docket test --update-snapshots` records it"]
          + text.split(separator: "\n", omittingEmptySubsequences: false).map { "+ \($0)" }).joined(separator: "\n"))
    }
    guard recorded != text else { return .holds }
    let (old, new) = (
      recorded.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    )
    return .fails(
      (["it is not as in the snapshot \"\(key.name)\": - recorded, + now"] + LineDifference.lines(from: old, to: new))
        .joined(separator: "\n"))
  }
}
