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

  /// Which minutes of a window are open, one after the other: by the definition and the clock of the zone alone.
  private struct Minutes: Sequence, IteratorProtocol {
    let definition: CalendarDefinition
    var here: Int64
    let end: Int64
    private var offset: Int64 = 0
    private var change = Int64.min
    private var day = Int32.min
    private var windows: [(start: Int64, end: Int64)] = []

    init(_ definition: CalendarDefinition, from start: Int64, to end: Int64) {
      self.definition = definition
      self.here = start
      self.end = end
    }

    mutating func next() -> (at: Int64, isOpen: Bool)? {
      guard here < end else { return nil }
      if here >= change {
        let instant = Instant(uncheckedSeconds: here)
        offset = definition.zone.local(instant).localSeconds - here
        change = definition.zone.nextTransition(after: instant)?.seconds ?? .max
      }
      let local = here + offset
      let today = Int32(truncatingIfNeeded: (local - ((local % 86_400) + 86_400) % 86_400) / 86_400)
      if today != day {
        day = today
        windows = open(on: today).map { (Int64($0.start), Int64($0.end)) }
        windows += open(on: today - 1).map { (Int64($0.start) - 86_400, Int64($0.end) - 86_400) }
      }
      let second = local - Int64(today) * 86_400
      var isOpen = false
      for window in windows where window.start <= second && second < window.end { isOpen = true }
      defer { here += 60 }
      return (here, isOpen)
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
    let end = start + Self.length
    // The reference counts whole minutes: local mean times of before 1935 have odd seconds.
    for edge in [start, end] {
      let local = zone.local(Instant(uncheckedSeconds: edge)).localSeconds
      if (local - edge) % 60 != 0 { return }
    }
    let definition = definition(zone, near: start, &random)
    let calendar = try BusinessCalendarTests.compile(definition)
    let targets = (0..<4).map { _ in Int64.random(in: 1...20_000, using: &random) }
    var due: [Int64: Int64] = [:]
    var breach: [Int64: Int64] = [:]
    var open: Int64 = 0
    for (at, isOpen) in Minutes(definition, from: start, to: end) where isOpen {
      if targets.contains(open), breach[open] == nil { breach[open] = at }
      open += 1
      if targets.contains(open) { due[open] = at + 60 }
    }
    let from = Instant(uncheckedSeconds: start)
    let elapsed = calendar.elapsed(from: from, to: Instant(uncheckedSeconds: end))
    #expect(elapsed == TimeDuration(uncheckedSeconds: open * 60), "\(zone.name) from \(from)")
    for target in targets {
      let deadline = calendar.add(from, TimeDuration(uncheckedSeconds: target * 60))
      if let due = due[target] { #expect(deadline?.due.seconds == due, "\(zone.name) from \(from) + \(target) min") }
      if let breach = breach[target] { #expect(deadline?.breachFrom.seconds == breach, "\(zone.name) from \(from)") }
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
