import Synchronization

/// The chunks of one calendar, compiled when they are first needed.
///
/// Reading is one atomic load. Two threads that need the same chunk at once both compile it, and one result is dropped.
/// Chunks far from the calendar's exceptions and from the irregular years of its zone share their tables with the chunk
/// some cycles of 400 nearer, so that the whole time line takes a few megabytes.
final class OpenTableStore: @unchecked Sendable {
  // INVARIANT for `Sendable`: `slots` is written only by compare-and-swap from nil to a table that never changes;
  // tables live until the store goes.
  private let slots: UnsafeMutableBufferPointer<Atomic<UnsafeMutablePointer<OpenTable>?>>
  private let hours: OpenHours
  private let zone: Zone
  /// Every chunk from here on equals the one 400 chunks later.
  private let regularFrom: Int
  /// Every chunk before this one equals the one 400 chunks earlier.
  private let regularUntil: Int

  init(hours: OpenHours, zone: Zone) {
    self.hours = hours
    self.zone = zone
    slots = .allocate(capacity: OpenTable.chunks)
    for slot in 0..<OpenTable.chunks { slots.initializeElement(at: slot, to: Atomic(nil)) }

    // A calendar without transitions and exceptions is regular from end to end.
    var irregularFrom = OpenTable.base + Int64(OpenTable.chunks) * OpenTable.length
    var irregularUntil = OpenTable.base
    if let first = zone.transitions.first {
      irregularFrom = first
      irregularUntil = zone.periodicFrom
    }
    if let days = hours.exceptions {
      // Two days more on either side: offsets, and windows across midnight.
      irregularFrom = min(irregularFrom, (days.lowerBound - 2) * 86_400)
      irregularUntil = max(irregularUntil, (days.upperBound + 3) * 86_400)
    }
    let first = max(irregularFrom, OpenTable.base) - OpenTable.base
    let until = max(irregularUntil, OpenTable.base) - OpenTable.base
    regularUntil = min(Int(first / OpenTable.length), OpenTable.chunks)
    regularFrom = min(Int(until / OpenTable.length) + 1, OpenTable.chunks)
  }

  deinit {
    for slot in slots.indices {
      guard let table = slots[slot].load(ordering: .acquiring) else { continue }
      table.pointee.deallocate()
      table.deallocate()
    }
    slots.deinitialize()
    slots.deallocate()
  }

  /// The table of a chunk, 0 ..< `OpenTable.chunks`.
  @inline(__always)
  subscript(chunk: Int) -> UnsafeMutablePointer<OpenTable> {
    if let table = slots[chunk].load(ordering: .acquiring) { return table }
    return compile(chunk)
  }

  @inline(never)
  private func compile(_ chunk: Int) -> UnsafeMutablePointer<OpenTable> {
    let source = representative(of: chunk)
    if source != chunk {
      // Shared tables are not stored twice: `deinit` must free each once.
      return self[source]
    }
    let table = UnsafeMutablePointer<OpenTable>.allocate(capacity: 1)
    table.initialize(to: OpenTable.compile(chunk: chunk, hours: hours, zone: zone))
    let (exchanged, original) = slots[chunk].compareExchange(
      expected: nil, desired: table, ordering: .acquiringAndReleasing)
    if exchanged { return table }
    table.pointee.deallocate()
    table.deallocate()
    // INVARIANT: the exchange fails only against a stored table.
    return original ?? self[chunk]
  }

  private func representative(of chunk: Int) -> Int {
    // The late chunks first: a calendar that is regular throughout has no others, and one rule alone must settle each.
    if chunk >= regularFrom { return regularFrom + (chunk - regularFrom) % 400 }
    if chunk < regularUntil - 400 { return regularUntil - 1 - (regularUntil - 1 - chunk) % 400 }
    return chunk
  }
}
