/// Finds out what could stand where a cursor is.
///
/// The text with a name that nobody uses at the cursor is checked as it is; where the checker meets that name it says what it
/// knows: the type of the receiver, or the expected type and the variables in scope. So completion knows what the checker knows.

public final class CompletionProbe {
  public enum Place: Sendable {
    /// `e.▮`: the type of e.
    case member(of: Type)
    /// `Tier.▮`
    case enumCase(EnumID)
    /// A bare name; the type that is wanted there, where that is known.
    case name(expected: Type?, variables: [(name: String, type: Type)])
  }

  /// A name that no rulebook has.
  public static let cursor = "docket_cursor_0"

  /// The most that was learned about the cursor.
  public private(set) var place: Place?

  public init() {}

  func isCursor(_ name: String) -> Bool { name == Self.cursor }

  func note(_ found: Place) {
    // An expression may be read more than once; the reading that knows the wanted type counts.
    if case .name(nil, _) = found, place != nil { return }
    place = found
  }
}

extension BodyChecker {
  /// What a bare name could be, the innermost first.
  var completionVariables: [(name: String, type: Type)] {
    var found = scope.reversed().filter { $0.kind == .plain }.map { (name: $0.name, type: inference.resolve($0.type)) }
    for holder in scope.reversed() where holder.kind == .open {
      guard case .result(let result) = inference.resolve(holder.type) else { continue }
      found += checker.resultFields(result).map { (name: $0.name, type: $0.type) }
    }
    return found + externals.map { (name: $0.name, type: $0.type) }
  }
}
