/// `t.getHours()` and the others: in UTC, or in the zone that is named.

import DocketSemantics
import DocketTime

extension Evaluator {
  func timePart(_ builtin: Builtin, _ a: [Value]) -> Value {
    switch (a.first, a.count) {
    case (.duration(let duration)?, 1): return durationPart(builtin, duration) ?? noSuchOverload(builtin, a)
    case (.timestamp(let instant)?, 1): return .int(Int64(part(builtin, Zone.utc.local(instant))))
    case (.timestamp(let instant)?, 2):
      guard case .string(let symbol) = a[1] else { return noSuchOverload(builtin, a) }
      let name = heap.text(symbol)
      guard let zone = Zone.named(name) else {
        return fail(.invalidArgument("there is no time zone \(Quoting.quoted(name))"))
      }
      return .int(Int64(part(builtin, zone.local(instant))))
    default: return noSuchOverload(builtin, a)
    }
  }

  private func part(_ builtin: Builtin, _ local: CivilDateTime) -> Int {
    switch builtin {
    case .getDate: local.date.day
    case .getDayOfMonth: local.date.day - 1
    case .getDayOfWeek: local.date.weekday.sundayBased
    case .getDayOfYear: local.date.dayOfYear - 1
    case .getFullYear: local.date.year
    case .getMonth: local.date.month - 1
    case .getHours: local.hour
    case .getMinutes: local.minute
    case .getSeconds: local.second
    default: Int(local.nanoseconds) / 1_000_000
    }
  }

  /// The whole duration in a unit; milliseconds alone are a part of the second, as the specification has it.
  private func durationPart(_ builtin: Builtin, _ duration: TimeDuration) -> Value? {
    switch builtin {
    case .getHours: .int(duration.seconds / 3600)
    case .getMinutes: .int(duration.seconds / 60)
    case .getSeconds: .int(duration.seconds)
    case .getMilliseconds: .int(Int64(duration.nanoseconds) / 1_000_000)
    default: nil
    }
  }
}
