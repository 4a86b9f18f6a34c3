/// One line on each function and word, for `:doc` and beside completions.

import DocketSemantics

enum LanguageDocs {
  /// The methods that are expanded by the checker: how they are called, and what they give.
  static let macros: [(name: String, call: String, summary: String)] = [
    ("has", "has(x.f)", "whether x.f is there"),
    ("all", "list.all(x, condition)", "whether the condition holds for every element"),
    ("exists", "list.exists(x, condition)", "whether it holds for one element at least"),
    ("exists_one", "list.exists_one(x, condition)", "whether it holds for exactly one element"),
    ("filter", "list.filter(x, condition)", "the elements for which it holds"),
    ("map", "list.map(x, value)", "the value of each element"),
    ("sort_by", "list.sort_by(x, key)", "the elements in the order of their keys"),
    ("transformList", "map.transformList(k, v, value)", "a list with one value an entry"),
    ("transformMap", "map.transformMap(k, v, value)", "a map with the same keys and other values"),
    ("optMap", "optional.optMap(x, value)", "the value of what an optional holds, as an optional"),
    ("decisions", "decisions(route)", "what a route decides, for every item"),
    ("cells", "cells(kpi)", "all cells of a KPI"),
  ]

  static let words: [(word: String, shape: String, summary: String)] = [
    ("zone", "zone \"Asia/Shanghai\"", "the zone in which local times and days are read"),
    ("use", "use support with NAME, NAME", "bring a library in; its rules run only when named"),
    ("enum", "enum NAME { low \"LABEL\", high }", "values in an order, the lowest first"),
    ("entity", "entity NAME as x { key id: string  field: TYPE }", "what records carry; `let` fields are computed"),
    ("extend", "extend entity NAME as x { field: TYPE }", "more fields of an entity"),
    ("source", "source ENTITY from \"FILE\" as row { field = row.column }", "maps an export, as it is, onto an entity"),
    ("calendar", "calendar NAME { open mon-fri 09:00-18:00 }", "opening hours, holidays and make-up days"),
    ("let", "let NAME = VALUE", "a value with a name"),
    ("func", "func NAME(x: TYPE): TYPE = VALUE", "a function"),
    ("table", "table NAME(x: TYPE): TYPE { x | result }", "a decision table"),
    (
      "route", "route NAME for ENTITY.field as x { rule NAME { when CONDITION  to TARGET } otherwise to TARGET }",
      "decides a field: who gets what"
    ),
    ("sla", "sla NAME for ENTITY as x { start at T  stop when C  target 4h }", "a clock with a promise"),
    (
      "kpi", "kpi NAME over ENTITY as x { where C  every month of T  value ratio(C)  target >= 90% }",
      "a measure with a goal"
    ),
    ("ensure", "ensure NAME for each ENTITY as x { expect C }", "what must always hold"),
    ("fixture", "fixture NAME { ENTITY { id: \"1\" } }", "records for tests"),
    ("test", "test \"NAME\" { now @2026-10-10T09:30  given NAME  expect C }", "what the rules must do"),
  ]

