/// Values as they were recorded, to be compared with: `expect … matches snapshot "name"`.
///
/// They are kept beside the tests: those of `tests.docket` in `tests.docket.snap`. Reading and writing that file is the
/// business of whoever runs the tests.

public struct SnapshotKey: Hashable, Sendable, Comparable {
  /// The path of the file of the test.
  public var file: String
  public var test: String
  public var name: String
  /// The row of `cases`, from 1.
  public var row: Int?

  public init(file: String, test: String, name: String, row: Int?) {
    self.file = file
    self.test = test
    self.name = name
    self.row = row
  }

  public static func < (a: SnapshotKey, b: SnapshotKey) -> Bool {
    (a.file, a.test, a.name, a.row ?? 0) < (b.file, b.test, b.name, b.row ?? 0)
  }
}

public struct Snapshots: Sendable {
  public enum Mode: Sendable {
    /// What differs, or was never recorded, fails.
    case compare
    /// What the tests give is recorded and nothing fails.
    case record
  }
  public var mode = Mode.compare
  public var texts: [SnapshotKey: String] = [:]

  public init() {}
}
