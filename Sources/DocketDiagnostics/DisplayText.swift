/// Text that is safe to print: nothing from a rulebook or its data can move the cursor, recolour the terminal or reorder
/// what a person reads.

extension String {
  /// The text on one line: controls as their pictures (`␛`), reordering marks and C1 controls as `�`, a tab as a space.
  public var displaySafe: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    var safe = String.UnicodeScalarView()
    for scalar in unicodeScalars { safe.append(scalar == "\t" ? " " : scalar.displaySafe) }
    return String(safe)
  }
}

extension Unicode.Scalar {
  var displaySafe: Unicode.Scalar {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C: "\u{FFFD}"
    default: self
    }
  }
}
