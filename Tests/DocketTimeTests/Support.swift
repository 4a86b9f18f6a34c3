import DocketTime
import Glibc
import Testing

/// `2026-08-28 20:30` in a zone; times here are unambiguous unless a test says so.
func at(_ text: String, _ zone: Zone) throws -> Instant {
  let parts = text.split(separator: " ")
  let date = try #require(CivilDate.parse(parts[0]))
  let seconds = parts.count > 1 ? try #require(TimeOfDay.parse(parts[1])) : 0
  let local = try #require(CivilDateTime(date: date, secondOfDay: seconds))
  return try #require(zone.resolve(local).instant)
}

func utc(_ text: String) throws -> Instant { try #require(Instant.parseRFC3339(text)) }

func day(_ text: String) throws -> CivilDate { try #require(CivilDate.parse(text)) }

func span(_ text: String) throws -> TimeDuration { try #require(TimeDuration.parseCEL(text)) }

func window(_ start: String, _ end: String) throws -> OpenWindow { try #require(OpenWindow(start, end)) }

func zone(_ name: String) throws -> Zone { try #require(Zone.named(name)) }

/// How many random cases the differential tests run.
let caseCount = getenv("DOCKET_CASES").flatMap { Int(String(cString: $0)) } ?? 300

/// SplitMix64: the same cases in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
