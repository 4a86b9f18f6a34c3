/// The wording of what the checker found.

import DocketDiagnostics
import DocketTime

extension SemanticProblem: DiagnosticConvertible {
  func diagnostic(at span: SourceSpan) -> Diagnostic {
    func tell(
      _ code: DiagnosticCode, _ message: String, _ label: String = "", also secondary: [Label] = [], help: String? = nil
    ) -> Diagnostic {
      Diagnostic(code, message, at: Label(span, label), secondary: secondary, help: help.map { [$0] } ?? [])
    }
    func unknown(_ code: DiagnosticCode, _ message: String, _ label: String, _ name: String, _ candidates: [String])
      -> Diagnostic
    {
      let suggestion = suggest(name, among: candidates)
      var diagnostic = tell(code, message, label, help: suggestion?.helpText)
      if let replacement = suggestion?.replacement {
        diagnostic.fixes = [Fix("write `\(replacement)`", replace: span, with: replacement)]
      }
      return diagnostic
    }
    switch self {
    // MARK: Names
    case .unknownName(let name, let candidates):
      return unknown(.unknownName, "nothing here is called `\(name)`", "unknown name", name, candidates)
    case .unknownFunction(let name, let candidates):
      return unknown(.unknownFunction, "there is no function `\(name)`", "unknown function", name, candidates)
    case .unknownType(let name, let candidates):
      return unknown(.unknownType, "there is no type `\(name)`", "unknown type", name, candidates)
    case .unknownField(let name, let owner, let candidates):
      return unknown(.unknownField, "`\(owner)` has no field `\(name)`", "unknown field", name, candidates)
    case .unknownCase(let name, let enumeration, let candidates):
      return unknown(.unknownCase, "`\(enumeration)` has no case `\(name)`", "unknown case", name, candidates)
    case .ambiguousCase(let name, let enums):
      return tell(
        .ambiguousCase, "`\(name)` is a case of \(list(enums))", "which one?",
        help: "write `\(enums.first ?? "").\(name)`")
    case .variableLikeCase(let name, let enumeration):
      return tell(
        .variableLikeCase, "`\(name)` is a variable here and a case of `\(enumeration)` too", "which one?",
        help: "write `\(enumeration).\(name)` for the case, or give the variable another name")
    case .enumAsValue(let name, let example):
      return tell(
        .enumAsValue, "`\(name)` is an enum, not a value", "names a type",
        help: "write a case such as `\(name).\(example ?? "…")`, or `\(name).values` for all of them")
    case .fixtureAsValue(let name):
      return tell(.fixtureAsValue, "`\(name)` is a fixture, not a value", help: "write `given \(name)` in a test")
    case .duplicate(let name, let first):
      return tell(.duplicateName, "`\(name)` is declared twice", "again here", also: [Label(first, "first here")])
    case .standardName(let name):
      return tell(.standardName, "`\(name)` is a standard name and cannot be declared", help: "choose another name")
    case .unknownLibrary(let name, let candidates):
      return unknown(.unknownLibrary, "there is no library `\(name)`", "unknown library", name, candidates)
    case .notInLibrary(let name, let library, let candidates):
      return unknown(
        .unknownName, "the library `\(library)` has no SLA, KPI or invariant `\(name)`", "unknown name", name,
        candidates)
    case .differsFromLibrary(let name, let library, let difference, let theirs):
      return tell(
        .differsFromLibrary, "`\(name)` cannot take the place of the library's: \(difference)", "declared here",
        also: [Label(theirs, "the `\(name)` of `\(library)`")],
        help: difference.contains(" field ")
          ? "write `extend entity \(name) { … }` to add fields to the library's, or give yours another name"
          : "make it of the library's type, or give it another name")
    case .unknownZone(let name, let candidates):
      return unknown(.unknownZone, "there is no time zone `\(name)`", "unknown zone", name, candidates)
    case .zonesDiffer(let first, let firstSpan, let second):
      return tell(
        .zonesDiffer, "a rulebook has one zone, but `\(first)` and `\(second)` are declared", "the second zone",
        also: [Label(firstSpan, "the first zone")])
    case .noZone(let what):
      return tell(
        .noZone, "`\(what)` needs a time zone and the rulebook declares none", "in which zone?",
        help: "add `zone \"Europe/Berlin\"` to the rulebook, or write the offset: `@2026-10-10T09:30+02:00`")
    case .unknownCalendar(let name, let candidates):
      return unknown(.unknownCalendar, "there is no calendar `\(name)`", "unknown calendar", name, candidates)
    case .unknownFixture(let name, let candidates):
      return unknown(.unknownFixture, "there is no fixture `\(name)`", "unknown fixture", name, candidates)
    case .unknownPopulation(let name, let candidates):
      return unknown(
        .unknownPopulation, "there is no entity, route or sla `\(name)` to measure", "unknown name", name, candidates)
    case .unknownColumn(let name, let candidates):
      return unknown(.unknownColumn, "the table has no parameter `\(name)`", "unknown column", name, candidates)
    case .tooMany(let what, let limit):
      return tell(.textTooLong, "a rulebook may have \(limit) \(what)", "one too many")
    case .typeTooDeep(let name, let limit):
      return tell(.nestedTooDeep, "the type of `\(name)` is nested more than \(limit) levels deep")
    case .inferenceTooDeep(let name, let limit):
      return tell(
        .nestedTooDeep, "the type of `\(name)` is found only through more than \(limit) others",
        help: "write the type of one of them, as in `let x: int = …`")
    case .cycle(let name):
      return tell(
        .cycle, "`\(name)` depends on itself", "which leads back here",
        help: "everything must come to an end: break the cycle")
    case .circleOfRoutes(let names, let places):
      let first = names.first ?? ""
      let list = names.map { "`\($0)`" }.joined(separator: ", ")
      return tell(
        .cycle,
        names.count > 1 ? "routes wait for each other: \(list)" : "the route `\(first)` waits for itself",
        "this needs what `\(first)` decides",
        also: zip(names.dropFirst(), places).map { Label($1, "this needs what `\($0)` decides") },
        help: "a route sees what those decide that it reads, so one has to come first: let it read something else")

    // MARK: Types
    case .typeMismatch(let wanted, let found, let what, let types):
      return tell(
        .typeMismatch, "\(what) wants \(wanted), but this is \(found)", "this is \(found)",
        help: types.flatMap { Self.conversionHelp(from: $0.0, to: $0.1) })
    case .notCondition(let found, let op):
      return tell(.notCondition, "`\(op)` wants conditions, but this is \(found)", "this is \(found)")
    case .noOverload(let name, let arguments, let isMethod, let spans):
      return tell(
        .noOverload, Self.callText(name, arguments, isMethod: isMethod),
        also: zip(spans, arguments).map { Label($0, "this is \($1)") }, help: Self.overloadHelp(name))
    case .wrongArgumentCount(let name, let wanted, let found):
      return tell(
        .wrongArgumentCount,
        "`\(name)` takes \(count(wanted, "argument")), but \(count(found, "argument")) \(found == 1 ? "is" : "are") given"
      )
    case .calledTheOtherWay(let name, let asMethod):
      return tell(
        .calledTheOtherWay, "`\(name)` is called the other way",
        help: asMethod ? "write `x.\(name)(…)`" : "write `\(name)(x, …)`")
    case .branchesDiffer(let first, let firstSpan, let second, let secondSpan):
      return tell(
        .branchesDiffer, "both sides must be of one type, but they are \(first) and \(second)",
        also: [Label(firstSpan, "this is \(first)"), Label(secondSpan, "this is \(second)")])
    case .dateAgainstTimestamp(let dateFirst):
      return tell(
        .dateAgainstTimestamp, "a date is a whole day and a timestamp an instant: they cannot be compared",
        dateFirst ? "a date first" : "a timestamp first",
        help: "write `d.start()` or `d.end()` for an instant of the day, or `date(t)` for the day of the instant")
    case .signedAgainstUnsigned(let op):
      return tell(
        .signedAgainstUnsigned, "`\(op)` wants two int or two uint", "one of each", help: "write `int(x)` or `uint(x)`")
    case .notOptional(let found):
      return tell(.notOptional, "an optional is wanted, but this is \(found)", "this is \(found)")
    case .noFields(let type, let field):
      return tell(.noFields, "\(type) has no fields, so no `\(field)`", "this is not a record")
    case .notIndexable(let type):
      return tell(
        .notIndexable, "\(type) cannot be indexed", "this is \(type)",
        help: "lists take a number, maps a key, entities a key: `Team[\"triage\"]`")
    case .notIterable(let type, let macro):
      return tell(.notIterable, "`\(macro)` goes over a list or a map, but this is \(type)", "this is \(type)")
    case .notOrdered(let type):
      return tell(
        .notOrdered, "\(type) has no order", "this is \(type)", help: "order by a number, a text, a time or an enum")
    case .badKeyType(let type):
      return tell(
        .badKeyType, "\(type) cannot be the key of a map", "this is \(type)", help: "keys are bool, int, uint or string"
      )
    case .badHas:
      return tell(.badHas, "`has` asks about a field", "not a field", help: "write `has(x.f)`")
    case .badMacroVariable:
      return tell(.badMacroVariable, "a plain name is wanted here", "not a name", help: "write `xs.all(x, x > 0)`")
    case .repeatedMacroVariable(let name):
      return tell(.repeatedMacroVariable, "both variables are called `\(name)`", "again here")
    case .wantsRule(let function, let kind, let found):
      return tell(.wantsRule, "`\(function)` wants the name of \(kind), and `\(found)` is none")
    case .typeWithoutArguments(let name):
      return tell(.wrongTypeArguments, "`\(name)` takes no type arguments")
    case .wrongTypeArguments(let name, let wanted):
      return tell(.wrongTypeArguments, "`\(name)` is written `\(wanted)`")

    // MARK: Literals
    case .durationOutOfRange(let text):
      return tell(
        .durationOutOfRange, "`\(text)` cannot be held", help: "durations reach 292 years, to the nanosecond")
    case .timeInGap(let text, let zone):
      return tell(
        .timeInGap, "`\(text)` does not exist in `\(zone)`: the clock is put forward over it",
        help: "write the offset, such as `@\(text)+02:00`")
    case .timeInFold(let text, let zone):
      return tell(
        .timeInFold, "`\(text)` happens twice in `\(zone)`: the clock is put back",
        help: "write the offset to say which, such as `@\(text)+02:00`")
    case .badNumber(let text): return tell(.tooManyDigits, "`\(text)` has too many digits")

    // MARK: Places
    case .recordOutsideTest(let type):
      return tell(
        .recordOutsideTest, "records such as `\(type) {…}` are made in fixtures and tests only",
        help: "rules read the records of the data; they do not make any")
    case .recordsInRule(let type):
      return tell(
        .recordsInRule, "a rule cannot go over all records of `\(type)`",
        help: "give the entity a list, such as `tasks: list<Task> from Task.owner`, and read that")
    case .nowInLet(let name):
      return tell(.nowOutOfPlace, "`\(name)` is a constant and cannot read `now`", help: "write a `func`")
    case .nowInClock(let name):
      return tell(
        .nowOutOfPlace, "the conditions of the clock `\(name)` cannot read `now`",
        help: "they are replayed over the history: compare instants of the data")
    case .nowBehindClock(let name, let reader):
      return tell(
        .nowOutOfPlace, "the conditions of the clock `\(name)` cannot read `now`, as `\(reader)` does",
        help: "they are replayed over the history: compare instants of the data")
    case .nowInFixture:
      return tell(
        .nowOutOfPlace, "a fixture has no clock, so no `now`", help: "write the instant, such as `@2026-10-10T09:30`")
    case .nowInTest:
      return tell(
        .nowOutOfPlace, "this test reads `now` without setting its clock", help: "add `now @2026-10-10T09:30`")

    // MARK: Entities and sources
    case .enumWithoutCases(let name): return tell(.enumWithoutCases, "the enum `\(name)` has no cases")
    case .entityWithoutKey(let name):
      return tell(
        .entityWithoutKey, "`\(name)` has no key", help: "write `key id: string`: records are told apart by it")
    case .secondKey(let first, let span):
      return tell(
        .secondKey, "an entity has one key", "a second key", also: [Label(span, "`\(first)` is the key already")])
    case .badKey(let type):
      return tell(.badKey, "a key is a string, an int or a uint, never absent, but this is \(type)")
    case .eventNotTimestamp(let name, let type):
      return tell(.eventNotTimestamp, "`\(name)` says when something happened, so it is a timestamp, not \(type)")
    case .notStorable(let name, let type): return tell(.notStorable, "`\(name)` cannot hold \(type)")
    case .viewOfView(let name):
      return tell(.viewOfView, "`\(name)` is a view already", help: "make the view of its entity")
    case .inverseOfOther(let field, let type, let wanted):
      return tell(.inverseOfOther, "`\(field)` refers to \(type), not to `\(wanted)`")
    case .inverseType(let name, let wanted):
      return tell(
        .inverseType, "`\(name)` lists the records of `\(wanted)`",
        help: "write `\(name): list<\(wanted)> from \(wanted)…`")
    case .derivedWithoutVariable(let entity):
      return tell(
        .derivedWithoutVariable, "a derived field of `\(entity)` needs a name for the record",
        help: "write `entity \(entity) as x {` and read `x.…`")
    case .sourceOfView(let name):
      return tell(.sourceOfView, "`\(name)` is a view: its records come with those of its entity")
    case .computedFieldInSource(let name):
      return tell(.computedField, "`\(name)` is computed and cannot be given")
    case .backfilledNotTimestamp(let name):
      return tell(
        .backfilledNotTimestamp, "`backfilled` wants timestamps: `\(name)` does not say from when it is visible")
    case .badTimeFormat(let pattern, let problem):
      return tell(
        .badTimeFormat, "`\(pattern)` is no time format: \(Self.text(of: problem))",
        help: "write fields such as `yyyy-MM-dd HH:mm:ss` or `d/M/yyyy H:mm`, or `iso`, `unix`, `unix_ms`")
    case .rawColumnCompared:
      return tell(
        .rawColumnCompared, "a column is text and is not compared as it is", "text",
        help: "give the text a type first: `int(row.x)`, or compare the field in a rule")

    // MARK: Calendars and tables
    case .calendar(let name, let problem):
      let (code, message, help) = Self.words(for: problem, of: name)
      return tell(code, message, help: help)
    case .holidays(let problem): return Self.holidays(problem, at: span)
    case .badTimeOfDay: return tell(.badTimeOfDay, "this is no time of day", help: "times run from 00:00 to 24:00")
    case .rangeReversed: return tell(.rangeReversed, "the range ends before it begins")
    case .rangeTooLong(let days): return tell(.rangeTooLong, "a range of \(days) days is too long to open one by one")
    case .tableWithoutColumn(let name):
      return tell(
        .tableWithoutColumn, "the table has no column for `\(name)`",
        help: "add it to the heading; write `_` where any value will do")

    // MARK: Rules
    case .routedFieldComputed(let name):
      return tell(.routedFieldComputed, "`\(name)` is computed and cannot be decided")
    case .badRecipient(let type):
      return tell(
        .badRecipient, "\(type) cannot be notified", "this is \(type)",
        help: "notify a channel (a text), a person, a team, or a list of these")
    case .missingOnReopen(let name):
      return tell(
        .missingOnReopen, "the stop of `\(name)` can be undone, so it must say what a reopening does",
        help: "add `on reopen ignore`, `count gap`, `exclude gap`, `new cycle` or `restart`")
    case .conditionWithoutHistory(let entity, let source):
      return tell(
        .conditionWithoutHistory,
        "a clock's condition is replayed over the history of `\(entity)`, and its source keeps none",
        "when did this become true?", also: [Label(source, "has no `version`")],
        help: "add `version row.…` to the source, or read an instant: `stop at x.resolved_at`")
    case .notEvents(let type):
      return tell(
        .notEvents, "`on` wants a list of records with an `event` field, but this is \(type)", "this is \(type)")
    case .calendarDayInTarget(let text):
      return tell(
        .calendarDayInTarget, "`\(text)` counts days of 24 hours, which a calendar does not have",
        help: "write hours, such as `48h`, or `2 workdays`")
    case .badMoment:
      return tell(
        .badMoment, "a moment is a share of the target or a duration", help: "write `at 75%`, `at 4h` or `at breach`")
    case .startInsideStop(let name):
      return tell(
        .startInsideStop, "wherever `\(name)` starts, its stop holds already: every clock is met at once", "holds too",
        help: "stop on something that the start does not imply")
    case .pauseAlwaysOn:
      return tell(
        .pauseAlwaysOn, "the clock is paused for as long as it runs, so it never gets anywhere", "always holds",
        help: "pause while something holds that can also fail before the stop")
    case .limitNotLet(let name):
      return tell(
        .limitNotLet, "`\(name)` is no `let`", help: "a threshold is a number, a percentage, a duration or a `let`")
    case .limitNotConstant:
      return tell(.limitNotConstant, "this `let` is no plain number or duration, so it cannot be a threshold")
    case .groupWithoutName:
      return tell(.groupWithoutName, "this group needs a name", help: "write `by … as name`")
    case .duplicateGroup(let name):
      return tell(.duplicateGroup, "two groups are called `\(name)`", help: "write `by … as name`")
    case .groupLikeField(let name):
      return tell(.groupLikeField, "`\(name)` is a group and a field of the cell too", help: "write `by … as name`")
    case .valueWithoutAggregate:
      return tell(
        .valueWithoutAggregate, "a KPI's value counts over its rows", "nothing is counted",
        help:
          "use `count()`, `ratio(c)`, `sum(e)`, `mean(e)`, `min(e)`, `max(e)`, `median(e)`, `percentile(e, 90)`, `count_distinct(e)` or `gini(e)`"
      )
    case .badPercentile:
      return tell(.badPercentile, "a percentile is a number from 0 to 100", help: "write `percentile(e, 90)`")
    case .missingAbsencePolicy(let name):
      return tell(
        .missingAbsencePolicy, "this may be absent, and `\(name)` does not say what that means", "may be absent",
        help: "add `absent skip` (leave the row out), `absent no` (count it as no) or `absent fail`")
    case .absenceNoNeedsCondition:
      return tell(
        .absenceNoNeedsCondition, "`absent no` is for `ratio` and `count` only",
        help: "write `absent skip` or `absent fail`")
    case .bandsDiffer: return tell(.bandsDiffer, "`warn` must look the same way as `target`")
    case .warningStricter: return tell(.warningStricter, "`warn` must be looser than `target`")

    // MARK: Tests
    case .withinNeedsEquality:
      return tell(
        .withinNeedsEquality, "`within` needs a comparison by `==`", help: "write `expect x == 0.5 within 0.01`")
    case .secondCases: return tell(.secondCases, "a test has one table of cases")

    // MARK: Lints
    case .unguardedRead(let path):
      return tell(
        .unguardedRead, "`\(path)` may be absent, and then nothing is decided here", "may be absent",
        help: "ask first with `has(…)` or `!= null`, or give a value with `??`")
    case .integerDivision:
      return tell(
        .integerDivision, "int by int is cut to an int: 7 / 2 is 3", "drops the fraction",
        help: "write `7.0 / 2` to keep it")
    case .utcAccessor(let name):
      return tell(
        .utcAccessor, "`\(name)()` reads the clock in UTC", "in UTC",
        help: "name the zone: `\(name)(\"Asia/Shanghai\")`")
    case .secondRoute(let field, let other, let first):
      return tell(
        .secondRoute, "`\(field)` is decided by the route `\(other)`, too", "a second answer for one field",
        also: [Label(first, "first here")],
        help: "neither sees what the other decides: put the rules into one route, in the order in which to try them")
    }
  }

