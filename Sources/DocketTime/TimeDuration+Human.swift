/// Durations for people.

extension TimeDuration {
  /// `1h 30m`, `154h 50m`, `45s`, `1s 250ms`, `0s`, `-2h`. Hours are the largest unit, since a business clock has no
  /// days of 24 hours; parts that are zero are left out.
  public func humanString() -> String {
    if self == .zero { return "0s" }
    var text: [UInt8] = []
    if isNegative { text.append(UInt8(ascii: "-")) }
    let seconds = Int(magnitude.seconds)
    let nanoseconds = Int(magnitude.nanoseconds)
    let parts: [(Int, StaticString)] = [
      (seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
      (nanoseconds / 1_000_000, "ms"), (nanoseconds / 1000 % 1000, "us"), (nanoseconds % 1000, "ns"),
    ]
    var isFirst = true
    for (value, unit) in parts where value != 0 {
      if !isFirst { text.append(UInt8(ascii: " ")) }
      isFirst = false
      text.append(value)
      text.append(unit)
    }
    return text.asText
  }
}
