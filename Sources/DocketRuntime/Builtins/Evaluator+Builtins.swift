/// From a builtin to its code: the checklist of what there is. Which code runs depends on the values, as in CEL.

public import DocketSemantics

extension Evaluator {
  func call(_ builtin: Builtin, _ operands: [CheckedExpression], _ expression: CheckedExpression) -> Value {
    // The most frequent ones need no array of arguments.
    if builtin.isBinaryOperator, operands.count == 2 {
      let left = value(of: operands[0])
      if left.isError { return left }
      let right = value(of: operands[1])
      if right.isError { return right }
      current = expression
      return binary(builtin, left, right)
    }
    if builtin == .optionalOr || builtin == .optionalOrValue, operands.count == 2 {
      return optionalAlternative(builtin, operands, expression)
    }
    var arguments: [Value] = []
    arguments.reserveCapacity(operands.count)
    for operand in operands {
      let value = self.value(of: operand)
      if value.isError { return value }
      arguments.append(value)
    }
    current = expression
    return call(builtin, arguments)
  }

  /// A builtin over evaluated arguments, none of them an error or absent.
  public func call(_ builtin: Builtin, _ a: [Value]) -> Value {
    switch builtin {
    case .add, .subtract, .multiply, .divide, .modulo, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual,
      .contained:
      a.count == 2 ? binary(builtin, a[0], a[1]) : noSuchOverload(builtin, a)
    case .negate: negate(a)
    case .not: not(a)

    case .size: size(a)
    case .contains: contains(a)
    case .startsWith: startsWith(a)
    case .endsWith: endsWith(a)
    case .matches: matches(a)

    case .toInt: toInt(a)
    case .toUint: toUint(a)
    case .toDouble: toDouble(a)
    case .toString: toString(a)
    case .toBytes: toBytes(a)
    case .toBool: toBool(a)
    case .toTimestamp: toTimestamp(a)
    case .toDuration: toDuration(a)
    case .toDate: toDate(a)
    case .toDyn: a.count == 1 ? a[0] : noSuchOverload(builtin, a)
    case .typeOf: a.count == 1 ? heap.type(heap.type(of: a[0])) : noSuchOverload(builtin, a)

    case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getHours, .getMilliseconds, .getMinutes,
      .getMonth, .getSeconds:
      timePart(builtin, a)

    case .charAt: charAt(a)
    case .indexOf: indexOf(a)
    case .lastIndexOf: lastIndexOf(a)
    case .join: join(a)
    case .lowerAscii: changeCase(builtin, a)
    case .upperAscii: changeCase(builtin, a)
    case .replace: replace(a)
    case .split: split(a)
    case .substring: substring(a)
    case .trim: trim(a)
    case .reverse: reverse(a)
    case .quote: quote(a)
    case .format: formatText(a)

    case .greatest: extreme(builtin, a)
    case .least: extreme(builtin, a)
    case .ceil, .floor, .round, .truncate: rounding(builtin, a)
    case .mathAbs, .abs: magnitude(builtin, a)
    case .sign: sign(a)
    case .isInf, .isNaN, .isFinite: classify(builtin, a)
    case .sqrt: squareRoot(a)
    case .bitAnd, .bitOr, .bitXor: bitwise(builtin, a)
    case .bitNot: bitNot(a)
    case .bitShiftLeft, .bitShiftRight: shift(builtin, a)

    case .slice: slice(a)
    case .flatten: flatten(a)
    case .distinct: distinct(a)
    case .sort: sort(a)
    case .range: range(a)
    case .first, .last: endOfList(builtin, a)
    case .sum: sum(a)
    case .minimum, .maximum: extremeOfList(builtin, a)

    case .base64Encode: base64Encode(a)
    case .base64Decode: base64Decode(a)

    case .optionalOf: a.count == 1 ? heap.some(a[0]) : noSuchOverload(builtin, a)
    case .optionalNone: a.isEmpty ? .optionalNone : noSuchOverload(builtin, a)
    case .optionalOfNonZeroValue: optionalOfNonZeroValue(a)
    case .optionalUnwrap, .unwrapOpt: unwrap(builtin, a)
    case .hasValue: hasValue(a)
    case .value: optionalValue(a)
    case .optionalOr, .optionalOrValue: optionalAlternative(builtin, a)

    case .startOfDay, .endOfDay: boundOfDay(builtin, a)
    case .addDays, .addMonths: addCalendarDays(builtin, a)
    case .startOf, .endOf: boundOfPeriod(builtin, a)

    case .isOpen, .nextOpen, .elapsed, .addOpen, .isWorkday, .addWorkdays, .closing, .timeOfDay: onCalendar(builtin, a)

    case .up: up(a)
    }
  }

  func noSuchOverload(_ builtin: Builtin, _ arguments: [Value]) -> Value {
    let types = arguments.map { typeName($0) }
    if builtin.isOperator {
      let symbol = builtin.rawValue.filter { $0 != "_" }
      return fail(.noSuchOverload(types.count == 1 ? "\(symbol)\(types[0])" : types.joined(separator: " \(symbol) ")))
    }
    return fail(.noSuchOverload("\(builtin.rawValue)(\(types.joined(separator: ", ")))"))
  }
}

extension Builtin {
  var isBinaryOperator: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual,
      .contained:
      true
    default: false
    }
  }
}
