/// Notes what the tests of one worker reach.

import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

final class CoverageRecorder {
  private let map: CoverageMap
  private let bench: TestBench
  private(set) var counts: [Int]
  private var isPaused = false
  /// A clock that is forgotten for years passes every kind of day in less.
  private static let dayLimit = 1_500

  init(_ map: CoverageMap, _ bench: TestBench) {
    self.map = map
    self.bench = bench
    counts = Array(repeating: 0, count: map.size)
    bench.evaluator.observe = { [unowned self] in note($0, $1) }
    bench.engine.observe = { [unowned self] in note($0) }
  }

  deinit {
    bench.evaluator.observe = nil
    bench.engine.observe = nil
  }

  private func count(_ point: Int?, _ outcome: Int = 0) {
    guard let point else { return }
    counts[map.points[point].first + outcome] += 1
  }

  private func note(_ expression: CheckedExpression, _ value: Value) {
    guard !isPaused else { return }
    if let point = map.nodes[ObjectIdentifier(expression)] {
      switch (map.points[point].kind, value) {
      case (.condition, .bool(let bit)): count(point, bit ? 0 : 1)
      case (.condition, _): break
      default: count(point)
      }
    }
    if case .builtin(let builtin, let operands) = expression.kind { noteDays(builtin, operands, value) }
  }

  private func note(_ event: RuleEvent) {
    guard !isPaused else { return }
    switch event {
    case .decision(let decision):
      let route = map.rulebook.routes[decision.route]
      for (index, rule) in route.rules.enumerated() where decision.matchedRules.contains(rule.name) {
        count(map.rules[decision.route][index])
      }
      if decision.status == .noRule { count(map.nobody[decision.route]) }
    case .target(let span): count(map.targets[span])
    case .clocks(let clocks):
      for clock in clocks {
        guard let outcome = CoverageMap.states(map.rulebook.slas[clock.sla]).firstIndex(of: clock.status) else {
          continue
        }
        count(map.states[clock.sla], outcome)
      }
    case .measures(let set):
      for cell in set.cells {
        guard let status = cell.status,
          let outcome = CoverageMap.statuses(map.rulebook.kpis[set.kpi]).firstIndex(of: status)
        else { continue }
        count(map.measures[set.kpi], outcome)
      }
    case .counted(let calendar, let from, let to): noteDays(calendar, from, to)
    }
  }

  // MARK: - Calendars

  private func noteDays(_ calendar: Int, _ from: Instant, _ to: Instant) {
    let definition = map.rulebook.calendars[calendar].calendar
    let kinds = DayKind.kinds(of: definition)
    guard let point = map.days[calendar] else { return }
    var date = definition.zone.localDate(from)
    let last = definition.zone.localDate(to)
    for _ in 0..<Self.dayLimit where date <= last {
      if let outcome = kinds.firstIndex(of: DayKind(date, in: definition)) { count(point, outcome) }
      guard let next = date.addingDays(1) else { return }
      date = next
    }
  }

  /// A method of a calendar: from the instant that it is given to the one that it gives, or is given second.
  private func noteDays(_ builtin: Builtin, _ operands: [CheckedExpression], _ value: Value) {
    switch builtin {
    case .isOpen, .nextOpen, .elapsed, .addOpen, .isWorkday, .addWorkdays, .closing, .timeOfDay: break
    default: return
    }
    guard operands.count >= 2, operands[0].type == .calendar else { return }
    isPaused = true
    defer { isPaused = false }
    guard case .calendar(let calendar) = bench.evaluator.evaluate(operands[0]),
      let start = instant(bench.evaluator.evaluate(operands[1]), Int(calendar))
    else { return }
    var end = instant(value, Int(calendar)) ?? start
    if builtin == .elapsed, operands.count == 3,
      let other = instant(bench.evaluator.evaluate(operands[2]), Int(calendar))
    {
      end = other
    }
    noteDays(Int(calendar), min(start, end), max(start, end))
  }

  private func instant(_ value: Value, _ calendar: Int) -> Instant? {
    switch value {
    case .timestamp(let instant): instant
    case .date(let date): map.rulebook.calendars[calendar].calendar.zone.startOfDay(date)
    default: nil
    }
  }
}
