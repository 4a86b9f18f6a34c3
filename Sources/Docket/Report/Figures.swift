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
