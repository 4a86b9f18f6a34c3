/// The few colours of Docket's output, as ANSI escapes.

public enum TextStyle: String, Sendable, Hashable {
  case error = "1;31"
  case warning = "1;33"
  case note = "1;36"
  case good = "1;32"
  case strong = "1"
  /// Line numbers, frames and secondary labels.
  case frame = "34"
  /// Figures in tables: as intended, nearly, not.
  case onTarget = "32"
  case nearTarget = "33"
  case offTarget = "31"
  case faint = "2"

  public init(_ severity: Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  public func apply(_ text: String, color: Bool) -> String {
    color && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
