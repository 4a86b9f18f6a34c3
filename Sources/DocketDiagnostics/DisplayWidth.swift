/// How many terminal cells a text takes, so that carets and columns line up under Chinese, Korean, Japanese and emoji.
///
/// Follows Unicode Standard Annex 11: East Asian Wide and Fullwidth characters take two cells, combining marks, format
/// characters and controls none, everything else one (Ambiguous counts as narrow, as terminals do by default).
/// Emoji sequences (skin tones, flags, families, keycaps) take two cells as a whole.

extension String {
  public var displayWidth: Int {
    let utf8 = self.utf8
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.reduce(0) { $0 + ($1 >= 0x20 && $1 != 0x7F ? 1 : 0) } }
    var width = 0
    for scalar in unicodeScalars {
      if scalar.value >= 0x1F000 || scalar.value == 0xFE0F || scalar.value == 0x200D { return widthByCharacter }
      width += scalar.displayWidth
    }
    return width
  }

  /// INVARIANT: equals the sum of scalar widths unless the text holds emoji.
  private var widthByCharacter: Int { reduce(0) { $0 + $1.displayWidth } }

  /// Adds spaces up to `width` cells; a longer text stays as it is.
  public func padded(to width: Int, alignment: TextAlignment = .left) -> String {
    let missing = width - displayWidth
    guard missing > 0 else { return self }
    let space = String(repeating: " ", count: missing)
    return alignment == .left ? self + space : space + self
  }

  /// At most `width` cells; a text that is cut ends in `…`.
  public func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    guard width > 0 else { return "" }
    var kept = ""
    var used = 0
    for character in self {
      let next = used + character.displayWidth
      if next > width - 1 { break }
      kept.append(character)
      used = next
    }
    return kept + "…"
  }
}

public enum TextAlignment: Sendable, Hashable {
  case left
  case right
}

extension Character {
  public var displayWidth: Int {
    let scalars = unicodeScalars
    let first = scalars[scalars.startIndex]
    if scalars.index(after: scalars.startIndex) == scalars.endIndex { return first.displayWidth }
    let properties = first.properties
    if properties.isEmojiPresentation || (properties.isEmoji && scalars.contains("\u{FE0F}")) { return 2 }
    return scalars.reduce(0) { $0 + $1.displayWidth }
  }
}

extension Unicode.Scalar {
  /// The cells of the scalar on its own.
  var displayWidth: Int {
    switch value {
    case 0x20..<0x7F, 0xA0..<0x300: return 1
    case 0..<0xA0: return 0
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3: return 2
    // Hangul medial vowels and final consonants join the syllable before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return 0
    // A flag is two regional indicators of one cell each.
    case 0x1F1E6...0x1F1FF: return 1
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: return isWide || properties.isEmojiPresentation ? 2 : 1
    }
  }

  private var isWide: Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if value > wideRanges[middle].upperBound { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(value)
  }
}

/// East Asian Width W and F, sorted, except emoji, which the standard library knows. Unassigned gaps are bridged.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // Hangul leading consonants
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // CJK radicals, ideographic description, CJK punctuation
  0x3041...0x3247,  // Hiragana, Katakana, Bopomofo, Hangul compatibility, enclosed ideographs
  0x3250...0x4DBF,  // enclosed CJK, compatibility, ideographs extension A
  0x4E00...0xA4C6,  // unified ideographs, Yi
  0xA960...0xA97C,  // Hangul Jamo extended A
  0xAC00...0xD7A3,  // Hangul syllables
  0xF900...0xFAD9,  // compatibility ideographs
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6B,  // compatibility and small forms
  0xFF01...0xFF60,  // fullwidth ASCII and punctuation
  0xFFE0...0xFFE6,  // fullwidth signs
  0x16FE0...0x1B2FB,  // Tangut, Khitan, Kana supplements, Nushu
  0x1F200...0x1F265,  // enclosed ideographic supplement
  0x20000...0x2FFFD,  // ideographs, plane 2
  0x30000...0x3FFFD,  // ideographs, plane 3
]
