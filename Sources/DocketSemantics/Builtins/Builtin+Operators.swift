/// Signatures of the operators (cel-spec, "List of Standard Definitions", and language section 3.2).

extension Builtin {
  var operatorOverloads: [Overload] {
    let any = Type.parameter(0)
    switch self {
    case .add:
      return [
        .function([.int, .int], .int), .function([.uint, .uint], .uint), .function([.double, .double], .double),
        .function([.string, .string], .string), .function([.bytes, .bytes], .bytes),
        .function([.list(any), .list(any)], .list(any)),
        .function([.timestamp, .duration], .timestamp), .function([.duration, .timestamp], .timestamp),
        .function([.duration, .duration], .duration),
      ]
    case .subtract:
      return [
        .function([.int, .int], .int), .function([.uint, .uint], .uint), .function([.double, .double], .double),
        .function([.timestamp, .timestamp], .duration), .function([.timestamp, .duration], .timestamp),
        .function([.duration, .duration], .duration),
      ]
    case .multiply:
      return [
        .function([.int, .int], .int), .function([.uint, .uint], .uint), .function([.double, .double], .double),
        .function([.duration, .int], .duration), .function([.int, .duration], .duration),
        .function([.duration, .double], .duration), .function([.double, .duration], .duration),
      ]
    case .divide:
      return [
        .function([.int, .int], .int), .function([.uint, .uint], .uint), .function([.double, .double], .double),
        .function([.duration, .int], .duration), .function([.duration, .double], .duration),
        .function([.duration, .duration], .double),
      ]
    case .modulo:
      return [.function([.int, .int], .int), .function([.uint, .uint], .uint)]
    case .negate:
      return [
        .function([.int], .int), .function([.double], .double), .function([.duration], .duration),
      ]
    case .not:
      return [.function([.bool], .bool)]
    case .equal, .notEqual:
      return [.function([any, any], .bool)]
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      // Numbers of different types and enums are added by the checker.
      return [Type.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date].map {
        .function([$0, $0], .bool)
      }
    case .contained:
      return [.function([any, .list(any)], .bool), .function([any, .map(any, .parameter(1))], .bool)]
    default:
      return []
    }
  }
}
