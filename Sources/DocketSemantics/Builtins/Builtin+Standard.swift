/// Signatures of CEL's standard functions (cel-spec, "List of Standard Definitions").

extension Builtin {
  var standardOverloads: [Overload] {
    let sized: [Type] = [.string, .bytes, .list(.parameter(0)), .map(.parameter(0), .parameter(1))]
    switch self {
    case .size: return sized.map { .function([$0], .int) } + sized.map { .method([$0], .int) }
    case .contains, .startsWith, .endsWith: return [.method([.string, .string], .bool)]
    case .matches: return [.function([.string, .string], .bool), .method([.string, .string], .bool)]
    default: return []
    }
  }

  var conversionOverloads: [Overload] {
    func from(_ sources: [Type], to result: Type) -> [Overload] { sources.map { .function([$0], result) } }
    switch self {
    case .toInt: return from([.int, .uint, .double, .string, .timestamp], to: .int)
    case .toUint: return from([.uint, .int, .double, .string], to: .uint)
    case .toDouble: return from([.double, .int, .uint, .string], to: .double)
    case .toString:
      return from([.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .date], to: .string)
    case .toBytes: return from([.bytes, .string], to: .bytes)
    case .toBool: return from([.bool, .string], to: .bool)
    case .toTimestamp: return from([.timestamp, .string, .int], to: .timestamp)
    case .toDuration: return from([.duration, .string], to: .duration)
    // The day that the rulebook's clock shows at an instant.
    case .toDate: return from([.date, .timestamp, .string], to: .date)
    case .toDyn: return [.function([.parameter(0)], .dyn)]
    case .typeOf: return [.function([.parameter(0)], .type(.parameter(0)))]
    default: return []
    }
  }

  var timePartOverloads: [Overload] {
    let ofInstant: [Overload] = [.method([.timestamp], .int), .method([.timestamp, .string], .int)]
    switch self {
    case .getHours, .getMinutes, .getSeconds, .getMilliseconds: return ofInstant + [.method([.duration], .int)]
    default: return ofInstant
    }
  }
}