  // MARK: - Pieces

  private func list(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private static func callText(_ name: String, _ arguments: [String], isMethod: Bool) -> String {
    if name == "_in_" { return "`in` does not fit \(arguments.joined(separator: " and "))" }
    if name.hasPrefix("_"), name.hasSuffix("_"), arguments.count == 2 {
      return "`\(name.dropFirst().dropLast())` does not fit \(arguments[0]) and \(arguments[1])"
    }
    if name.hasSuffix("_"), arguments.count == 1 { return "`\(name.dropLast())` does not fit \(arguments[0])" }
    if isMethod, let receiver = arguments.first {
      return "\(receiver) has no `\(name)(\(arguments.dropFirst().joined(separator: ", ")))`"
    }
    return "there is no `\(name)(\(arguments.joined(separator: ", ")))`"
  }

  private static func overloadHelp(_ name: String) -> String? {
    switch name {
    case "_+_":
      "`+` joins two texts, two lists, two numbers, or a timestamp and a duration; write `string(x)` or f\"…{x}\" to join text"
    case "_==_", "_!=_": "both sides must be of one type"
    default: nil
    }
  }

  /// What a person probably wants where one type stands for another.
  private static func conversionHelp(from found: Type, to wanted: Type) -> String? {
    switch (found, wanted) {
    case (.date, .timestamp): "write `d.start()` or `d.end()`"
    case (.timestamp, .date): "write `date(t)`"
    case (.string, .timestamp): "write the instant as `@2026-10-10T09:30`, or `timestamp(text)`"
    case (.string, .duration): "write the duration as `1h30m`, or `duration(text)`"
    case (.int, .string), (.double, .string): "write `string(x)`"
    case (.double, .int): "write `int(x)`, which drops the fraction"
    case (.int, .duration), (.double, .duration): "give it a unit, such as `30m`"
    case (.string, .entity): "look the record up by its key: `Team[\"triage\"]`"
    default: nil
    }
  }

  private static func text(of problem: TimeFormatProblem) -> String {
    switch problem {
    case .empty: "it is empty"
    case .unknownField(let field, let offset): "`\(field)` at \(offset + 1) is no field"
    case .unterminatedQuote: "a quote is not closed"
    case .repeatedField(let field, _): "the \(field) stands twice"
    case .ambiguousWidth: "two numbers run into each other"
    case .missingField(let field): "the \(field) is missing"
    case .halfDayMismatch: "`h` needs `a`, and `H` does not go with it"
    }
  }

  private static func holidays(_ problem: HolidayFile.Problem, at span: SourceSpan) -> Diagnostic {
    let code: DiagnosticCode
    let message: String
    var help: [String] = ["a row is a date, a name, and `off` or `work`: `2026-10-01,National Day,off`"]
    switch problem.fact {
    case .unreadable(let reason):
      (code, message) = (.holidaysUnreadable, "the holidays in `\(problem.place.name)` cannot be read: \(reason)")
      help = ["the path is relative to the file that names it"]
    case .notUTF8: (code, message) = (.badHoliday, "the row is not UTF-8")
    case .badQuotes: (code, message) = (.badHoliday, "the quotes of the row do not match")
    case .cells(let found):
      (code, message) = (.badHoliday, "the row has \(found) \(found == 1 ? "cell" : "cells") where 3 are wanted")
    case .notDate(let text): (code, message) = (.badHoliday, "`\(text)` is no date")
    case .neitherOffNorWork(let text): (code, message) = (.badHoliday, "`\(text)` is neither `off` nor `work`")
    case .contradiction(let date, let line):
      (code, message) = (.badHoliday, "\(date) is off and work: line \(line) says the opposite")
      help = ["leave the row that holds"]
    }
    return Diagnostic(code, message, at: Label(span), help: help, dataPlace: problem.place)
  }

  private static func words(for problem: CalendarProblem, of name: String) -> (DiagnosticCode, String, String?) {
    switch problem {
    case .neverOpens: (.calendarNeverOpens, "the calendar `\(name)` never opens", "add `open mon-fri 09:00-17:00`")
    case .windowEmpty: (.windowEmpty, "the window holds no time", "a whole day is `00:00-24:00`")
    case .timeOutOfRange: (.badTimeOfDay, "the window does not fit into a day", "times run from 00:00 to 24:00")
    case .windowOverlap: (.windowOverlap, "the window overlaps another of the same day; the time counts once", nil)
    case .windowOverlapsNextDay:
      (.windowOverlap, "the window overlaps one of the day before; the time counts once", nil)
    case .lastMinuteClosed:
      (.lastMinuteClosed, "the last minute of the day is closed", "write `24:00` for the end of the day")
    case .rangeReversed: (.rangeReversed, "the range ends before it begins", nil)
    case .openDateWithoutHours: (.windowEmpty, "the open day has no hours", "write `closed @…` for a closed day")
    }
  }
}
