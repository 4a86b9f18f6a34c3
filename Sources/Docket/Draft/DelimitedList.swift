/// A column whose cells hold several things with a mark between them: `vip;web`, `bug, urgent`, `甲、乙`.

import DocketData

struct DelimitedList {
  private let mark: String
  /// Some cells have spaces behind the mark, and some none.
  private let hasLooseSpaces: Bool
  private let hasEmptyParts: Bool

  private static let marks = [";", "|", "、", "；", ",", "，"]

  /// `isNamed` columns are lists by their heading; `isOpen` ones hold names and prose, in which marks mean little.
  init?(_ column: ColumnSketch, isNamed: Bool, isOpen: Bool) {
    guard column.facts.seen > 0, column.facts.longest <= 400, !column.facts.hasLines else { return nil }
    let texts = column.values.map(\.text)
    // `zhang;li;` is a list whatever it holds.
    guard isNamed || !isOpen || texts.allSatisfy({ $0.hasSuffix(";") }) else { return nil }
    for mark in Self.marks {
      if let list = Self.parts(of: texts, mark, isNamed: isNamed, isComplete: column.isComplete) {
        self.mark = mark
        hasLooseSpaces = list.hasLooseSpaces
        hasEmptyParts = list.hasEmptyParts
        return
      }
    }
    return nil
  }

  private static func parts(
    of texts: [String], _ mark: String, isNamed: Bool, isComplete: Bool
  ) -> (hasLooseSpaces: Bool, hasEmptyParts: Bool)? {
    guard texts.contains(where: { $0.contains(mark) }) else { return nil }
    // How many texts each part stands in.
    var cells: [String: Int] = [:]
    var several: Set<String> = []
    var sizes: Set<Int> = []
    var (hasLooseSpaces, hasEmptyParts) = (false, false)
    for text in texts {
      let raw = text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
      if raw.dropFirst().contains(where: { $0.hasPrefix(" ") }) || raw.dropLast().contains(where: { $0.hasSuffix(" ") })
      {
        hasLooseSpaces = true
      }
      let parts = raw.map { $0.trimmed }
      if parts.contains("") { hasEmptyParts = true }
      let full = parts.filter { !$0.isEmpty }
      // Sentences have marks in them too.
      guard full.allSatisfy({ $0.count <= 40 && $0.split(separator: " ").count <= 4 && !$0.contains("。") }) else {
        return nil
      }
      for part in Set(full) { cells[part, default: 0] += 1 }
      if full.count > 1 { several.formUnion(full) }
      sizes.insert(full.count)
    }
    if isNamed { return (hasLooseSpaces, hasEmptyParts) }
    // `Doe, Kim` has always two parts, `Acme, Inc.` shares one of them with few; parts of lists come back in other company.
    let shared = several.count { cells[$0, default: 0] > 1 }
    let isClosed = hasEmptyParts && texts.allSatisfy { $0.hasSuffix(mark) }
    guard isClosed || isComplete && sizes.count > 1 && several.count > 1 else { return nil }
    // A comma with a space behind it is one of prose, unless most of what it parts comes back.
    let isOfProse = [",", "，"].contains(mark) && hasLooseSpaces
    guard isClosed || (isOfProse ? shared * 3 >= several.count * 2 && cells.count <= texts.count + 1 : shared > 0)
    else {
      return nil
    }
    return (hasLooseSpaces, hasEmptyParts)
  }

  /// The list as an expression of the row's text.
  func expression(_ row: String) -> String {
    let parts = "\(row).split(\(DraftText.quoted(mark)))"
    let trimmed = hasLooseSpaces ? "\(parts).map(part, part.trim())" : parts
    return hasEmptyParts ? "\(trimmed).filter(part, part != \"\")" : trimmed
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
