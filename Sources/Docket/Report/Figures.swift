/// Numbers as people read them.

import DocketRules
import DocketTime

enum Figures {
  /// `24,918`
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var grouped = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.utf8.count - position).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return number < 0 ? "-" + grouped : grouped
  }

  /// `64.5 %`, cut and not rounded, so that a missed target never reads as met.
  static func percent(_ share: Double) -> String { MeasureText.percent(share) }

  /// `64.5 %` of each part, rounded by itself, so that equal parts read alike wherever they stand. What is not nothing does not
  /// read as nothing, and what is not all not as all.
  static func shares(_ parts: [Int], of whole: Int) -> [String] {
    guard whole > 0 else { return parts.map { _ in percent(0) } }
    let tenths = parts.map { Int((Double($0) / Double(whole) * 1_000).rounded()) }
    return zip(parts, tenths).map { part, tenths in
      if part > 0, tenths == 0 { return "< 0.1 %" }
      if part < whole, tenths == 1_000 { return "> 99.9 %" }
      return "\(tenths / 10).\(tenths % 10) %"
    }
  }

  static func decimal(_ number: Double, places: Int) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(number) * scale).rounded())
    let whole = count(scaled / Int(scale))
    let sign = number < 0 && scaled != 0 ? "-" : ""
    guard places > 0 else { return sign + whole }
    let fraction = String(scaled % Int(scale))
    return "\(sign)\(whole).\(String(repeating: "0", count: places - fraction.utf8.count))\(fraction)"
  }

  /// A whole number without decimals, anything else with two.
  static func number(_ number: Double) -> String {
    number == number.rounded() ? decimal(number, places: 0) : decimal(number, places: 2)
  }

  /// `1h 30m`, to the minute above an hour.
  static func duration(seconds: Double) -> String { MeasureText.duration(seconds: seconds) }

  static func duration(_ duration: TimeDuration) -> String { Self.duration(seconds: duration.totalSeconds) }

  /// `2017-03-01 00:00 UTC`
  static func instant(_ instant: Instant, _ zone: Zone) -> String {
    let local = zone.local(instant)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = local.second == 0 ? "" : ":\(two(local.second))"
    return "\(local.date) \(two(local.hour)):\(two(local.minute))\(seconds) \(zone.name)"
  }
}
