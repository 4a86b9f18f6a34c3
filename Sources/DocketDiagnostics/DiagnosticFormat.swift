/// The ways to show diagnostics, over one model.

public enum DiagnosticFormat: String, Sendable, Hashable, CaseIterable {
  /// With source lines, for a person.
  case text
  /// One line each, as compilers print and editors parse.
  case short
  /// One JSON object a line.
  case json
  /// Workflow commands that GitHub shows beside the changed lines.
  case github
}

public struct RenderOptions: Sendable, Hashable {
  /// ANSI colours; only ever when asked.
  public var color: Bool
  /// Cells of a line of the terminal; `nil` when the output is not a terminal.
  public var width: Int?

  public init(color: Bool = false, width: Int? = nil) {
    self.color = color
    self.width = width
  }
}

/// All diagnostics in the order given. Empty when there are none, else it ends with a newline.
public func render(
  _ diagnostics: [Diagnostic], sources: SourceMap, as format: DiagnosticFormat = .text,
  options: RenderOptions = RenderOptions()
) -> String {
  switch format {
  case .text: TextRenderer(sources: sources, options: options).render(diagnostics)
  case .short: diagnostics.map(ShortRenderer(sources: sources, options: options).render).joined()
  case .json: JSONRenderer(sources: sources).render(diagnostics)
  case .github: diagnostics.map(GitHubRenderer(sources: sources).render).joined()
  }
}

/// `2 errors, 1 warning`; empty when there is nothing to count.
public func summary(of diagnostics: [Diagnostic]) -> String {
  Severity.allCases.compactMap { severity in
    let count = diagnostics.count { $0.severity == severity }
    return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
  }.joined(separator: ", ")
}
