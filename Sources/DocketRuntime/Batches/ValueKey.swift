import DocketTime

/// A value as the key of a group or of a set: equal values, equal keys.
public struct ValueKey: Hashable {
  private var kind: UInt8
  private var high: UInt64
  private var low: UInt64

  public init(_ value: Value, _ world: World) {
    (kind, high, low) =
      switch value {
      case .bool(let bit): (1, 0, bit ? 1 : 0)
      case .int(let number): (2, 0, UInt64(bitPattern: number))
      case .uint(let number): (3, 0, number)
      case .double(let number): (4, 0, (number == 0 ? 0.0 : number).bitPattern)
      case .string(let symbol): (5, 0, UInt64(symbol.index))
      case .timestamp(let instant): (6, UInt64(bitPattern: instant.seconds), UInt64(instant.nanoseconds))
      case .duration(let duration):
        (7, UInt64(bitPattern: duration.seconds), UInt64(bitPattern: Int64(duration.nanoseconds)))
      case .date(let date): (8, 0, UInt64(bitPattern: Int64(date.daysSinceEpoch)))
      case .enumeration(let value): (9, UInt64(value.type), UInt64(value.ordinal))
      case .entity(let reference): (10, UInt64(reference.entity), UInt64(world.record(of: reference)))
      default: (0, 0, 0)
      }
  }
}

/// Numbers for different values, in the order in which they come.
final class ValueKeys {
  private var numbers: [ValueKey: Int] = [:]

  func number(of key: ValueKey) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = numbers.count
    return numbers.count - 1
  }
}
