/// Snapshots of a rulebook's tests on disk, each file beside its tests.

import DocketDiagnostics
import DocketSemantics
public import DocketTesting

public enum SnapshotFiles {
  /// What is recorded for the tests of a rulebook.
  public static func read(_ rulebook: Rulebook) -> [SnapshotKey: String] {
    var texts: [SnapshotKey: String] = [:]
    for file in files(rulebook) {
      guard case .success(let bytes) = RulebookFiles.read(SnapshotFile.path(ofTests: file)) else { continue }
      texts.merge(SnapshotFile.parse(String(decoding: bytes, as: UTF8.self), file: file)) { first, _ in first }
    }
    return texts
  }

  public struct Changes: Sendable {
    public var added = 0
    public var changed = 0
    public var removed = 0
    /// Files that could not be written.
    public var failed: [String] = []

    public init() {}
  }

  /// Writes what the tests gave. Tests that were run keep only the snapshots that they asked for; those of others stay.
  public static func write(
    _ seen: [SnapshotKey: String], of rulebook: Rulebook, before: [SnapshotKey: String], ran: Set<String>
  ) -> Changes {
    var changes = Changes()
    let known = Set(rulebook.checked.tests.map(\.name))
    for file in files(rulebook) {
      let old = before.filter { $0.key.file == file }
      var new = old.filter { known.contains($0.key.test) && !ran.contains($0.key.test) }
      new.merge(seen.filter { $0.key.file == file }) { _, now in now }
      guard new != old else { continue }
      changes.added += new.keys.count { old[$0] == nil }
      changes.removed += old.keys.count { new[$0] == nil }
      changes.changed += new.count { old[$0.key] != nil && old[$0.key] != $0.value }
      let path = SnapshotFile.path(ofTests: file)
      let isDone = new.isEmpty ? RulebookFiles.remove(path) : RulebookFiles.write(SnapshotFile.render(new), to: path)
      if !isDone { changes.failed.append(path) }
    }
    return changes
  }

  /// The files with tests, in the order of the rulebook.
  private static func files(_ rulebook: Rulebook) -> [String] {
    var files: [String] = []
    for test in rulebook.checked.tests {
      let path = rulebook.sources[test.span.file].path
      if !files.contains(path) { files.append(path) }
    }
    return files
  }
}
