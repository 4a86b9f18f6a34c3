/// RFC 3339 texts, as CEL's `timestamp(string)` and `string(timestamp)` read and write them.

extension Instant {
  /// In UTC, with as many fractional digits as are needed: `2009-02-13T23:31:30Z`, `2009-02-13T23:31:30.5Z`.
  public func rfc3339() -> String { rfc3339(offset: 0) }

  /// The same instant as a clock `offset` seconds east of UTC shows it; seconds of an offset are not printed.
  public func rfc3339(offset: Int32) -> String {
    // RFC 3339 has no seconds in offsets, so old local mean times are told to the minute.
    let offset = offset / 60 * 60
    var text: [UInt8] = []
    text.reserveCapacity(35)
    text.append(CivilDateTime(localSeconds: seconds &+ Int64(offset), nanoseconds: nanoseconds))
    if offset == 0 {
      text.append(UInt8(ascii: "Z"))
    } else {
      text.append(offset: offset)
    }
    return text.asText
  }

  /// A whole RFC 3339 text with `T`, an offset or `Z`, and up to nine fractional digits. `nil` for anything else: lower
  /// case letters, days that do not exist, leap seconds, instants outside the range.
  public static func parseRFC3339(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
    var cursor = ByteCursor(bytes)
    guard let date = cursor.date(), cursor.take(UInt8(ascii: "T")), let local = cursor.timeOfDay(on: date),
      let offset = cursor.offset(), cursor.isAtEnd
    else { return nil }
    return Instant(seconds: local.localSeconds &- Int64(offset), nanoseconds: local.nanoseconds)
  }

  public static func parseRFC3339(_ text: some StringProtocol) -> Instant? {
    text.withBytes { parseRFC3339($0) }
  }
}

extension ByteCursor {
  /// `HH:MM:SS` and an optional fraction.
  mutating func timeOfDay(on date: CivilDate) -> CivilDateTime? {
    guard let hour = digits(2), take(UInt8(ascii: ":")), let minute = digits(2), take(UInt8(ascii: ":")),
      let second = digits(2)
    else { return nil }
    var nanoseconds: Int32 = 0
    if take(UInt8(ascii: ".")) {
      guard let part = fraction() else { return nil }
      nanoseconds = part
    }
    return CivilDateTime(
      date: date, hour: Int(hour), minute: Int(minute), second: Int(second), nanoseconds: nanoseconds)
  }

  /// `Z` or `±HH:MM`, in seconds east of UTC.
  mutating func offset() -> Int32? {
    if take(UInt8(ascii: "Z")) { return 0 }
    let isWest = current == UInt8(ascii: "-")
    guard isWest || current == UInt8(ascii: "+") else { return nil }
    position &+= 1
    guard let hours = digits(2), take(UInt8(ascii: ":")), let minutes = digits(2), hours < 24, minutes < 60 else {
      return nil
    }
    let seconds = hours &* 3600 &+ minutes &* 60
    return isWest ? -seconds : seconds
  }
}

extension [UInt8] {
  /// `+08:00`, `-02:30`; with seconds (`+08:05:43`) where an old zone has them.
  mutating func append(offset: Int32) {
    append(UInt8(ascii: offset < 0 ? "-" : "+"))
    let seconds = Int(offset.magnitude)
    append(seconds / 3600, width: 2)
    append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, width: 2)
    if seconds % 60 != 0 {
      append(UInt8(ascii: ":"))
      append(seconds % 60, width: 2)
    }
  }
}
