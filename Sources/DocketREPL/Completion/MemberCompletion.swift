/// What may follow a dot: the fields of the receiver's type, its methods and macros.

import DocketSemantics

struct MemberCompletion {
  let schema: Schema
  let checked: CheckedRulebook

  func members(of type: Type) -> [CompletionCandidate] { fields(of: type) + macros(of: type) + methods(of: type) }

  private func fields(of type: Type) -> [CompletionCandidate] {
    switch type {
    case .entity(let id):
      return schema.fields(of: id).map {
        CompletionCandidate(text: $0.name, note: schema.describe($0.type) + ($0.isOptional ? "?" : ""))
      } + [CompletionCandidate(text: "history", note: "list<\(schema[id].name)>")]
    case .result(let result):
      return fields(of: result).map {
        CompletionCandidate(text: $0.name, note: schema.describe($0.type) + ($0.isOptional ? "?" : ""))
      }
    case .optional(let wrapped): return fields(of: wrapped)
    default: return []
    }
  }

  private func fields(of result: ResultType) -> [ResultField] {
    switch result {
    case .decision(let index) where index < checked.routes.count:
      result.fields(item: .entity(checked.routes[index].entity), to: checked.routes[index].fieldType)
    case .clock(let index) where index < checked.slas.count:
      result.fields(item: .entity(checked.slas[index].entity), to: .dyn)
    default: result.fields(item: .dyn, to: .dyn)
    }
  }

  private func macros(of type: Type) -> [CompletionCandidate] {
    let names: [(String, String)]
    switch type {
    case .list(let element):
      let list = schema.describe(type)
      names = [
        ("filter(", list), ("map(", "list"), ("all(", "bool"), ("exists(", "bool"), ("exists_one(", "bool"),
        ("sort_by(", list),
      ]
      _ = element
    case .map: names = [("all(", "bool"), ("exists(", "bool"), ("transformList(", "list"), ("transformMap(", "map")]
    case .optional: names = [("optMap(", "optional"), ("optFlatMap(", "optional")]
    default: names = []
    }
    return names.map { CompletionCandidate(text: $0.0, note: $0.1) }
  }

  private func methods(of type: Type) -> [CompletionCandidate] {
    guard !type.isUnknown else { return [] }
    var found: [CompletionCandidate] = []
    for builtin in Builtin.allCases where !builtin.isOperator {
      var bound: [Int: Type] = [:]
      guard
        let overload = builtin.overloads.first(where: { overload in
          bound = [:]
          return overload.isMethod && overload.parameters.first.map { fits(type, $0, &bound) } ?? false
        })
      else { continue }
      let result = schema.describe(filled(overload.result, bound))
      let call = overload.parameters.count > 1 ? "(" : "()"
      found.append(CompletionCandidate(text: builtin.rawValue + call, note: result + (overload.mayBeAbsent ? "?" : "")))
    }
    return found
  }

  private func fits(_ type: Type, _ pattern: Type, _ bound: inout [Int: Type]) -> Bool {
    switch (type, pattern) {
    case (_, .parameter(let index)):
      bound[index] = type
      return true
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): return fits(a, b, &bound)
    case (.map(let a, let c), .map(let b, let d)): return fits(a, b, &bound) && fits(c, d, &bound)
    default: return type == pattern
    }
  }

  private func filled(_ type: Type, _ bound: [Int: Type]) -> Type {
    switch type {
    case .parameter(let index): bound[index] ?? .dyn
    case .list(let element): .list(filled(element, bound))
    case .optional(let wrapped): .optional(filled(wrapped, bound))
    case .map(let key, let value): .map(filled(key, bound), filled(value, bound))
    default: type
    }
  }
}
