/// The figures of a measure as people write them, in reports and in the texts of effects.

import DocketRuntime
public import DocketSemantics
import DocketTime

public enum MeasureText {
  /// The value of a KPI, a bound of its interval or its change: `78.4 %`, `3h 20m`, `12.35 points`.
  public static func text(_ value: Double, _ kpi: CheckedKPI) -> String {
    if kpi.valueType == .duration { return duration(seconds: value) }
    if kpi.isRatio { return percent(value) }
    return DoubleText.told(value) + (kpi.unit.map { " \($0)" } ?? "")
  }

  /// `64.5 %`, cut and not rounded, so that a missed target never reads as met.
  public static func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return "\(DoubleText.told(share * 100)) %" }
    // A share that is a tenth but for the last bit is that tenth.
    let exact = (share * 1_000).rounded()
    let tenths = Int(abs(share * 1_000 - exact) < 1e-9 ? exact : (share * 1_000).rounded(.down))
    return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }

  /// `1h 30m`, to the minute above an hour.
  public static func duration(seconds: Double) -> String {
    let rounded = seconds >= 3_600 ? (seconds / 60).rounded() * 60 : seconds.rounded()
    return TimeDuration(seconds: rounded).map { $0.humanString() } ?? "—"
  }
}

extension CheckedKPI {
  /// Whether its value is one ratio, which people read in percent.
  public var isRatio: Bool {
    if case .aggregate(let number) = value.kind { aggregates[number].kind == .ratio } else { false }
  }
}
