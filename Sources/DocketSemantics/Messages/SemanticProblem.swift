/// What the checker found: facts only. The wording is in `SemanticProblem+Messages.swift`, the codes in `DiagnosticCode`.

import DocketDiagnostics
import DocketTime

enum SemanticProblem {
  // Names
  case unknownName(String, candidates: [String])
  case unknownFunction(String, candidates: [String])
  case unknownType(String, candidates: [String])
  case unknownField(String, on: String, candidates: [String])
  case unknownCase(String, enumeration: String, candidates: [String])
  case ambiguousCase(String, enums: [String])
  case variableLikeCase(String, enumeration: String)
  case enumAsValue(String, example: String?)
  case fixtureAsValue(String)
  case duplicate(String, first: SourceSpan)
  case standardName(String)
  case unknownLibrary(String, candidates: [String])
  /// `use support with x` of something that the library does not have.
  case notInLibrary(String, library: String, candidates: [String])
  /// A declaration that cannot take the place of the library's, why, and where that one stands.
  case differsFromLibrary(String, library: String, String, theirs: SourceSpan)
  case unknownZone(String, candidates: [String])
  case zonesDiffer(String, SourceSpan, String)
  case noZone(String)
  case unknownCalendar(String, candidates: [String])
  case unknownFixture(String, candidates: [String])
  case unknownPopulation(String, candidates: [String])
  case unknownColumn(String, candidates: [String])
  case cycle(String)
  /// In their order, each reading the next, with the places of all but the last.
  case circleOfRoutes([String], also: [SourceSpan])
  /// More declarations of a kind than can be numbered.
  case tooMany(String, limit: Int)
  case typeTooDeep(String, limit: Int)
  /// The inferred types of values and derived fields lead through too many others.
  case inferenceTooDeep(String, limit: Int)

  // Types
  case typeMismatch(wanted: String, found: String, for: String, between: (Type, Type)?)
  case notCondition(found: String, operator: String)
  case noOverload(String, arguments: [String], isMethod: Bool, spans: [SourceSpan])
  case wrongArgumentCount(String, wanted: Int, found: Int)
  case calledTheOtherWay(String, asMethod: Bool)
  case branchesDiffer(String, SourceSpan, String, SourceSpan)
  case dateAgainstTimestamp(dateFirst: Bool)
  case signedAgainstUnsigned(String)
  case notOptional(String)
  case noFields(String, field: String)
  case notIndexable(String)
  case notIterable(String, macro: String)
  case notOrdered(String)
  case badKeyType(String)
  case badHas
  case badMacroVariable
  case repeatedMacroVariable(String)
  case wantsRule(function: String, kind: String, found: String)
  case typeWithoutArguments(String)
  case wrongTypeArguments(String, wanted: String)

  // Literals
  case durationOutOfRange(String)
  case timeInGap(String, zone: String)
  case timeInFold(String, zone: String)
  case badNumber(String)

  // Where something may stand
  case recordOutsideTest(String)
  case recordsInRule(String)
  case nowInLet(String)
  case nowInClock(String)
  /// A function or a field that a condition reads does.
  case nowBehindClock(String, reader: String)
  case nowInFixture
  case nowInTest

  // Entities and sources
  case enumWithoutCases(String)
  case entityWithoutKey(String)
  case secondKey(String, SourceSpan)
  case badKey(String)
  case eventNotTimestamp(String, String)
  case notStorable(String, String)
  case viewOfView(String)
  case inverseOfOther(String, String, wanted: String)
  case inverseType(String, wanted: String)
  case derivedWithoutVariable(String)
  case sourceOfView(String)
  case computedFieldInSource(String)
  case backfilledNotTimestamp(String)
  case badTimeFormat(String, TimeFormatProblem)
  case rawColumnCompared

  // Calendars and tables
  case calendar(String, CalendarProblem)
  case badTimeOfDay
  case rangeReversed
  case rangeTooLong(days: Int)
  case tableWithoutColumn(String)
  case holidays(HolidayFile.Problem)

  // Rules
  case routedFieldComputed(String)
  case badRecipient(String)
  case missingOnReopen(String)
  case conditionWithoutHistory(String, source: SourceSpan)
  case notEvents(String)
  case calendarDayInTarget(String)
  case badMoment
  case startInsideStop(String)
  case pauseAlwaysOn
  case limitNotLet(String)
  case limitNotConstant
  case groupWithoutName
  case duplicateGroup(String)
  case groupLikeField(String)
  case valueWithoutAggregate
  case badPercentile
  case missingAbsencePolicy(String)
  case absenceNoNeedsCondition
  case bandsDiffer
  case warningStricter

  // Tests
  case withinNeedsEquality
  case secondCases

  // Lints
  case unguardedRead(String)
  case integerDivision
  case utcAccessor(String)
  /// The field that two routes decide, the other route, and where it stands.
  case secondRoute(String, other: String, SourceSpan)
}
