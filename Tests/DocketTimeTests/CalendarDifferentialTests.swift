import DocketTime
import Testing

/// `elapsed` and `add` against counting minutes, over windows of sixty days in ten zones: some in `make test`, every one
/// of the years 1900 to 2100 in `make test-long`.
@Suite struct CalendarDifferentialTests {
  private static let zones = [
    "America/New_York", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Europe/London",
    "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "America/St_Johns",
  ]
  private static let first: Int64 = -2_208_988_800  // 1900
  private static let last: Int64 = 4_133_980_800  // 2101
  private static let length: Int64 = 60 * 86_400

  /// Counts the open time of a window minute by minute, or second by second: by the definition and the clock of the zone alone. A plain
  /// loop over bytes, since all of 1900 to 2100 in ten zones are a thousand million minutes, and tests are not optimised.
  private struct MinuteCount {
    /// In seconds, as are the targets.
    private(set) var open: Int64 = 0
    /// By target: the end of the step that reaches it, and the start of the one that exceeds it.
    private(set) var due: [Int64: Int64] = [:]
    private(set) var breach: [Int64: Int64] = [:]
    private let definition: CalendarDefinition

    init(_ definition: CalendarDefinition, from start: Int64, to end: Int64, step: Int64, targets: [Int64]) {
      self.definition = definition
      let targets = Array(Set(targets)).sorted() + [.max]
      var (dueIndex, breachIndex) = (0, 0)
      var here = start
      while here < end {
        let instant = Instant(uncheckedSeconds: here)
        let offset = definition.zone.local(instant).localSeconds - here
        let change = min(end, definition.zone.nextTransition(after: instant)?.seconds ?? end)
        while here < change {
          let local = here + offset
          let second = ((local % 86_400) + 86_400) % 86_400
          let midnight = here - second
          let day = minutes(of: Int32(truncatingIfNeeded: (midnight + offset) / 86_400))
          // INVARIANT: a step lies in one minute of the day.
          let last = min(change, midnight + 86_400)
          day.withUnsafeBufferPointer { day in
            var second = Int(second)
            var count = open
            var nextDue = targets[dueIndex]
            var nextBreach = targets[breachIndex]
            while here < last {
              if day[second / 60] != 0 {
                if count == nextBreach {
                  breach[nextBreach] = here
                  breachIndex += 1
                  nextBreach = targets[breachIndex]
                }
                count &+= step
                if count == nextDue {
                  due[nextDue] = here + step
                  dueIndex += 1
                  nextDue = targets[dueIndex]
                }
              }
              here &+= step
              second &+= Int(step)
            }
            open = count
          }
        }
      }
    }

    /// Of each minute of a local day, whether it is open.
    private func minutes(of day: Int32) -> [UInt8] {
      var minutes = [UInt8](repeating: 0, count: 1440)
      for (windows, shift) in [(open(on: day), 0), (open(on: day - 1), 1440)] {
        for window in windows {
          let first = max(0, Int(window.start) / 60 - shift)
          let last = min(1440, Int(window.end) / 60 - shift)
          if first < last { for minute in first..<last { minutes[minute] = 1 } }
        }
      }
      return minutes
    }

    private func open(on day: Int32) -> [OpenWindow] {
      let date = CivilDate(uncheckedDays: day)
      let own = definition.open.filter { $0.date == date }
      if !own.isEmpty {
        return own.flatMap { entry -> [OpenWindow] in
          if case .windows(let windows) = entry.hours { windows } else { [] }
        }
      }
      if definition.closed.contains(where: { $0.first <= date && date <= $0.last }) { return [] }
      return definition.weekly[date.weekday] ?? []
    }
  }

  private func definition(_ zone: Zone, near start: Int64, _ random: inout SeededGenerator) -> CalendarDefinition {
    func windows() -> [OpenWindow] {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let start = Int32.random(in: 0..<1440, using: &random) * 60
        return OpenWindow(start: start, end: start + Int32.random(in: 1...1440, using: &random) * 60)
      }
    }
    var definition = CalendarDefinition(zone: zone)
    for day in Weekday.allCases where Bool.random(using: &random) { definition.weekly[day] = windows() }
    let days = Int32(start / 86_400)
    for _ in 0..<4 {
      let first = CivilDate(uncheckedDays: days + Int32.random(in: 0..<60, using: &random))
      definition.closed.append(ClosedDates(first, first.addingDays(Int64.random(in: 0...3, using: &random))))
    }
    let extra = CivilDate(uncheckedDays: days + Int32.random(in: 0..<60, using: &random))
    definition.open = [OpenDate(extra, .windows(windows()))]
    return definition
  }

  private func check(_ zone: Zone, from start: Int64, _ random: inout SeededGenerator) throws {
    // Local mean times of before 1935 have odd seconds: the window begins with a minute of the clock on the wall, and where
    // another begins to tick within it, seconds are counted.
    func odd(_ instant: Int64) -> Int64 {
      let local = zone.local(Instant(uncheckedSeconds: instant)).localSeconds
      return ((local % 60) + 60) % 60
    }
    let start = start - odd(start)
    let end = start + Self.length
    let step: Int64 = odd(start) == 0 && odd(end) == 0 ? 60 : 1
    let definition = definition(zone, near: start, &random)
    let calendar = try BusinessCalendarTests.compile(definition)
    let targets = (0..<4).map { _ in Int64.random(in: 1...20_000, using: &random) * 60 }
    let count = MinuteCount(definition, from: start, to: end, step: step, targets: targets)
    let from = Instant(uncheckedSeconds: start)
    let elapsed = calendar.elapsed(from: from, to: Instant(uncheckedSeconds: end))
    #expect(elapsed == TimeDuration(uncheckedSeconds: count.open), "\(zone.name) from \(from)")
    for target in targets {
      let deadline = calendar.add(from, TimeDuration(uncheckedSeconds: target))
      if let due = count.due[target] {
        #expect(deadline?.due.seconds == due, "\(zone.name) from \(from) + \(target) s")
      }
      if let breach = count.breach[target] {
        #expect(deadline?.breachFrom.seconds == breach, "\(zone.name) from \(from)")
      }
    }
  }

  @Test func `windows around the changes of each zone's clock agree with counting minutes`() throws {
    var random = SeededGenerator(60)
    for name in Self.zones {
      let zone = try zone(name)
      for _ in 0..<max(4, min(caseCount / 100, 20)) {
        let anywhere = Int64.random(in: Self.first..<(Self.last - 2 * Self.length), using: &random)
        let change = zone.nextTransition(after: Instant(uncheckedSeconds: anywhere))?.seconds ?? anywhere
        let start = min(change, Self.last) - Int64.random(in: 1...60 * 1440, using: &random) * 60
        try check(zone, from: start / 60 * 60, &random)
      }
    }
  }

  @Test(.enabled(if: caseCount >= 20_000, "all windows of 1900 to 2100: `make test-long`"))
  func `all of 1900 to 2100 agrees with counting minutes`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, name) in Self.zones.enumerated() {
        group.addTask {
          var random = SeededGenerator(UInt64(1900 + number))
          let zone = try zone(name)
          for start in stride(from: Self.first, to: Self.last, by: Int(Self.length)) {
            try check(zone, from: start, &random)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
