/// Literals of time, values, functions, calendars and tables.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension Checker {
  // MARK: - Time

  /// `1h30m`
  func duration(_ text: String, at span: SourceSpan) -> TimeDuration? {
    switch TimeDuration.parseLiteral(text) {
    case .success(let duration): return duration
    case .failure(.outOfRange), .failure(.finerThanNanosecond):
      report(.durationOutOfRange(text), at: span)
      return nil
    // The lexer has reported the spelling.
    case .failure: return nil
    }
  }

  enum InstantResult {
    case success(Instant)
    /// `nil` where the lexer has reported it.
    case failure(SemanticProblem?)
  }

  /// `2026-10-10T09:30`, perhaps with seconds, a fraction and an offset; without one in the rulebook's zone.
  func instant(_ text: String) -> InstantResult {
    switch Self.timestampFormat?.parse(text) {
    case .instant(let instant)?: return .success(instant)
    case .local(let local)?:
      guard let zone = rulebook.zone else { return .failure(.noZone(text)) }
      switch zone.resolve(local) {
      case .unique(let instant): return .success(instant)
      case .gap: return .failure(.timeInGap(text, zone: zone.name))
      case .fold: return .failure(.timeInFold(text, zone: zone.name))
      case .outOfRange: return .failure(nil)
      }
    default: return .failure(nil)
    }
  }

  private static let timestampFormat: TimeFormat? = {
    if case .success(let format) = TimeFormat.compile("iso") { format } else { nil }
  }()

  /// The lexer has reported a date that is none.
  func date(_ literal: StringLiteral) -> CivilDate? { CivilDate.parse(literal.value) }

  // MARK: - Signatures

  func resolveSignatures() {
    letProgress = letDeclarations.map { _ in .waiting }
    signatures.lets = letDeclarations.map { declared in
      (declared.type.map { resolveType($0) } ?? .dyn, declared.type?.isOptional ?? false)
    }
    rulebook.lets = letDeclarations.map { declared in
      CheckedLet(
        name: declared.name.text, type: .dyn,
        body: Body(expression: CheckedExpression(.invalid, type: .error, span: declared.span), slotCount: 0),
        span: declared.name.span)
    }
    signatures.functions = functionDeclarations.map { callable($0.parameters, $0.result) }
    signatures.tables = tableDeclarations.map { declared in
      var signature = callable(declared.parameters, declared.result)
      if declared.hitPolicy == .all {
        (signature.result, signature.resultIsOptional) = (.list(signature.result), false)
      }
      return signature
    }
    signatures.routes = routeDeclarations.map { routeSignature($0) }
    signatures.slas = slaDeclarations.map { entity($0.entity) }
  }

  private func callable(_ parameters: [Parameter], _ result: TypeExpression) -> Signatures.Callable {
    var seen: [String: SourceSpan] = [:]
    for parameter in parameters {
      if let first = seen[parameter.name.text] {
        report(.duplicate(parameter.name.text, first: first), at: parameter.name.span)
      }
      seen[parameter.name.text] = parameter.name.span
    }
    return Signatures.Callable(
      parameters: parameters.map { ($0.name.text, resolveType($0.type), $0.type.isOptional) },
      result: resolveType(result), resultIsOptional: result.isOptional)
  }

  /// The entity or view of a name, or a report.
  func entity(_ name: Name) -> EntityID? {
    if case .entity(let id)? = values[name.text]?.binding { return id }
    report(.unknownType(name.text, candidates: entityNames), at: name.span)
    return nil
  }

  // MARK: - let

  func letType(_ index: Int, at span: SourceSpan) -> (type: Type, isOptional: Bool) {
    noteRead(.constant(index), at: span)
    if letDeclarations[index].type == nil {
      guard letProgress[index] != .waiting || canInfer(letDeclarations[index].name.text, at: span) else {
        return (.error, false)
      }
      checkLet(index)
    }
    return signatures.lets[index]
  }

  func checkLets() {
    for index in letDeclarations.indices { checkLet(index) }
  }

  private func checkLet(_ index: Int) {
    guard letProgress.indices.contains(index), letProgress[index] == .waiting else { return }
    letProgress[index] = .running
    let declared = letDeclarations[index]
    let checker = BodyChecker(checker: self)
    checker.nowProblem = .nowInLet(declared.name.text)
    let expression = within(.constant(index)) {
      declared.type == nil
        ? checker.check(declared.value)
        : checker.check(declared.value, as: signatures.lets[index].type, for: "`\(declared.name.text)`")
    }
    if declared.type == nil {
      let type = checker.inference.resolve(expression.type, final: true)
      signatures.lets[index] = (bounded(type, of: declared.name.text, at: declared.name.span), expression.mayBeAbsent)
    }
    letProgress[index] = .done
    rulebook.lets[index].type = signatures.lets[index].type
    rulebook.lets[index].body = checker.body(expression)
  }

  // MARK: - func

  func checkFunctions() {
    rulebook.functions = functionDeclarations.enumerated().map { index, declared in
      let signature = signatures.functions[index]
      let checker = BodyChecker(checker: self)
      for (parameter, type) in zip(declared.parameters, signature.parameters) {
        checker.declare(parameter.name.text, type: type.type, isOptional: type.isOptional, span: parameter.name.span)
      }
      let what = "the result of `\(declared.name.text)`"
      let expression = within(.function(index)) {
        signature.resultIsOptional
          ? checker.allowingAbsence { checker.check(declared.body, as: signature.result, for: what) }
          : checker.check(declared.body, as: signature.result, for: what)
      }
      return CheckedFunction(
        name: declared.name.text, parameters: signature.parameters, result: signature.result,
        resultIsOptional: signature.resultIsOptional, body: checker.body(expression), span: declared.name.span)
    }
  }

  // MARK: - calendar

  func resolveCalendars() {
    var definitions: [Int: CalendarDefinition] = [:]
    for (index, declared) in calendarDeclarations.enumerated() {
      var problems: [CalendarProblem] = []
      var calendar = BusinessCalendar.always
      let errorsBefore = diagnostics.errorCount
      if let definition = definition(of: index, &definitions, path: []) {
        if let compiled = BusinessCalendar(definition, problems: &problems) { calendar = compiled }
        // Windows that are wrong have been told of: without them it is no news that nothing is open.
        if diagnostics.errorCount > errorsBefore { problems.removeAll { $0 == .neverOpens } }
        for problem in problems { report(.calendar(declared.name.text, problem), at: span(of: problem, in: declared)) }
      }
      rulebook.schema.calendarNames.append([declared.name.text] + declared.titles.map(\.value))
      rulebook.calendars.append(
        CheckedCalendar(
          name: declared.name.text, titles: declared.titles.map(\.value), calendar: calendar, span: declared.name.span))
    }
  }

  /// The definition with that of the calendar that it is `like` underneath.
  private func definition(of index: Int, _ known: inout [Int: CalendarDefinition], path: [Int]) -> CalendarDefinition? {
    if let definition = known[index] { return definition }
    let declared = calendarDeclarations[index]
    guard !path.contains(index) else {
      report(.cycle(declared.name.text), at: declared.name.span)
      return nil
    }
    var definition: CalendarDefinition
    if let base = declared.base {
      guard case .calendar(let other)? = values[base.text]?.binding else {
        report(.unknownCalendar(base.text, candidates: calendarDeclarations.map(\.name.text)), at: base.span)
        return nil
      }
      guard let found = self.definition(of: other, &known, path: path + [index]) else { return nil }
      definition = found
      if declared.items.contains(where: { if case .openWeekly = $0 { true } else { false } }) {
        definition.weekly = [:]
      }
    } else {
      definition = CalendarDefinition(zone: .utc, on: [], [])
    }
    if let zone = declared.zone {
      guard let found = Zone.named(zone.value) else {
        report(.unknownZone(zone.value, candidates: Zone.allNames()), at: zone.span)
        return nil
      }
      definition.zone = found
    } else if declared.base == nil {
      guard let zone = rulebook.zone else {
        report(.noZone(declared.name.text), at: declared.name.span)
        return nil
      }
      definition.zone = zone
    }
    if let known = declared.knownUntil { definition.knownUntil = date(known) }
    for item in declared.items {
      switch item {
      case .openWeekly(let days, let windows, _):
        for day in days {
          guard let weekday = Weekday(shortName: day.rawValue) else { continue }
          definition.weekly[weekday, default: []] += windows.compactMap { window($0) }
        }
      case .openDates(let dates, let windows, let name, _):
        let hours = windows.compactMap { window($0) }
        for day in dates.flatMap({ days(in: $0) }) {
          definition.open.append(OpenDate(day, .windows(hours), name: name?.value ?? ""))
        }
      case .closed(let dates, let name, _):
        for range in dates {
          guard let first = date(range.first) else { continue }
          guard let last = range.last.map({ date($0) }) ?? first else { continue }
          definition.closed.append(ClosedDates(first, last, name: name?.value ?? ""))
        }
      case .holidays(let path): add(holidays(path.value, path.span.file), to: &definition, at: path.span)
      }
    }
    known[index] = definition
    return definition
  }

  private func add(_ file: HolidayFile, to definition: inout CalendarDefinition, at span: SourceSpan) {
    for problem in file.problems { report(.holidays(problem), at: span) }
    for day in file.days {
      if day.isWork {
        definition.open.append(OpenDate(day.date, .usual, name: day.name))
      } else {
        definition.closed.append(ClosedDates(day.date, name: day.name))
      }
    }
  }

  private func window(_ written: TimeWindow) -> OpenWindow? {
    func seconds(_ time: TimeWindow.TimeOfDay) -> Int32? {
      guard (0...24).contains(time.hour), (0...59).contains(time.minute), (0...59).contains(time.second),
        time.hour < 24 || (time.minute == 0 && time.second == 0)
      else {
        report(.badTimeOfDay, at: time.span)
        return nil
      }
      return Int32(time.hour * 3600 + time.minute * 60 + time.second)
    }
    guard let start = seconds(written.start), var end = seconds(written.end) else { return nil }
    // A window that ends before it starts goes on after midnight.
    if end < start { end += 86_400 }
    return OpenWindow(start: start, end: end)
  }

  private func days(in range: DateRange) -> [CivilDate] {
    guard let first = date(range.first) else { return [] }
    guard let written = range.last else { return [first] }
    guard let last = date(written) else { return [] }
    let count = last.days(since: first)
    guard count >= 0 else {
      report(.rangeReversed, at: range.span)
      return []
    }
    guard count <= 3_660 else {
      report(.rangeTooLong(days: count + 1), at: range.span)
      return []
    }
    return (0...count).compactMap { first.addingDays(Int64($0)) }
  }

  private func span(of problem: CalendarProblem, in declared: CalendarDeclaration) -> SourceSpan {
    func seconds(_ time: TimeWindow.TimeOfDay) -> Int32 { Int32(time.hour * 3600 + time.minute * 60 + time.second) }
    let wanted: OpenWindow?
    switch problem {
    case .windowEmpty(_, let window), .timeOutOfRange(_, let window), .lastMinuteClosed(_, let window): wanted = window
    case .windowOverlap(_, _, let second), .windowOverlapsNextDay(_, _, let second): wanted = second
    default: wanted = nil
    }
    guard let wanted else { return declared.name.span }
    for item in declared.items {
      switch item {
      case .openWeekly(_, let windows, _), .openDates(_, let windows, _, _):
        for window in windows where seconds(window.start) == wanted.start { return window.span }
      default: break
      }
    }
    return declared.name.span
  }

  // MARK: - table

  func checkTables() {
    rulebook.tables = tableDeclarations.enumerated().map { index, declared in
      within(.table(index)) { checkTable(declared, signatures.tables[index]) }
    }
  }

  private func checkTable(_ declared: TableDeclaration, _ signature: Signatures.Callable) -> CheckedTable {
    let checker = BodyChecker(checker: self)
    for (parameter, type) in zip(declared.parameters, signature.parameters) {
      checker.declare(parameter.name.text, type: type.type, isOptional: type.isOptional, span: parameter.name.span)
    }
    // The column of each parameter.
    var columnOfParameter: [Int?] = []
    for parameter in signature.parameters {
      let column = declared.columns.firstIndex { $0.text == parameter.name }
      columnOfParameter.append(column)
      // Where the file of a table could not be read, it has been told of.
      if column == nil, declared.path == nil || !declared.columns.isEmpty {
        report(.tableWithoutColumn(parameter.name), at: declared.columns.first?.span ?? declared.name.span)
      }
    }
    for (position, column) in declared.columns.enumerated() {
      if !signature.parameters.contains(where: { $0.name == column.text }) {
        report(.unknownColumn(column.text, candidates: signature.parameters.map(\.name)), at: column.span)
      } else if let first = declared.columns[..<position].first(where: { $0.text == column.text }) {
        report(.duplicate(column.text, first: first.span), at: column.span)
      }
    }
    // With `hit all` the table gives a list of what its rows give.
    let rowType: Type
    if declared.hitPolicy == .all, case .list(let element) = signature.result {
      rowType = element
    } else {
      rowType = signature.result
    }
    let rows = declared.rows.map { row in
      let cells = zip(signature.parameters, columnOfParameter).map { parameter, column -> [CheckedTable.Test] in
        guard let column, row.cells.indices.contains(column) else { return [] }
        switch row.cells[column].cell {
        case .any: return []
        case .alternatives(let tests): return tests.compactMap { checkCell($0, parameter, checker) }
        }
      }
      // `null` is "no result", such as no target.
      let result = checker.allowingAbsence { () -> CheckedExpression in
        if case .literal(.null) = row.result.kind {
          return CheckedExpression(.constant(constant(.null)), type: rowType, mayBeAbsent: true, span: row.result.span)
        }
        return checker.check(row.result, as: rowType, for: "the result of `\(declared.name.text)`")
      }
      return CheckedTable.Row(cells: cells, result: result, span: row.span)
    }
    let hasNull = declared.rows.contains { if case .literal(.null) = $0.result.kind { true } else { false } }
    return CheckedTable(
      name: declared.name.text, titles: declared.titles.map(\.value), parameters: signature.parameters,
      result: signature.result, resultIsOptional: signature.resultIsOptional || (hasNull && declared.hitPolicy != .all),
      hitPolicy: declared.hitPolicy,
      rows: rows, slotCount: checker.slotCount, span: declared.name.span)
  }

  private func checkCell(
    _ test: TableDeclaration.CellTest, _ parameter: (name: String, type: Type, isOptional: Bool), _ checker: BodyChecker
  ) -> CheckedTable.Test? {
    let what = "the column `\(parameter.name)`"
    func value(_ expression: Expression) -> CheckedExpression {
      checker.check(expression, as: parameter.type, for: what)
    }
    func ordered(_ expression: Expression) -> CheckedExpression {
      switch parameter.type {
      case .list, .map, .entity, .calendar:
        return checker.invalid(.notOrdered(schema.describe(parameter.type)), at: expression.span)
      default: return value(expression)
      }
    }
    switch test {
    case .absent: return .absent
    case .present: return .present
    case .equal(let expression): return .equal(value(expression))
    case .range(let low, let high): return .range(ordered(low), ordered(high))
    case .relation(let op, let expression):
      return .relation(Builtin(op), op == .equal || op == .notEqual ? value(expression) : ordered(expression))
    }
  }
}
