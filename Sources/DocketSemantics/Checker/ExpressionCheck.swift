/// Checks one expression on its own: for `docket eval`, for the REPL, and for the public cases of CEL.

public import DocketSyntax

public struct ExpressionCheck {
  /// Variables bound from outside, in the order of `.external`.
  public var externals: [BodyChecker.External] = []
  /// Variables that take the first slots, as parameters do.
  public var parameters: [BodyChecker.External] = []
  /// Functions that only a host knows: calls of them are checked, not evaluated.
  public var functions: [BodyChecker.ExternalFunction] = []
  /// What the expression is wanted as; helps to read enum cases and is not enforced.
  public var expected: Type?
  /// CEL's name space.
  public var container = ""
  /// Checks nothing but names of functions and macros, as CEL does without its checker.
  public var isDynamic = false

  public init() {}

  /// The checked expression with its type, beside the declarations of `checker`; its constants join those of the rulebook.
  public func check(_ expression: Expression, in checker: Checker) -> (body: Body, type: Type) {
    let body = BodyChecker(checker: checker)
    body.externals = externals
    body.externalFunctions = functions
    body.container = container
    body.isDynamic = isDynamic
    body.absenceMode = .allow
    for parameter in parameters { _ = body.declare(parameter.name, type: parameter.type) }
    let checked = body.check(expression, expecting: expected)
    return (body.body(checked), body.inference.resolve(checked.type, final: true))
  }
}
