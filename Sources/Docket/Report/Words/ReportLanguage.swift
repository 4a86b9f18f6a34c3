/// The languages in which people read reports. What machines read is the same in all of them.

public enum ReportLanguage: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case chinese = "zh"

  /// As a person or an environment names it: `zh`, `zh_CN.UTF-8`, `zh-Hans`, `EN`.
  public init?(named text: String) {
    let name = text.prefix { $0.isLetter }.lowercased()
    guard let language = ReportLanguage(rawValue: name) else { return nil }
    self = language
  }
}

/// A name with the titles that the rulebook gives it, which may be in several languages.
public struct TitledName: Sendable, Hashable {
  public var name: String
  public var titles: [String]

  public init(_ name: String, _ titles: [String] = []) {
    self.name = name
    self.titles = titles
  }

  /// The title for readers of a language: Chinese is told by its characters, and any title is better than none.
  public func title(_ language: ReportLanguage) -> String? {
    switch language {
    case .english: titles.first { !$0.hasHan } ?? titles.first
    case .chinese: titles.first { $0.hasHan } ?? titles.first
    }
  }

  /// How a value stands in a table: its title in another language than the data's only where there is one in that language.
  public func label(_ language: ReportLanguage) -> String {
    switch language {
    case .english: name
    case .chinese: titles.first { $0.hasHan } ?? name
    }
  }
}

extension String {
  var hasHan: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: true
      default: false
      }
    }
  }
}
