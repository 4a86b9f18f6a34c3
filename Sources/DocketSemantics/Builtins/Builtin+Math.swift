/// Signatures of CEL's math extension.

extension Builtin {
  var mathOverloads: [Overload] {
    let numbers: [Type] = [.int, .uint, .double]
    switch self {
    case .greatest, .least:
      // Numbers of several types together give whichever of them it is, as it came.
      return numbers.map { .function([$0], $0, variadic: true) } + numbers.map { .function([.list($0)], $0) }
        + [.function([.list(.dyn)], .dyn), .function([.dyn], .dyn, variadic: true)]
    case .ceil, .floor, .round, .truncate: return [.function([.double], .double)]
    case .mathAbs, .sign: return numbers.map { .function([$0], $0) }
    case .isInf, .isNaN, .isFinite: return [.function([.double], .bool)]
    case .sqrt: return [.double, .int, .uint].map { .function([$0], .double) }
    case .bitAnd, .bitOr, .bitXor: return [.int, .uint].map { .function([$0, $0], $0) }
    case .bitNot: return [.int, .uint].map { .function([$0], $0) }
    case .bitShiftLeft, .bitShiftRight: return [.int, .uint].map { .function([$0, .int], $0) }
    default: return []
    }
  }
}
