/// Checks the expressions of one body: a function, a rule, a test. Names are looked up in its scope first, then in the
/// rulebook; every variable gets a slot.
///
/// `check(_:expecting:)` is the one entry; `BodyChecker+….swift` hold the kinds of expression.

import DocketDiagnostics
import DocketSyntax
import DocketTime

public final class BodyChecker {
  struct Variable {
    enum Kind {
      case plain
      /// Its fields can be named alone: a clock in the texts of its own effects.
      case open
    }
    var name: String
    var slot: Int
    var type: Type
    var isOptional: Bool
    var kind: Kind
    var span: SourceSpan?
  }

  /// A variable bound from outside, perhaps with a qualified name.
  public struct External: Sendable {
    public var name: String
    public var type: Type
    public init(name: String, type: Type) {
      self.name = name
      self.type = type
    }
  }

  /// A function that only the host knows; enough to check calls of it.
  public struct ExternalFunction: Sendable {
    public var name: String
    public var overloads: [Overload]
    public init(name: String, overloads: [Overload]) {
      self.name = name
      self.overloads = overloads
    }
  }

  /// What reading an optional field unguarded means here.
  enum AbsenceMode {
    /// The rule becomes undecided: the reader is warned.
    case warn
    /// Absence is an answer here: a target, a sort key, a measured value.
    case allow
  }

  /// Which words mean something only here.
  enum Context {
    case plain
    /// `row.x` of a source.
    case row(variable: String?)
    /// The value of a KPI: aggregates are legal.
    case measure
    /// A route, an SLA or a KPI's filter: all records of an entity are not at hand.
    case rule
  }

  let checker: Checker
  var inference = Inference()
  var scope: [Variable] = []
  var slotCount = 0
  /// Paths of fields that are known to be present here.
  var facts: Set<PresencePath> = []
  var absenceMode = AbsenceMode.warn
  /// Optional fields that were read without a guard, outside of questions about absence.
  var unguardedReads: [SourceSpan] = []
  /// Reads inside a question about absence are neither warned of nor noted.
  var questionDepth = 0
  var context = Context.plain
  /// CEL without its checker: everything is `dyn`, unknown names fail when they are evaluated.
  var isDynamic = false
  /// CEL's name space in which names are looked up.
  var container = ""
  public internal(set) var externals: [External] = []
  var externalFunctions: [ExternalFunction] = []
  /// `now` may be read; set to the reason where it may not.
  var nowProblem: SemanticProblem?
  /// Columns of a source's row, filled as they are named.
  var rowColumns: [(name: String, span: SourceSpan)] = []
  /// Aggregates of a KPI's value, filled as they are met.
  var aggregates: [CheckedKPI.Aggregate] = []

  init(checker: Checker) { self.checker = checker }

  // MARK: - Scope

  @discardableResult
  func declare(
    _ name: String, type: Type, isOptional: Bool = false, kind: Variable.Kind = .plain, span: SourceSpan? = nil
  ) -> Int {
    let slot = slotCount
    slotCount += 1
    scope.append(Variable(name: name, slot: slot, type: type, isOptional: isOptional, kind: kind, span: span))
    return slot
  }

  func withScope<Result>(_ work: () -> Result) -> Result {
    let depth = scope.count
    defer { scope.removeSubrange(depth...) }
    return work()
  }

  func variable(named name: String) -> Variable? { scope.last { $0.name == name && $0.kind == .plain } }

  func body(_ expression: CheckedExpression) -> Body { Body(expression: expression, slotCount: slotCount) }

  // MARK: - Entry

  /// Checks an expression. `expected` helps to read enum cases and is not enforced.
  func check(_ expression: Expression, expecting expected: Type? = nil) -> CheckedExpression {
    checker.checkDepth += 1
    defer { checker.checkDepth -= 1 }
    return checkKind(expression, expecting: expected)
  }

