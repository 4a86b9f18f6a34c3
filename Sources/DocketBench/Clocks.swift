/// Opening hours and clocks: `elapsed` and `add` on a calendar with holidays, and an SLA over a million items.

import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct ClockBench {
  private static let rulebook = """
    zone "America/New_York"
    entity Ticket as t { key id: int  opened: timestamp  solved: timestamp?  target: duration }
    calendar desk {
      open mon-fri 08:30-12:00, 12:45-17:30
      closed @2024-07-04, @2024-11-28..@2024-11-29, @2024-12-24..@2025-01-01, @2025-07-04, @2025-11-27..@2025-11-28
    }
    sla solved_in_time for Ticket as t {
      start  at t.opened
      stop   at t.solved
      target t.target
      using  desk
    }
    """

  /// `CLOCKS` in the environment runs fewer, for a profiler that slows everything down.
  private static let count = getenv("CLOCKS").flatMap { Int(String(cString: $0)) } ?? 1_000_000
  /// The years 2024 and 2025, in which everything happens.
  private static let begin: Int64 = 1_704_067_200
  private static let span = 63_158_400

  private let checked: CheckedRulebook
  private let sources: SourceMap

  init() {
    let rulebook = BenchRulebook("clocks.docket", Self.rulebook)
    (checked, sources) = (rulebook.checked, rulebook.sources)
  }

  func run() {
    let calendar = checked.calendars[0].calendar
    var random = Random(state: 42)
    let instants = (0..<4096).map { _ in Instant(uncheckedSeconds: Self.begin + Int64(random.below(Self.span))) }
    print("\nOpening hours, ns each")
    var index = 0
    let elapsed = nanoseconds {
      index = (index + 1) & 4095
      let time = calendar.elapsed(from: instants[index], to: instants[(index + 1) & 4095])
      return Int(truncatingIfNeeded: time.seconds)
    }
    let add = nanoseconds {
      index = (index + 1) & 4095
      let time = TimeDuration(uncheckedSeconds: Int64(index) * 60)
      return Int(truncatingIfNeeded: calendar.add(instants[index], time)?.due.seconds ?? 0)
    }
    print("  \(padded("elapsed", to: 24))\(padded(digits(elapsed), to: 10, left: true))")
    print("  \(padded("add", to: 24))\(padded(digits(add), to: 10, left: true))")

    let seconds = [0, 1, 2].map { _ in clocks() }.min() ?? 0
    print("\n\(Self.count) clocks on a calendar, best of 3: \(digits(seconds * 1000)) ms")
  }

  /// The seconds that a million clocks take, from the records in memory to their results.
  private func clocks() -> Double {
    var random = Random(state: 7)
    let schema = checked.schema
    let heap = Heap()
    let world = World(schema: schema, heap: heap)
    let entity = schema.entity(named: "Ticket")!
    let table = TableBuilder(schema: schema, entity: entity, isVersioned: false, hasCreated: false)
    for number in 0..<Self.count {
      let opened = Self.begin + Int64(random.below(Self.span))
      table.columns[0]?.append(.int(Int64(number)))
      table.columns[1]?.append(.timestamp(Instant(uncheckedSeconds: opened)))
      // One in four is still open.
      let solved = Instant(uncheckedSeconds: opened + Int64(random.below(400_000)))
      table.columns[2]?.append(number % 4 == 0 ? .absent : .timestamp(solved))
      table.columns[3]?.append(.duration(TimeDuration(uncheckedSeconds: Int64(1 + random.below(40)) * 3600)))
      table.endRow(version: nil, created: nil)
    }
    world.install(table.finish(heap: heap) { _ in })
    let now = Instant(uncheckedSeconds: Self.begin + Int64(Self.span))
    let engine = RuleEngine(rulebook: checked, world: world, instant: now, sources: sources)
    var breached = 0
    let time = ContinuousClock().measure { breached = engine.clocks(sla: 0).count { $0.status == .breached } }
    checksum &+= breached
    return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  }

  private struct Random {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }
}
