/// Which encoding the text of an unknown file is in, judged by its bytes.
///
/// UTF-8 is told by its form alone. Chinese text of GB 18030 has its high bytes in pairs, Western European text has them one
/// at a time between letters.

enum TextEncoding {
  /// How many bytes are looked at where the file is longer: enough for its habits to show.
  private static let sample = 1 << 22

  /// As `encoding` names it; `nil` for UTF-8.
  static func guess(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return nil }
    if bytes.count >= 2, (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF) {
      return "utf-16"
    }
    if let wide = wide(bytes) { return wide }
    guard UTF8Check.firstInvalid(start, start + bytes.count) != nil else { return nil }
    let (paired, single) = highBytes(bytes)
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(lineEnd(in: bytes)))
    func reads(_ encoding: String) -> Bool {
      if case .success = Transcoding.utf8(head, from: encoding) { true } else { false }
    }
    if paired >= 4 * single {
      for encoding in ["gb18030", "big5", "shift_jis", "euc-kr"] where reads(encoding) { return encoding }
    }
    return reads("windows-1252") ? "windows-1252" : "iso-8859-1"
  }

  /// Two bytes a character without a mark at the start: every other byte of plain letters is zero.
  private static func wide(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let count = min(bytes.count, 4096) / 2
    guard count >= 4, bytes.count.isMultiple(of: 2) else { return nil }
    var (even, odd) = (0, 0)
    for place in 0..<count {
      if bytes[2 * place] == 0 { even += 1 }
      if bytes[2 * place + 1] == 0 { odd += 1 }
    }
    if odd * 4 > count, even == 0 { return "utf-16le" }
    return even * 4 > count && odd == 0 ? "utf-16be" : nil
  }

  /// High bytes that stand beside another one, in pairs, and those that stand alone.
  private static func highBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> (paired: Int, single: Int) {
    var (paired, single) = (0, 0)
    var place = 0
    let end = min(bytes.count, sample)
    while place < end {
      if bytes[place] < 0x80 {
        place += 1
      } else if place + 1 < end, bytes[place + 1] >= 0x80 {
        paired += 1
        place += 2
      } else {
        // The second byte of a rare character may be a letter; that of the common ones is high.
        single += 1
        place += 1
      }
    }
    return (paired, single)
  }

  /// The end of the last whole line within the sample, so that no character is cut.
  private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard bytes.count > sample else { return bytes.count }
    var end = sample
    while end > 0, bytes[end - 1] != 0x0A { end -= 1 }
    return end == 0 ? bytes.count : end
  }
}