  private func checkKind(_ expression: Expression, expecting expected: Type?) -> CheckedExpression {
    switch expression.kind {
    case .literal(let literal): checkLiteral(literal, expression.span)
    case .name(let name, let isRooted): checkName(name, isRooted: isRooted, expecting: expected, expression.span)
    case .select(let operand, let field, let isOptional):
      checkSelect(expression, operand, field, isOptional: isOptional)
    case .index(let operand, let index, let isOptional):
      checkIndex(operand, index, isOptional: isOptional, expression.span)
    case .call(let name, let arguments, let isRooted):
      checkCall(name, arguments, isRooted: isRooted, expression.span)
    case .methodCall(let receiver, let name, let arguments):
      checkMethodCall(receiver, name, arguments, expression.span, expecting: expected)
    case .unary(let op, let operand, _): checkUnary(op, operand, expression.span)
    case .binary(let op, let left, let right, let span):
      checkBinary(op, left, right, operatorSpan: span, expression.span)
    case .logical(let op, let operands): checkLogical(op, operands, expression.span)
    case .conditional(let condition, let yes, let no):
      checkConditional(condition, yes, no, expecting: expected, expression.span)
    case .coalesce(let left, let right): checkCoalesce(left, right, expecting: expected, expression.span)
    case .list(let elements): checkList(elements, expecting: expected, expression.span)
    case .map(let entries): checkMap(entries, expecting: expected, expression.span)
    case .record(let type, _, _):
      invalid(.recordOutsideTest(type.map(\.text).joined(separator: ".")), at: expression.span)
    case .formatted(let pieces): checkFormatted(pieces, expression.span)
    case .missing: CheckedExpression(.invalid, type: .error, span: expression.span)
    }
  }

  /// Checks an expression that must be of a type; the message names `what` wants it.
  func check(_ expression: Expression, as wanted: Type, for what: String) -> CheckedExpression {
    let checked = check(expression, expecting: wanted)
    return convert(checked, to: wanted, for: what)
  }

  /// Checks a condition.
  func checkCondition(_ expression: Expression, for what: String) -> CheckedExpression {
    check(expression, as: .bool, for: what)
  }

  /// A checked expression made to fit: numbers are widened to `double`, everything else must fit as it is.
  func convert(_ checked: CheckedExpression, to wanted: Type, for what: String) -> CheckedExpression {
    if isDynamic || inference.fits(checked.type, wanted, checker.schema) { return checked }
    if wanted == .double, resolved(checked).isNumeric { return builtin(.toDouble, [checked], .double, checked.span) }
    return invalid(
      .typeMismatch(
        wanted: describe(wanted), found: describe(checked.type), for: what, between: (resolved(checked), wanted)),
      at: checked.span)
  }

  // MARK: - Making nodes

  func make(
    _ kind: CheckedExpression.Kind, _ type: Type, absent: Bool = false, _ span: SourceSpan
  ) -> CheckedExpression {
    CheckedExpression(kind, type: isDynamic ? .dyn : type, mayBeAbsent: absent, span: span)
  }

  func builtin(
    _ builtin: Builtin, _ arguments: [CheckedExpression], _ type: Type, absent: Bool = false, _ span: SourceSpan
  ) -> CheckedExpression {
    make(.builtin(builtin, arguments), type, absent: absent || arguments.contains(where: \.mayBeAbsent), span)
  }

  func constant(_ constant: Constant, _ type: Type, _ span: SourceSpan) -> CheckedExpression {
    make(.constant(checker.constant(constant)), type, span)
  }

  func invalid(_ problem: SemanticProblem, at span: SourceSpan) -> CheckedExpression {
    checker.report(problem, at: span)
    return CheckedExpression(.invalid, type: .error, span: span)
  }

  func resolved(_ expression: CheckedExpression) -> Type { inference.resolve(expression.type) }

  func describe(_ type: Type) -> String { checker.schema.describe(inference.resolve(type, final: true)) }
}
