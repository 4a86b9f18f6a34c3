/// Types as the cases spell them: `list(int)`, `map(string, dyn)`, `optional_type(int)`, `tuple(param:T, int)`.

import DocketSemantics

/// Reads types; the same `param:` is the same parameter for one reader.
struct TypeReader {
  private var parameters: [Substring] = []

  mutating func read(_ text: String) -> Type? {
    var rest = text[...]
    guard let type = read(&rest), rest.isEmpty else { return nil }
    return type
  }

  private mutating func read(_ rest: inout Substring) -> Type? {
    let name = rest.prefix { $0 != "(" && $0 != ")" && $0 != "," }
    rest.removeFirst(name.count)
    var arguments: [Type] = []
    if rest.first == "(" {
      repeat {
        rest.removeFirst()
        rest = rest.drop { $0 == " " }
        guard let argument = read(&rest) else { return nil }
        arguments.append(argument)
      } while rest.first == ","
      guard rest.popFirst() == ")" else { return nil }
    }
    return type(name, arguments)
  }

  private mutating func type(_ name: Substring, _ arguments: [Type]) -> Type? {
    if name.hasPrefix("param:") {
      if !parameters.contains(name) { parameters.append(name) }
      return parameters.firstIndex(of: name).map { .parameter($0) }
    }
    switch (name, arguments.count) {
    case ("", _): return nil
    case ("list", 0): return .list(.dyn)
    case ("list", 1): return .list(arguments[0])
    case ("map", 0): return .map(.dyn, .dyn)
    case ("map", 2): return .map(arguments[0], arguments[1])
    case ("optional_type", 0): return .optional(.dyn)
    case ("optional_type", 1): return .optional(arguments[0])
    case ("type", 0): return .type(.dyn)
    case ("type", 1): return .type(arguments[0])
    default:
      return arguments.isEmpty ? Self.scalars[name] ?? .abstract(String(name), []) : .abstract(String(name), arguments)
    }
  }

  private static let scalars: [Substring: Type] = [
    "dyn": .dyn, "null_type": .null, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
    "string": .string, "bytes": .bytes, "timestamp": .timestamp, "google.protobuf.Timestamp": .timestamp,
    "duration": .duration, "google.protobuf.Duration": .duration,
  ]
}

extension Type {
  /// As the cases spell it.
  var caseText: String {
    func call(_ name: String, _ arguments: [Type]) -> String {
      "\(name)(\(arguments.map(\.caseText).joined(separator: ", ")))"
    }
    switch self {
    case .list(let element): return call("list", [element])
    case .map(let key, let value): return call("map", [key, value])
    case .optional(let wrapped): return call("optional_type", [wrapped])
    case .type(let inner): return inner == .dyn ? "type" : call("type", [inner])
    case .abstract(let name, let arguments): return arguments.isEmpty ? name : call(name, arguments)
    case .null: return "null_type"
    default: return Schema().describe(self)
    }
  }

  /// A wanted `type` says nothing of what it is the type of.
  func isDeduced(as wanted: Type) -> Bool {
    if case (.type, .type(.dyn)) = (self, wanted) { true } else { self == wanted }
  }
}