  /// Whether a text begins like a declaration.
  static func startsDeclaration(_ text: String) -> Bool {
    let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }
    return words.contains { $0.word == word }
  }

  static func summary(_ builtin: Builtin) -> String {
    switch builtin {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .not, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .contained:
      "an operator"
    case .size: "how many characters, bytes, elements or entries"
    case .contains: "whether a text holds another"
    case .startsWith: "whether a text begins with another"
    case .endsWith: "whether a text ends with another"
    case .matches: "whether a regular expression (RE2) is found in a text"
    case .toInt: "as a whole number"
    case .toUint: "as a whole number that is not negative"
    case .toDouble: "as a number with decimals"
    case .toString: "as a text"
    case .toBytes: "as bytes"
    case .toBool: "as true or false"
    case .toTimestamp: "as an instant"
    case .toDuration: "as a length of time"
    case .toDate: "the day that the rulebook's zone shows"
    case .toDyn: "the same value, its type known only when evaluated"
    case .typeOf: "the type of a value"
    case .getDate: "the day of the month, from 1"
    case .getDayOfMonth: "the day of the month, from 0"
    case .getDayOfWeek: "the day of the week, Sunday is 0"
    case .getDayOfYear: "the day of the year, from 0"
    case .getFullYear: "the year"
    case .getHours: "the hour"
    case .getMilliseconds: "the milliseconds"
    case .getMinutes: "the minute"
    case .getMonth: "the month, January is 0"
    case .getSeconds: "the second"
    case .charAt: "the character at a place"
    case .indexOf: "the first place of a text in another, or -1"
    case .lastIndexOf: "the last place of a text in another, or -1"
    case .join: "the texts of a list as one"
    case .lowerAscii: "with small letters"
    case .upperAscii: "with capital letters"
    case .replace: "with each occurrence of a text replaced"
    case .split: "the parts between separators"
    case .substring: "from one place to another"
    case .trim: "without white space at both ends"
    case .reverse: "back to front"
    case .quote: "in quotation marks, with escapes"
    case .format: "a pattern filled with values"
    case .greatest: "the greatest of numbers"
    case .least: "the least of numbers"
    case .ceil: "rounded up"
    case .floor: "rounded down"
    case .round: "rounded to the nearest whole number"
    case .truncate: "without decimals"
    case .mathAbs, .abs: "without its sign"
    case .sign: "-1, 0 or 1"
    case .isInf: "whether it is infinite"
    case .isNaN: "whether it is no number"
    case .isFinite: "whether it is a finite number"
    case .sqrt: "the square root"
    case .bitAnd, .bitOr, .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight: "on the bits of whole numbers"
    case .slice: "the elements from one place to another"
    case .flatten: "the elements of the lists in a list"
    case .distinct: "each element once"
    case .sort: "in order"
    case .range: "0, 1, … up to a number"
    case .first: "the first element, as an optional"
    case .last: "the last element, as an optional"
    case .sum: "the sum of the elements"
    case .minimum: "the least element"
    case .maximum: "the greatest element"
    case .base64Encode: "bytes as Base64"
    case .base64Decode: "Base64 as bytes"
    case .optionalOf: "an optional that holds a value"
    case .optionalNone: "an optional that holds nothing"
    case .optionalOfNonZeroValue: "an optional that holds a value unless it is empty or zero"
    case .optionalUnwrap, .unwrapOpt: "what the optionals of a list hold"
    case .hasValue: "whether an optional holds something"
    case .value: "what an optional holds"
    case .optionalOr: "this optional, or another where it is empty"
    case .optionalOrValue: "what the optional holds, or a value"
    case .startOfDay: "the first instant of a day"
    case .endOfDay: "the last instant of a day"
    case .addDays: "so many days later, at the same local time"
    case .addMonths: "so many months later, at the same local time"
    case .startOf: "the start of a day, week, month, quarter or year"
    case .endOf: "the end of a day, week, month, quarter or year"
    case .isOpen: "whether the calendar is open"
    case .nextOpen: "the instant itself where open, else the next opening"
    case .elapsed: "the open time between two instants"
    case .addOpen: "the first instant at which so much open time has passed"
    case .isWorkday: "whether the calendar opens on that day"
    case .addWorkdays: "so many working days later"
    case .closing: "when the calendar closes on the n-th working day"
    case .timeOfDay: "that time on the day of an instant"
    case .up: "so many steps along `manager`"
    }
  }

  /// `int.sum()`, `list<int>.sum(): int`
  static func signatures(_ builtin: Builtin, _ schema: Schema) -> [String] {
    builtin.overloads.map { overload in
      let types = overload.parameters.map { schema.describe($0) }
      let more = overload.isVariadic ? ", …" : ""
      let result = schema.describe(overload.result) + (overload.mayBeAbsent ? "?" : "")
      guard overload.isMethod else { return "\(builtin.rawValue)(\(types.joined(separator: ", "))\(more)): \(result)" }
      return "\(types[0]).\(builtin.rawValue)(\(types.dropFirst().joined(separator: ", "))\(more)): \(result)"
    }
  }
}
