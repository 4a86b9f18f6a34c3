/// Where an axis begins and ends, and which values on it are written out.

struct ChartScale {
  let low: Double
  let high: Double
  let ticks: [Double]

  init(_ values: [Double], _ figure: KPISummary.Figure) {
    let finite = values.filter { $0.isFinite && abs($0) < 1e15 }
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if figure == .share {
      // A share near the top is looked at closely, one near the bottom from nothing on.
      low = low > 0.5 ? low - 0.04 : 0
      high = high > 0.5 ? 1 : high
    } else if low > 0, low < high * 0.6 {
      low = 0
    }
    if high <= low { (low, high) = (min(low, 0), low == 0 ? 1 : max(high * 1.2, 0)) }
    if high <= low { high = low + 1 }
    let step = Self.step(for: (high - low) / 4, figure)
    let first = (low / step).rounded(.down)
    let last = (high / step).rounded(.up)
    var ticks: [Double] = []
    var place = first
    while place <= last, ticks.count < 12 {
      ticks.append(place * step)
      place += 1
    }
    self.low = ticks.first ?? low
    self.high = max(ticks.last ?? high, self.low + step)
    self.ticks = ticks
  }

  /// From 0 at the low end to 1 at the high end.
  func place(_ value: Double) -> Double { max(0, min(1, (value - low) / (high - low))) }

  /// A step that people count in, not smaller than wanted.
  private static func step(for wanted: Double, _ figure: KPISummary.Figure) -> Double {
    if figure == .duration {
      let steps: [Double] = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400]
      if let step = steps.first(where: { $0 >= wanted }) { return step }
      return round(wanted / 86400) * 86400
    }
    return round(wanted)
  }

  /// 1, 2, 2.5 or 5 times a power of ten, not smaller than wanted.
  private static func round(_ wanted: Double) -> Double {
    guard wanted > 0, wanted.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= wanted { power *= 10 }
    while power > wanted { power /= 10 }
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= wanted * 0.999 } ?? power * 10
  }
}
