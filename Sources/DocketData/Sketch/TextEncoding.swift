/// Which encoding the text of an unknown file is in, judged by its bytes.
///
/// UTF-8 is told by its form alone, and a few bad bytes in it stay what they are. Anything else is a guess from what the high
/// bytes look like: pairs in text of two bytes a character, long runs in Cyrillic and Greek, one at a time between letters in
/// Western and Central European text.

enum TextEncoding {
  struct Guess {
    /// As `encoding` names it; `nil` for UTF-8.
    var name: String?
    /// Whether it may be another one.
    var isDoubtful: Bool
  }

  /// How many bytes are looked at where the file is longer: enough for its habits to show.
  private static let sample = 1 << 22

  static func guess(_ bytes: UnsafeBufferPointer<UInt8>) -> Guess {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return Guess(name: nil, isDoubtful: false) }
    if let wide = marked(bytes) ?? unmarked(bytes) { return Guess(name: wide, isDoubtful: false) }
    if UTF8Check.firstInvalid(start, start + bytes.count) == nil || UTF8Check.isMostlyValid(bytes) {
      return Guess(name: nil, isDoubtful: false)
    }
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(lineEnd(in: bytes)))
    func reads(_ encoding: String) -> Bool {
      if case .success = Transcoding.utf8(head, from: encoding) { true } else { false }
    }
    let habits = Habits(head)
    let name = habits.candidates.first(where: reads) ?? "iso-8859-1"
    return Guess(name: name, isDoubtful: true)
  }

  /// Some words of decoded text that show whether it was read rightly.
  static func words(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    var found: [String] = []
    var start: Int?
    var isForeign = false
    for place in 0...min(bytes.count, 1 << 20) {
      let byte = place < bytes.count ? bytes[place] : 0x20
      let isLetter = byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
      if isLetter {
        if start == nil { start = place }
        if byte >= 0x80 { isForeign = true }
      } else if let first = start {
        if isForeign {
          let word = String(String(decoding: bytes[first..<place], as: UTF8.self).prefix(16))
          if !found.contains(word) { found.append(word) }
          if found.count == 4 { return found }
        }
        start = nil
        isForeign = false
      }
    }
    return found
  }

  // MARK: - Two and four bytes a character

  private static func marked(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count >= 2 else { return nil }
    switch FileKind(bytes) {
    case .utf32: return "utf-32"
    case .utf16: return "utf-16"
    default: return nil
    }
  }

  /// Without a mark at the start most bytes of plain letters are zero, always the same ones of each character.
  private static func unmarked(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let count = min(bytes.count, 4096) / 4
    guard count >= 4, bytes.count.isMultiple(of: 2) else { return nil }
    var zeros = [0, 0, 0, 0]
    for place in 0..<count * 4 where bytes[place] == 0 { zeros[place % 4] += 1 }
    if bytes.count.isMultiple(of: 4) {
      if zeros[0] == 0, zeros[2] == count, zeros[3] == count { return "utf-32le" }
      if zeros[3] == 0, zeros[0] == count, zeros[1] == count { return "utf-32be" }
    }
    let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
    if odd * 2 > count, even == 0 { return "utf-16le" }
    return even * 2 > count && odd == 0 ? "utf-16be" : nil
  }

  /// The end of the last whole line within the sample, so that no character is cut.
  private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard bytes.count > sample else { return bytes.count }
    var end = sample
    while end > 0, bytes[end - 1] != 0x0A { end -= 1 }
    return end == 0 ? bytes.count : end
  }
}

// MARK: - What the bytes look like

