/// Every operator and function that Docket brings, by the name under which it is called.
///
/// To add one: add a case, follow the compiler to its signatures here (`Builtin+….swift`, one file a family) and to its code
/// in DocketRuntime. Which code runs is decided by the values, as in CEL; the signatures decide what is accepted and
/// what type comes out. Macros (`all`, `map`, `sort_by`, `optMap` …) are not builtins: the checker expands them.
public enum Builtin: String, CaseIterable, Sendable {
  // MARK: Operators
  case add = "_+_"
  case subtract = "_-_"
  case multiply = "_*_"
  case divide = "_/_"
  case modulo = "_%_"
  case negate = "-_"
  case not = "!_"
  case equal = "_==_"
  case notEqual = "_!=_"
  case less = "_<_"
  case lessOrEqual = "_<=_"
  case greater = "_>_"
  case greaterOrEqual = "_>=_"
  case contained = "_in_"

  // MARK: Standard
  case size
  case contains
  case startsWith
  case endsWith
  case matches

  // MARK: Conversions
  case toInt = "int"
  case toUint = "uint"
  case toDouble = "double"
  case toString = "string"
  case toBytes = "bytes"
  case toBool = "bool"
  case toTimestamp = "timestamp"
  case toDuration = "duration"
  case toDate = "date"
  case toDyn = "dyn"
  case typeOf = "type"

  // MARK: Parts of instants and durations
  case getDate
  case getDayOfMonth
  case getDayOfWeek
  case getDayOfYear
  case getFullYear
  case getHours
  case getMilliseconds
  case getMinutes
  case getMonth
  case getSeconds

  // MARK: Strings
  case charAt
  case indexOf
  case lastIndexOf
  case join
  case lowerAscii
  case upperAscii
  case replace
  case split
  case substring
  case trim
  /// Of a string or a list.
  case reverse
  case quote = "strings.quote"
  case format

  // MARK: Mathematics
  case greatest = "math.greatest"
  case least = "math.least"
  case ceil = "math.ceil"
  case floor = "math.floor"
  case round = "math.round"
  case truncate = "math.trunc"
  case mathAbs = "math.abs"
  case sign = "math.sign"
  case isInf = "math.isInf"
  case isNaN = "math.isNaN"
  case isFinite = "math.isFinite"
  case sqrt = "math.sqrt"
  case bitAnd = "math.bitAnd"
  case bitOr = "math.bitOr"
  case bitXor = "math.bitXor"
  case bitNot = "math.bitNot"
  case bitShiftLeft = "math.bitShiftLeft"
  case bitShiftRight = "math.bitShiftRight"

  // MARK: Lists
  case slice
  case flatten
  case distinct
  case sort
  case range = "lists.range"
  case first
  case last
  case sum
  case minimum = "min"
  case maximum = "max"

  // MARK: Encodings
  case base64Encode = "base64.encode"
  case base64Decode = "base64.decode"

  // MARK: Optionals
  case optionalOf = "optional.of"
  case optionalNone = "optional.none"
  case optionalOfNonZeroValue = "optional.ofNonZeroValue"
  case optionalUnwrap = "optional.unwrap"
  case unwrapOpt
  case hasValue
  case value
  /// The argument is evaluated only where the receiver is empty.
  case optionalOr = "or"
  case optionalOrValue = "orValue"

  // MARK: Days and durations of Docket
  case abs
  case startOfDay = "start"
  case endOfDay = "end"
  case addDays = "add_days"
  case addMonths = "add_months"
  case startOf = "start_of"
  case endOf = "end_of"

  // MARK: Calendars
  case isOpen = "is_open"
  case nextOpen = "next_open"
  case elapsed
  case addOpen = "add"
  case isWorkday = "is_workday"
  case addWorkdays = "add_workdays"
  case closing
  case timeOfDay = "at"

  // MARK: Records
  case up
}

extension Builtin {
  /// What can be called by a name, functions and methods alike; empty where there is nothing. Operators have no such name.
  public static func named(_ name: String) -> [Builtin] {
    Builtin(rawValue: name).map { $0.isOperator ? [] : [$0] } ?? []
  }

  /// Named after its operands: `_+_`, `!_`.
  public var isOperator: Bool { rawValue.hasSuffix("_") }
}

/// One way of calling a builtin.
public struct Overload: Sendable {
  /// A method's receiver stands first. `.parameter(n)` stands for any type, the same for the same n.
  public var parameters: [Type]
  public var result: Type
  public var isMethod: Bool
  /// The last parameter may repeat.
  public var isVariadic: Bool
  /// Calling may give the error `absent`, such as `min` of an empty list.
  public var mayBeAbsent: Bool

  public static func function(_ parameters: [Type], _ result: Type, variadic: Bool = false, absent: Bool = false)
    -> Overload
  {
    Overload(parameters: parameters, result: result, isMethod: false, isVariadic: variadic, mayBeAbsent: absent)
  }

  public static func method(_ parameters: [Type], _ result: Type, absent: Bool = false) -> Overload {
    Overload(parameters: parameters, result: result, isMethod: true, isVariadic: false, mayBeAbsent: absent)
  }
}

extension Builtin {
  /// What can be called, in the order in which it is tried.
  public var overloads: [Overload] {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .not, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .contained:
      operatorOverloads
    case .size, .contains, .startsWith, .endsWith, .matches:
      standardOverloads
    case .toInt, .toUint, .toDouble, .toString, .toBytes, .toBool, .toTimestamp, .toDuration, .toDate, .toDyn, .typeOf:
      conversionOverloads
    case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getHours, .getMilliseconds, .getMinutes,
      .getMonth, .getSeconds:
      timePartOverloads
    case .charAt, .indexOf, .lastIndexOf, .join, .lowerAscii, .upperAscii, .replace, .split, .substring, .trim,
      .reverse,
      .quote, .format:
      stringOverloads
    case .greatest, .least, .ceil, .floor, .round, .truncate, .mathAbs, .sign, .isInf, .isNaN, .isFinite, .sqrt,
      .bitAnd,
      .bitOr, .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight:
      mathOverloads
    case .slice, .flatten, .distinct, .sort, .range, .first, .last, .sum, .minimum, .maximum:
      listOverloads
    case .base64Encode, .base64Decode:
      encodingOverloads
    case .optionalOf, .optionalNone, .optionalOfNonZeroValue, .optionalUnwrap, .unwrapOpt, .hasValue, .value,
      .optionalOr,
      .optionalOrValue:
      optionalOverloads
    case .abs, .startOfDay, .endOfDay, .addDays, .addMonths, .startOf, .endOf:
      dayOverloads
    case .isOpen, .nextOpen, .elapsed, .addOpen, .isWorkday, .addWorkdays, .closing, .timeOfDay:
      calendarOverloads
    case .up:
      [.function([.parameter(0), .int], .parameter(0))]
    }
  }
}
