/// Expressions as they are written. Nothing here is resolved: `x.y` may be a field, a qualified name or an enum case, and
/// macros are plain calls; DocketSemantics decides.

public import DocketDiagnostics

/// An identifier as meant, without backquotes.
///
/// Two spellings that Unicode holds canonically equivalent are one name: `String` compares and hashes them as equal, so nothing
/// here or later needs a normal form. Whoever compares bytes instead must bring both sides to one form.
public struct Name: Sendable, Hashable {
  public var text: String
  public var span: SourceSpan

  public init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// A plain string where the grammar wants one: a title, a file name, a tag.
public struct StringLiteral: Sendable, Hashable {
  public var value: String
  public var span: SourceSpan

  public init(_ value: String, _ span: SourceSpan) {
    self.value = value
    self.span = span
  }
}

public final class Expression: Sendable {
  public let kind: Kind
  /// From the first to the last byte, parentheses around it not included.
  public let span: SourceSpan
  /// The number of nodes on the longest way down, this one included.
  /// INVARIANT: at most `Parser.maximumDepth` in a parsed tree, so that recursion over it cannot overflow the stack.
  public let height: Int

  public init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
    height = 1 + kind.tallestChild
  }

  public indirect enum Kind: Sendable {
    case literal(Literal)
    /// `x`, or `.x` when it starts at the root of the name space.
    case name(Name, isRooted: Bool)
    /// `e.f`, or `e.?f`.
    case select(Expression, Name, isOptional: Bool)
    /// `e[i]`, or `e[?i]`.
    case index(Expression, Expression, isOptional: Bool)
    /// `f(a, b)`, or `.f(a, b)`.
    case call(Name, [Expression], isRooted: Bool)
    /// `e.f(a, b)`: a method, a macro or a function with a qualified name.
    case methodCall(Expression, Name, [Expression])
    case unary(UnaryOperator, Expression, operator: SourceSpan)
    case binary(BinaryOperator, Expression, Expression, operator: SourceSpan)
    /// A chain of one operator kept flat, so that long conditions are not deep: two operands or more.
    case logical(LogicalOperator, [Expression])
    case conditional(Expression, then: Expression, else: Expression)
    /// `a ?? b`
    case coalesce(Expression, Expression)
    case list([ListElement])
    case map([MapEntry])
    /// `T {f: v}`; the type's name may be qualified.
    case record(type: [Name], isRooted: Bool, [RecordField])
    /// `f"…{e}…"`
    case formatted([FormatPiece])
    /// What stood here could not be parsed and has been reported.
    case missing

    fileprivate var tallestChild: Int {
      switch self {
      case .literal, .name, .missing: 0
      case .select(let base, _, _), .unary(_, let base, _): base.height
      case .index(let left, let right, _), .binary(_, let left, let right, _), .coalesce(let left, let right):
        max(left.height, right.height)
      case .call(_, let arguments, _), .logical(_, let arguments): arguments.tallest(\.height)
      case .methodCall(let base, _, let arguments): max(base.height, arguments.tallest(\.height))
      case .conditional(let condition, let then, let otherwise): max(condition.height, then.height, otherwise.height)
      case .list(let elements): elements.tallest(\.value.height)
      case .map(let entries): entries.tallest { max($0.key.height, $0.value.height) }
      case .record(_, _, let fields): fields.tallest(\.value.height)
      case .formatted(let pieces):
        pieces.tallest { if case .hole(let expression) = $0 { expression.height } else { 0 } }
      }
    }
  }
}

extension Array {
  fileprivate func tallest(_ height: (Element) -> Int) -> Int { reduce(0) { Swift.max($0, height($1)) } }
}

public enum Literal: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  /// The text of a duration such as `1h30m`.
  case duration(String)
  /// The text after `@`: `2026-10-10`.
  case date(String)
  /// The text after `@`: `2026-10-10T09:30`, perhaps with seconds, a fraction and an offset.
  case timestamp(String)
}

public enum UnaryOperator: String, Sendable, Hashable {
  /// `!` or, binding as a relation, `not`
  case not = "!"
  case negate = "-"
}

public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in` = "in"
  case notIn = "not in"
}

/// `&&` and `and` mean the same, as do `||` and `or`.
public enum LogicalOperator: String, Sendable, Hashable {
  case and = "&&"
  case or = "||"
}

public struct ListElement: Sendable {
  /// `?e`
  public var isOptional: Bool
  public var value: Expression

  public init(isOptional: Bool, value: Expression) {
    self.isOptional = isOptional
    self.value = value
  }
}

public struct MapEntry: Sendable {
  /// `?k: v`
  public var isOptional: Bool
  public var key: Expression
  public var value: Expression

  public init(isOptional: Bool, key: Expression, value: Expression) {
    self.isOptional = isOptional
    self.key = key
    self.value = value
  }
}

public struct RecordField: Sendable {
  public var name: Name
  public var isOptional: Bool
  public var value: Expression

  public init(name: Name, isOptional: Bool, value: Expression) {
    self.name = name
    self.isOptional = isOptional
    self.value = value
  }
}

public enum FormatPiece: Sendable {
  /// Text with its escapes already decoded.
  case text(String)
  case hole(Expression)
}

/// A type as it is written: `int`, `list<T>`, `Feedback?`.
public struct TypeExpression: Sendable, Hashable {
  public var name: Name
  public var arguments: [TypeExpression]
  /// `T?`: the value may be absent.
  public var isOptional: Bool
  public var span: SourceSpan

  public init(name: Name, arguments: [TypeExpression] = [], isOptional: Bool, span: SourceSpan) {
    self.name = name
    self.arguments = arguments
    self.isOptional = isOptional
    self.span = span
  }
}