/// Counts of high bytes, and of pairs that begin with one.
private struct Habits {
  /// Bytes that begin a pair and stand alone, and how often each occurs at all.
  private var pairs = 0
  private var single = 0
  private var counts = [Int](repeating: 0, count: 256)
  private var leads = [Int](repeating: 0, count: 256)
  private var runs = 0
  private var high = 0
  /// Pairs whose second byte is below those of GB 2312, EUC-KR and EUC-JP.
  private var lowTrails = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = 0
    var wasHigh = false
    while place < bytes.count {
      let byte = bytes[place]
      if byte >= 0x80 {
        counts[Int(byte)] += 1
        high += 1
        if !wasHigh { runs += 1 }
      }
      wasHigh = byte >= 0x80
      place += 1
    }
    place = 0
    while place < bytes.count {
      let byte = bytes[place]
      guard byte >= 0x80 else {
        place += 1
        continue
      }
      let trail = place + 1 < bytes.count ? bytes[place + 1] : 0
      guard byte > 0x80, byte < 0xFF, trail >= 0x40, trail != 0x7F, trail < 0xFF else {
        single += 1
        place += 1
        continue
      }
      pairs += 1
      leads[Int(byte)] += 1
      if trail < 0xA1 { lowTrails += 1 }
      place += 2
    }
  }

  private func share(_ range: ClosedRange<Int>, of counts: [Int], _ total: Int) -> Double {
    Double(counts[range].reduce(0, +)) / Double(max(1, total))
  }

  private func count(_ bytes: [Int]) -> Int { bytes.reduce(0) { $0 + counts[$1] } }

  /// Encodings to try, the likeliest first.
  var candidates: [String] {
    // Between letters of plain ASCII one foreign letter stands at a time.
    let isAlone = Double(high) < 1.5 * Double(runs)
    if isAlone || single * 4 > pairs { return Double(high) >= 2.5 * Double(runs) ? alphabets : latin }
    if isAlphabet { return alphabets }
    return pairsOfBytes + ["windows-1252"]
  }

  // MARK: Two bytes a character

  private var pairsOfBytes: [String] {
    let chinese = ["gb18030", "big5", "shift_jis", "euc-kr"]
    if share(0x81...0x9F, of: leads, pairs) > 0.6 { return ["shift_jis"] + chinese }
    if Double(lowTrails) > 0.15 * Double(pairs) {
      let isBig5 = share(0xA1...0xF9, of: leads, pairs) > 0.98 && share(0xA4...0xC6, of: leads, pairs) > 0.7
      return (isBig5 ? ["big5"] : []) + chinese
    }
    // Kana stand at one place in the sets of Japan and China; only Japanese text is full of them.
    if share(0xA4...0xA5, of: leads, pairs) > 0.03 { return ["euc-jp"] + chinese }
    // Hangul lies within the first part of the hanzi, of which no Chinese text keeps to so few.
    let isHangul = share(0xB0...0xC8, of: leads, pairs) + share(0xA1...0xA3, of: leads, pairs) > 0.98
    return (isHangul && pairs >= 12 ? ["euc-kr"] : []) + chinese
  }

  // MARK: Alphabets of their own

  /// Words of nothing but high bytes, nearly all of them letters of the upper half.
  private var isAlphabet: Bool {
    let letters = share(0xC0...0xFF, of: counts, high) + Double(count([0xA8, 0xB8, 0xA3, 0xB3])) / Double(max(1, high))
    return letters > 0.97 && high >= 12
  }

  private var alphabets: [String] {
    guard isAlphabet else { return latin }
    // Small letters are the more frequent ones, and KOI8 has them where others have capitals.
    if share(0xC0...0xDF, of: counts, high) > 0.55 { return ["koi8-r", "windows-1251"] }
    // Greek has its rarest letters where Cyrillic has а and о.
    if Double(count([0xE0, 0xEE])) < 0.08 * Double(high) { return ["windows-1253", "windows-1251"] }
    return ["windows-1251"]
  }

  // MARK: Latin letters

  private var latin: [String] {
    func isFrequent(_ bytes: [Int], _ part: Double) -> Bool { Double(count(bytes)) > part * Double(high) }
    // Letters of DOS and of the Mac stand where Windows has punctuation.
    if share(0x80...0x9F, of: counts, high) + Double(count([0xE1, 0xA7, 0xA0, 0xA2, 0xA3])) / Double(max(1, high))
      > 0.9,
      !isFrequent([0x80, 0x8A, 0x8C, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9C, 0x85], 0.5)
        || isFrequent([0x8A, 0x9A, 0x9F, 0x8E, 0x8F], 0.5)
    {
      return isFrequent([0x81, 0x84, 0x94, 0x82], 0.5) ? ["cp850"] : ["macintosh"]
    }
    // ğ ı ş İ Ş Ğ
    if isFrequent([0xF0, 0xFD, 0xFE, 0xDD, 0xDE, 0xD0], 0.4) { return ["windows-1254", "windows-1252"] }
    // ł ą ż Ł Ż ś ź ę, and ě š č ř ž ů ť
    let isPolish =
      isFrequent([0xB3, 0xB9, 0xBF, 0xA3, 0xAF, 0x9C, 0x9F, 0xEA], 0.4) && count([0xB3, 0xB9, 0xBF, 0xAF]) > 0
    let isCzech =
      isFrequent([0xEC, 0x9A, 0xE8, 0xF8, 0x9E, 0xF9, 0x9D], 0.4) && count([0x9A, 0x9E]) > 0 && count([0xF8, 0xEC]) > 0
    if isPolish || isCzech { return ["windows-1250", "windows-1252"] }
    // The sign of the euro; on Windows it stands elsewhere.
    if count([0xA4]) > 0, count([0x80]) == 0 { return ["iso-8859-15", "windows-1252"] }
    return ["windows-1252"]
  }
}
