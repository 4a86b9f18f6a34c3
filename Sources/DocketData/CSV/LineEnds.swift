/// Lines that end with CR alone, as old programs for the Mac write them, as lines that end with LF.

enum LineEnds {
  /// How far is looked for a line end of another kind.
  private static let sample = 1 << 20

  /// The file itself, unless all of its lines end with CR alone; inside quotes a CR stays what it is.
  static func plain(_ file: FileBytes) -> FileBytes {
    let bytes = file.buffer
    guard endWithReturns(bytes) else { return file }
    var copy = Array(bytes)
    eachOutsideQuotes(bytes[...]) { place, byte in
      if byte == 0x0D { copy[place] = 0x0A }
      return true
    }
    return FileBytes(copy)
  }

  private static func endWithReturns(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var returns = 0
    var hasFeed = false
    eachOutsideQuotes(bytes.prefix(sample)) { _, byte in
      if byte == 0x0A { hasFeed = true }
      if byte == 0x0D { returns += 1 }
      return !hasFeed
    }
    // One at the very end says nothing.
    return !hasFeed && (returns > 1 || returns == 1 && bytes.last != 0x0D)
  }

  /// The CRs and LFs that stand in no quoted cell.
  private static func eachOutsideQuotes(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ see: (Int, UInt8) -> Bool) {
    var isQuoted = false
    var isStart = true
    for place in bytes.indices {
      let byte = bytes[place]
      if isQuoted {
        // A doubled quote closes and opens again.
        if byte == 0x22 { isQuoted = false }
        isStart = byte == 0x22
        continue
      }
      switch byte {
      case 0x22 where isStart: isQuoted = true
      case 0x0A, 0x0D:
        if !see(place, byte) { return }
        isStart = true
      case 0x2C, 0x3B, 0x09, 0x7C: isStart = true
      default: isStart = false
      }
    }
  }
}
