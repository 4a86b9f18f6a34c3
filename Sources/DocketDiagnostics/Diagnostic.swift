/// What Docket tells a person about a rulebook, its data or a run: one value type, rendered in several ways.

public enum Severity: String, Sendable, Hashable, CaseIterable {
  case error
  case warning
  case note
}

/// A place and what is there.
public struct Label: Sendable, Hashable {
  public var span: SourceSpan
  /// May be empty: the place alone is underlined.
  public var text: String

  public init(_ span: SourceSpan, _ text: String = "") {
    self.span = span
    self.text = text
  }
}

/// A change of the source that would settle the problem.
public struct Fix: Sendable, Hashable {
  public var title: String
  public var span: SourceSpan
  public var replacement: String

  public init(_ title: String, replace span: SourceSpan, with replacement: String) {
    self.title = title
    self.span = span
    self.replacement = replacement
  }
}

/// A place in a data file, which is not among the source texts: it may be far larger than they are.
public struct DataPlace: Sendable, Hashable {
  /// As shown to people.
  public var path: String
  /// Both start at 1; the column counts Unicode scalars. A line of 0 is the file as a whole.
  public var line: Int
  public var column: Int
  /// The cell as it stands there; `nil` where the problem is not about one cell.
  public var value: String?

  public init(path: String, line: Int = 0, column: Int = 0, value: String? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.value = value
  }

  /// `path:line:column`, without what is not known.
  public var name: String {
    var text = path.displaySafe
    if line > 0 { text += ":\(line)" }
    if line > 0, column > 0 { text += ":\(column)" }
    return text
  }
}

/// Wording rules: lower case, no final period, text of the user in backticks, one cause a diagnostic; what to do goes into `help`.
public struct Diagnostic: Sendable, Hashable {
  public var code: DiagnosticCode
  public var severity: Severity
  public var message: String
  /// Where it happened; `nil` for problems that have no place in a source text, such as a missing file.
  public var primary: Label?
  public var secondary: [Label]
  public var help: [String]
  public var fixes: [Fix]
  /// Where it happened in the data; `primary` may then show the declaration that reads it.
  public var dataPlace: DataPlace?

  public init(
    _ code: DiagnosticCode, _ message: String, at primary: Label? = nil, secondary: [Label] = [],
    help: [String] = [], fixes: [Fix] = [], severity: Severity? = nil, dataPlace: DataPlace? = nil
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.help = help
    self.fixes = fixes
    self.dataPlace = dataPlace
  }
}

/// A fact that can be told as a diagnostic. Each stage has one enum of its facts; the wording lives in that stage's `Messages/`.
public protocol DiagnosticConvertible {
  func diagnostic(at span: SourceSpan) -> Diagnostic
}

/// Collects what the stages report, in order, without throwing.
///
/// More than `limit` of one severity say nothing new, and telling of millions takes minutes: they are only counted, after one note
/// that there are more.
public struct Diagnostics: Sendable {
  public static let defaultLimit = 200

  public private(set) var all: [Diagnostic] = []
  public private(set) var errorCount = 0
  /// Those in `all`.
  private var seen = IndexTable()
  private var counts = Counts()
  private let limit: Int

  public init(limit: Int = Diagnostics.defaultLimit) { self.limit = limit }

  public var hasErrors: Bool { errorCount > 0 }

  /// In the order of the files and of the places in them; those without a place first.
  public var inOrder: [Diagnostic] {
    all.enumerated().sorted { a, b in
      let (x, y) = (a.element.primary?.span, b.element.primary?.span)
      guard let x, let y else { return x == nil && y == nil ? a.offset < b.offset : x == nil }
      return (x.file.index, x.start, a.offset) < (y.file.index, y.start, b.offset)
    }.map(\.element)
  }

  /// Adds a diagnostic; an exact repeat is dropped.
  public mutating func report(_ diagnostic: Diagnostic) {
    let count = counts[diagnostic.severity]
    guard count <= limit else {
      if diagnostic.severity == .error { errorCount += 1 }
      return
    }
    let hash = diagnostic.hashValue
    guard !holds(diagnostic, hash) else { return }
    if diagnostic.severity == .error { errorCount += 1 }
    counts[diagnostic.severity] = count + 1
    guard count < limit else {
      let more = Diagnostic(.moreProblems, "there are more \(diagnostic.severity.rawValue)s than these \(limit)")
      if !holds(more, more.hashValue) { add(more, more.hashValue) }
      return
    }
    add(diagnostic, hash)
  }

  private func holds(_ diagnostic: Diagnostic, _ hash: Int) -> Bool {
    seen.index(hash: hash) { all[$0] == diagnostic } != nil
  }

  private mutating func add(_ diagnostic: Diagnostic, _ hash: Int) {
    seen.add(all.count, hash: hash)
    all.append(diagnostic)
  }

  public mutating func report(_ fact: some DiagnosticConvertible, at span: SourceSpan) {
    // Wording takes time, too: suggestions look at every name.
    if counts[.error] > limit { errorCount += 1 } else { report(fact.diagnostic(at: span)) }
  }

  public mutating func append(_ other: Diagnostics) {
    for diagnostic in other.all { report(diagnostic) }
  }

  private struct Counts {
    private var errors = 0
    private var warnings = 0
    private var notes = 0

    subscript(severity: Severity) -> Int {
      get {
        switch severity {
        case .error: errors
        case .warning: warnings
        case .note: notes
        }
      }
      set {
        switch severity {
        case .error: errors = newValue
        case .warning: warnings = newValue
        case .note: notes = newValue
        }
      }
    }
  }
}
