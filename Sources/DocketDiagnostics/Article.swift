/// `an int`, `a string`: the article by the first letter, which is right for the names of types and entities.

extension String {
  public var withArticle: String {
    guard let first = lowercased().first else { return self }
    return "aeio".contains(first) ? "an \(self)" : "a \(self)"
  }
}
