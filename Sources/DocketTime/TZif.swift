/// Time zone files: RFC 8536, versions 2 and later. Nothing in a file is trusted; a damaged one is no zone.
enum TZif {
  static func parse(_ bytes: [UInt8], name: String) -> Zone? {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = Reader(bytes: buffer)
      guard let first = reader.header(), first.version >= UInt8(ascii: "2") else { return nil }
      // The 32-bit block is for readers of version 1.
      guard reader.skip(first.blockSize(timeSize: 4)), let header = reader.header() else { return nil }
      return reader.zone(header, name: name)
    }
  }

  private struct Header {
    var version: UInt8
    var utcFlags: Int
    var standardFlags: Int
    var leapSeconds: Int
    var transitions: Int
    var types: Int
    var nameBytes: Int

    func blockSize(timeSize: Int) -> Int {
      transitions * (timeSize + 1) + types * 6 + nameBytes + leapSeconds * (timeSize + 4) + standardFlags + utcFlags
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    mutating func skip(_ count: Int) -> Bool {
      guard count >= 0, bytes.count - position >= count else { return false }
      position += count
      return true
    }

    mutating func integer(_ size: Int) -> Int64? {
      guard bytes.count - position >= size else { return nil }
      var value: Int64 = bytes[position] >= 0x80 ? -1 : 0
      for byte in bytes[position..<position + size] { value = value << 8 | Int64(byte) }
      position += size
      return value
    }

    mutating func header() -> Header? {
      guard bytes.count - position >= 44, bytes[position..<position + 4].elementsEqual("TZif".utf8) else { return nil }
      let version = bytes[position + 4]
      position += 20
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = integer(4), count >= 0, count < 100_000 else { return nil }
        counts.append(Int(count))
      }
      return Header(
        version: version, utcFlags: counts[0], standardFlags: counts[1], leapSeconds: counts[2],
        transitions: counts[3], types: counts[4], nameBytes: counts[5])
    }

    mutating func zone(_ header: Header, name: String) -> Zone? {
      guard header.types > 0, header.leapSeconds == 0, bytes.count - position >= header.blockSize(timeSize: 8) else {
        return nil
      }
      var times: [Int64] = []
      for _ in 0..<header.transitions {
        guard let time = integer(8), times.last.map({ $0 < time }) ?? true else { return nil }
        times.append(time)
      }
      let typeIndexes = Array(bytes[position..<position + header.transitions])
      position += header.transitions
      let types = position
      let names = types + header.types * 6
      var segments: [ZoneSegment] = []
      for type in 0..<header.types {
        position = types + type * 6
        guard let offset = integer(4), offset > -93_600, offset < 93_600 else { return nil }
        let nameStart = Int(bytes[position + 1])
        guard nameStart < header.nameBytes else { return nil }
        let abbreviation = bytes[(names + nameStart)..<(names + header.nameBytes)].prefix { $0 != 0 }
        segments.append(
          ZoneSegment(
            offset: Int32(offset), isDaylight: bytes[position] != 0,
            abbreviation: String(decoding: abbreviation, as: UTF8.self)))
      }
      position = names + header.nameBytes + header.standardFlags + header.utcFlags
      guard typeIndexes.allSatisfy({ Int($0) < header.types }) else { return nil }

      var table = ZoneTable(initial: segments[0])
      // Some files start with a transition at the Big Bang; nothing before the time line can be asked for.
      for (time, type) in zip(times, typeIndexes) { table.append(time, segments[Int(type)]) }

      guard position < bytes.count, bytes[position] == UInt8(ascii: "\n") else { return nil }
      let footer = bytes[(position + 1)...].prefix { $0 != UInt8(ascii: "\n") }
      if !footer.isEmpty {
        guard let rule = PosixRule.parse(UnsafeBufferPointer(rebasing: bytes[footer.startIndex..<footer.endIndex]))
        else { return nil }
        table.extend(by: rule, after: times.last)
      }
      return table.zone(name: name)
    }
  }
}

/// Transitions while a zone is put together.
private struct ZoneTable {
  private var times: [Int64] = []
  private var segments: [ZoneSegment]
  private var periodicFrom = Int64.max

  init(initial: ZoneSegment) { segments = [initial] }

  mutating func append(_ time: Int64, _ segment: ZoneSegment) {
    if let last = times.last, time <= last {
      // Two rules may meet in one instant; the later one holds.
      segments[segments.count - 1] = segment
    } else if time <= Instant.minimumSeconds - 200_000 {
      segments[0] = segment
    } else if segment != segments[segments.count - 1] {
      times.append(time)
      segments.append(segment)
    }
  }

  /// Unrolls the footer's rule behind the file's own transitions.
  mutating func extend(by rule: PosixRule, after last: Int64?) {
    let startYear = last.map { Self.year($0) } ?? 1900
    let periodicYear = startYear + 2
    // Only a rule with transitions makes the future differ from the last segment.
    guard rule.daylight != nil else {
      append((last ?? Instant.minimumSeconds) + 1, rule.standard)
      return
    }
    for year in (startYear - 1)...(periodicYear + 401) {
      for (time, segment) in rule.transitions(in: year) where last.map({ time > $0 }) ?? true { append(time, segment) }
    }
    periodicFrom = Self.startOfYear(periodicYear)
  }

  func zone(name: String) -> Zone {
    var periodicFrom = periodicFrom
    // Without a rule the last segment goes on for ever, which any cycle behind it repeats.
    if periodicFrom == .max, let last = times.last { periodicFrom = Self.startOfYear(Self.year(last) + 2) }
    return Zone(name: name, transitions: times, segments: segments, periodicFrom: periodicFrom)
  }

  private static func year(_ seconds: Int64) -> Int {
    let clamped = max(Instant.minimumSeconds, min(seconds, Instant.maximumSeconds))
    return CivilDateTime(localSeconds: clamped, nanoseconds: 0).date.year
  }

  private static func startOfYear(_ year: Int) -> Int64 {
    Int64(CivilDate(uncheckedYear: year, month: 1, day: 1).daysSinceEpoch) * 86_400
  }
}
