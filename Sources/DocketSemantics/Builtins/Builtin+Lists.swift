/// Signatures of CEL's lists and optionals extensions, and of Docket's `sum`, `min` and `max`.

extension Builtin {
  var listOverloads: [Overload] {
    let any = Type.parameter(0)
    let ordered: [Type] = [.int, .uint, .double, .duration, .timestamp, .date, .string, .bytes, .bool]
    switch self {
    case .slice: return [.method([.list(any), .int, .int], .list(any))]
    case .flatten: return [.method([.list(.list(any))], .list(any)), .method([.list(.dyn), .int], .list(.dyn))]
    case .distinct: return [.method([.list(any)], .list(any))]
    case .sort: return [.method([.list(any)], .list(any))]
    case .range: return [.function([.int], .list(.int))]
    case .first, .last: return [.method([.list(any)], .optional(any))]
    case .sum: return [Type.int, .uint, .double, .duration].map { .method([.list($0)], $0) }
    case .minimum, .maximum:
      // Enums, and the rest of what has an order, by the last one; the values decide.
      return ordered.map { .method([.list($0)], $0, absent: true) } + [.method([.list(any)], any, absent: true)]
    default: return []
    }
  }

  var optionalOverloads: [Overload] {
    let any = Type.parameter(0)
    let optional = Type.optional(any)
    switch self {
    case .optionalOf, .optionalOfNonZeroValue: return [.function([any], optional)]
    case .optionalNone: return [.function([], optional)]
    case .optionalUnwrap: return [.function([.list(optional)], .list(any))]
    case .unwrapOpt: return [.method([.list(optional)], .list(any))]
    case .hasValue: return [.method([optional], .bool)]
    case .value: return [.method([optional], any)]
    case .optionalOr: return [.method([optional, optional], optional)]
    case .optionalOrValue: return [.method([optional, any], any)]
    default: return []
    }
  }
}
