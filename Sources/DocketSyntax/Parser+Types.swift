/// Types and parameters.

internal import DocketDiagnostics

extension Parser {
  // Type = Name ["<" Type {"," Type} ">"] ["?"]
  mutating func parseType() -> TypeExpression? {
    guard enter() else { return nil }
    defer { leave() }
    let start = token
    guard let name = parseName(.type) else { return nil }
    var arguments: [TypeExpression] = []
    if kind == .less {
      let open = advance()
      repeat {
        guard let argument = parseType() else { return nil }
        arguments.append(argument)
      } while take(.comma) != nil
      if take(.greater) == nil {
        reportHere(.unclosed(.less, openedAt: span(open), expected: .greater, found: found))
        return nil
      }
    }
    let isOptional = take(.question) != nil
    return TypeExpression(name: name, arguments: arguments, isOptional: isOptional, span: span(from: start))
  }

  // Parameters = "(" [Parameter {"," Parameter} [","]] ")"
  // Parameter  = Name ":" Type
  mutating func parseParameters() -> [Parameter]? {
    guard let open = expect(.leftParenthesis) else { return nil }
    var parameters: [Parameter] = []
    while kind != .rightParenthesis {
      guard let name = parseName(.parameter), expect(.colon) != nil, let type = parseType() else { return nil }
      parameters.append(Parameter(name: name, type: type))
      if take(.comma) == nil { break }
    }
    expectClosing(.rightParenthesis, of: open)
    return parameters
  }

  // Variable = "as" Name
  mutating func parseVariable() -> Name? {
    guard expect(.as) != nil else { return nil }
    return parseName(.variable)
  }

  /// A variable that may be left out; the outer `nil` says that its name could not be read.
  mutating func parseOptionalVariable() -> Name?? {
    guard take(.as) != nil else { return .some(nil) }
    guard let name = parseName(.variable) else { return nil }
    return name
  }

  // Names = Name {"," Name}
  mutating func parseNames(_ role: NameRole) -> [Name] {
    var names: [Name] = []
    repeat {
      guard let name = parseName(role) else { return names }
      names.append(name)
    } while take(.comma) != nil
    return names
  }
}
