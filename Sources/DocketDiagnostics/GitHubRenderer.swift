/// Workflow commands of GitHub Actions: `::error file=…,line=…::message`.
///
/// Escaping follows actions/toolkit, packages/core/src/command.ts. Help goes below the message, as annotations may have
/// several lines.

public struct GitHubRenderer: Sendable {
  public let sources: SourceMap

  public init(sources: SourceMap) { self.sources = sources }

  public func render(_ diagnostic: Diagnostic) -> String {
    var properties: [String] = []
    if let data = diagnostic.dataPlace {
      properties = ["file=\(Self.escapeProperty(data.path))"]
      if data.line > 0 { properties.append("line=\(data.line)") }
      if data.line > 0, data.column > 0 { properties.append("col=\(data.column)") }
    } else if let place = diagnostic.primary.flatMap({ Place($0.span, in: sources) }) {
      let start = place.startLocation
      let end = place.endLocation
      properties = [
        "file=\(Self.escapeProperty(place.file.path))", "line=\(start.line)", "col=\(start.column)",
        "endLine=\(end.line)", "endColumn=\(end.column)",
      ]
    }
    properties.append("title=\(Self.escapeProperty(diagnostic.code.rawValue))")
    let message = ([diagnostic.message] + diagnostic.help.map { "help: \($0)" }).joined(separator: "\n")
    return "::\(command(diagnostic.severity)) \(properties.joined(separator: ","))::\(Self.escapeData(message))\n"
  }

  private func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// The text of a command.
  public static func escapeData(_ text: String) -> String { escape(text, ["%", "\r", "\n"]) }

  /// The value of one of its properties.
  public static func escapeProperty(_ text: String) -> String { escape(text, ["%", "\r", "\n", ":", ","]) }

  private static func escape(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if special.contains(scalar) {
        escaped += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
