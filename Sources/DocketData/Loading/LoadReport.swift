/// What was read, in numbers: nothing that was left out or changed goes without being counted here.

public import DocketDiagnostics
public import DocketTime

/// How far the reading of one file has come.
public struct LoadProgress: Sendable {
  public var path: String
  /// Bytes, or rows of a database.
  public var done: Int
  public var total: Int
}

public struct LoadReport: Sendable {
  /// Somebody wanted no more of it: nothing that was read is kept.
  public internal(set) var isCancelled = false
  /// How many places of a kind are listed beside their count.
  public static let sampleLimit = 20

  public struct Source: Sendable {
    public var entity: String
    public var path: String
    public var bytes = 0
    /// Rows that were taken; each is a version where the source has versions.
    public var rows = 0
    public var emptyLines = 0
    /// Rows that end before their last columns, which may be absent; all of them are taken.
    public var shortRows = 0
    /// Rows that were left out, by `reject at most`, each with its first reason in the order of the file.
    public var rejectedRows = 0
    public var rejected: [Diagnostic] = []
    /// The bad rows themselves, in the order of the file, where they were asked for: `DataLoader.Options.keepsRejects`.
    public var rejects: [Reject] = []
    /// Local times that a zone skipped (moved forward) and had twice (the first was taken), and where the first of them stand.
    public var gapTimes = 0
    public var foldTimes = 0
    public var movedTimes: [DataPlace] = []
    /// Cells without a value in fields that are neither optional nor have a default; reading one is an error.
    public var absentCells: [(field: String, count: Int)] = []
    /// Headings that nothing reads.
    public var unusedColumns: [String] = []

    init(entity: String, path: String) {
      self.entity = entity
      self.path = path
    }
  }

  /// A row that cannot be used, as it stands in the file, with its first reason.
  public struct Reject: Sendable {
    public var line: Int
    public var text: String
    public var reason: Diagnostic
  }

  public struct Table: Sendable {
    public var entity: String
    public var records: Int
    public var rows: Int
    /// The oldest and the newest version; `nil` without versions.
    public var versions: ClosedRange<Instant>?
    /// Times that a row cannot have known, by field.
    public var laterTimes: [LaterTimes] = []
  }

  /// A field whose time lies after the version of its own row: the export repeats what became known later, or the time is
  /// one that was planned.
  public struct LaterTimes: Sendable {
    public var field: String
    /// How many rows, and the first of them in the order of keys and versions.
    public var count: Int
    public var key: String
    public var time: Instant
    public var version: Instant
  }

  /// References of a field to records that are not there.
  public struct Dangling: Sendable {
    public var entity: String
    public var field: String
    public var target: String
    /// Whether there is data of the target at all.
    public var hasData: Bool
    public var count: Int
    /// How many different keys are missing, and the most frequent ones.
    public var distinct: Int
    public var keys: [(key: String, count: Int)]
  }

  public enum Stage: String, Sendable, CaseIterable {
    /// Finding and opening files, reading headings, binding columns.
    case open
    /// Splitting rows into cells, as far as that was not done beside the conversion of others.
    case read
    /// Cells to values.
    case convert
    /// Rows by key and version.
    case sort
    /// References to records.
    case resolve
  }

  public var sources: [Source] = []
  public var tables: [Table] = []
  /// Where the loader was asked to go on: `DataLoader.Options.keepsDangling`.
  public var dangling: [Dangling] = []
  /// Files of the data folder that belong to no entity and no source.
  public var unusedFiles: [String] = []
  public var timings: [(stage: Stage, duration: Duration)] = Stage.allCases.map { ($0, .zero) }

  public init() {}

  mutating func time<Result>(_ stage: Stage, _ work: () -> Result) -> Result {
    let start = ContinuousClock.now
    let result = work()
    add(start.duration(to: .now), to: stage)
    return result
  }

  mutating func add(_ duration: Duration, to stage: Stage) {
    guard let place = timings.firstIndex(where: { $0.stage == stage }) else { return }
    timings[place].duration += duration
  }
}
