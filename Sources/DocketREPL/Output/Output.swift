/// Where the session's words go: to a terminal, a pipe, or a test.

public struct ReplOutput {
  /// What was asked for.
  public var write: (String) -> Void
  /// What is wrong.
  public var writeProblem: (String) -> Void
  public var color: Bool
  /// Asked for each time: a terminal changes its size.
  public var width: () -> Int?

  public init(
    color: Bool = false, width: @escaping () -> Int? = { nil }, write: @escaping (String) -> Void,
    writeProblem: ((String) -> Void)? = nil
  ) {
    self.color = color
    self.width = width
    self.write = write
    self.writeProblem = writeProblem ?? write
  }
}

/// How results are shown.
public enum OutputFormat: String, CaseIterable, Sendable {
  case box, line, csv, json, markdown

  var summary: String {
    switch self {
    case .box: "tables in frames"
    case .line: "one field a line"
    case .csv: "comma-separated, for spreadsheets"
    case .json: "one JSON value a line"
    case .markdown: "tables for documents"
    }
  }
}
