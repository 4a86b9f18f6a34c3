/// What the tests of a rulebook reached, file by file.

public import DocketDiagnostics

public struct Coverage: Sendable {
  public struct Point: Sendable {
    public var kind: CoveragePoint.Kind
    /// From 1.
    public var line: Int
    public var span: SourceSpan
    /// As written, on one line.
    public var text: String
    /// How often each outcome came about.
    public var outcomes: [(name: String, count: Int)]

    public var reached: Int { outcomes.count { $0.count > 0 } }
    public var missing: [String] { outcomes.filter { $0.count == 0 }.map(\.name) }
  }

  public struct File: Sendable {
    public var path: String
    /// The lines of its text.
    public var lines: [String]
    /// In the order of their places.
    public var points: [Point]

    public var total: Total { Total(points) }
  }

  public struct Total: Sendable {
    public var reached = 0
    public var all = 0

    init(_ points: some Sequence<Point>) {
      for point in points {
        reached += point.reached
        all += point.outcomes.count
      }
    }

    /// 100 where there is nothing to reach.
    public var percent: Double { all == 0 ? 100 : Double(reached) * 100 / Double(all) }

    public var percentText: String { Self.text(percent) }

    /// Cut and not rounded, so that 99.96 never reads as all.
    public static func text(_ percent: Double) -> String {
      let tenths = Int(percent * 10 + 1e-9)
      return "\(tenths / 10).\(tenths % 10) %"
    }
  }

  /// Files with something to reach, in the order of the rulebook.
  public var files: [File]

  init(_ map: CoverageMap, _ counts: [Int]) {
    let counts = counts.isEmpty ? Array(repeating: 0, count: map.size) : counts
    let points = map.points.map { point -> Point in
      let file = map.sources[point.span.file]
      let text = map.sources.text(point.span).split(whereSeparator: \.isNewline)
        .map { $0.drop(while: \.isWhitespace) }.joined(separator: " ").displaySafe
      return Point(
        kind: point.kind, line: file.location(of: Int(point.span.start)).line, span: point.span, text: text,
        outcomes: point.outcomes.enumerated().map { ($1, counts[point.first + $0]) })
    }
    files = map.sources.files.compactMap { file in
      let own = points.filter { $0.span.file == file.id }.sorted {
        ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end)
      }
      guard !own.isEmpty else { return nil }
      let lines = file.lineStarts.indices.map { String(decoding: file.line($0), as: UTF8.self) }
      return File(path: file.path, lines: lines.last == "" ? lines.dropLast() : lines, points: own)
    }
  }

  public static func total(_ coverages: [Coverage]) -> Total {
    Total(coverages.flatMap { $0.files.flatMap(\.points) })
  }
}
