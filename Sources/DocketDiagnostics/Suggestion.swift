/// What the author probably meant by a name that nothing has.

public enum Suggestion: Sendable, Hashable {
  /// Another language's spelling, and Docket's.
  case habit(String, spelling: String)
  /// The nearest names, all equally near; never empty.
  case near([String])
  /// Nothing is near, but there are few enough to list; never empty.
  case oneOf([String])

  /// For `help`: "did you mean `priority`?", "one of `a`, `b`, `c`".
  public var helpText: String {
    switch self {
    case .habit(_, " "): "write a plain space"
    case .habit(let written, let spelling):
      written.unicodeScalars.allSatisfy(\.isASCII)
        ? "write `\(spelling)` instead of `\(written)`" : "write a plain `\(spelling)` instead of `\(written)`"
    case .near(let names): "did you mean \(list(names, lastJoint: " or "))?"
    case .oneOf(let names):
      names.count == 1 ? "the only one is `\(names[0])`" : "one of \(list(names, lastJoint: ", "))"
    }
  }

  /// The one text to put in place of what was written, for a fix; `nil` when there is a choice.
  public var replacement: String? {
    switch self {
    case .habit(_, let spelling): spelling
    case .near(let names): names.count == 1 ? names[0] : nil
    case .oneOf: nil
    }
  }
}

/// Tries, in this order: the same name but for case, `_`, `-` and full-width letters; habits of other languages; names
/// within an edit distance of a third of the length; the whole list when it is short. A candidate that differs only in case
/// goes before a habit because the rulebook declared it: `None` means the label `none`, not `null`.
///
/// The answer keeps the order of the candidates: a caller with a Set or Dictionary sorts first. Pass `habits: false` for
/// values of data, where `NULL` is not a slip.
public func suggest(
  _ name: String, among candidates: some Sequence<String>, habits: Bool = true
) -> Suggestion? {
  let candidates = unique(candidates, except: name)
  let folded = fold(name)

  let sameButCase = candidates.filter { fold($0) == folded }
  if !sameButCase.isEmpty { return .near(sameButCase) }

  if habits {
    if let spelling = Habits.syntax[name] { return .habit(name, spelling: spelling) }
    if let other = Habits.names[name] ?? Habits.names[name.lowercased()], candidates.contains(other) {
      return .habit(name, spelling: other)
    }
  }

  var nearest: [String] = []
  // A name of one letter is near to everything.
  var bound = folded.count < 2 ? 0 : max(folded.count, 3) / 3
  for candidate in candidates where bound > 0 {
    guard let distance = editDistance(folded, fold(candidate), bound: bound) else { continue }
    if distance < bound { nearest = [] }
    bound = distance
    nearest.append(candidate)
  }
  if !nearest.isEmpty, nearest.count <= shortList { return .near(nearest) }

  return candidates.isEmpty || candidates.count > shortList ? nil : .oneOf(candidates)
}

// MARK: - Implementation

private let shortList = 6

private func list(_ names: [String], lastJoint: String) -> String {
  let quoted = names.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + lastJoint + last
}

private func unique(_ candidates: some Sequence<String>, except name: String) -> [String] {
  var seen: Set<String> = [name]
  return candidates.filter { seen.insert($0).inserted }
}

private func fold(_ name: String) -> [Unicode.Scalar] {
  var folded: [Unicode.Scalar] = []
  for scalar in name.lowercased().unicodeScalars {
    let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
    let plain = isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    if plain != "_" && plain != "-" && plain != " " { folded.append(plain) }
  }
  return folded
}
