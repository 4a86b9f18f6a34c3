/// A part of an expression with its value, and a condition with its outcome: what all explanations are made of.

import DocketDiagnostics

/// `f.votes` is `12`.
public struct ValueNote: Sendable, Hashable {
  /// The part as written, on one line.
  public var source: String
  /// The value for people: as a formatted string shows it, but texts in quotation marks and lists in brackets.
  public var text: String
  /// The value for machines, as JSON; null where there is none.
  public var json: String

  public init(source: String, text: String, json: String) {
    self.source = source
    self.text = text
    self.json = json
  }
}

/// A line of a rulebook.
public struct SourcePlace: Sendable, Hashable {
  public var path: String
  /// From 1.
  public var line: Int

  /// `rules/route.docket:12`
  public var name: String { "\(path.displaySafe):\(line)" }
}

/// A condition of a rule: one conjunct of a `when`, one alternative of an `unless`.
public struct ConditionNote: Sendable {
  public enum Keyword: String, Sendable {
    case when, unless
    case filter = "where"
    case prefer, pause, cancel, start, stop, restart
  }
  public var keyword: Keyword
  public var source: String
  public var place: SourcePlace
  /// Whether it lets the rule match: true for an `unless` whose expression is false. `nil` where it cannot be decided.
  public var isMet: Bool?
  /// Why it cannot be decided.
  public var cause: String?
  public var values: [ValueNote]

  /// `when f.votes > 3`
  public var clause: String { "\(keyword.rawValue) \(source)" }
}
