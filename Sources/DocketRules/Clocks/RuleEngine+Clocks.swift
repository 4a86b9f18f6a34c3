/// SLA clocks: of all items in one go, or of one.

import DocketRuntime
import DocketSemantics
import DocketTime

extension RuleEngine {
  /// The clocks of all items, every cycle, in the order of the items' keys.
  func runClocks(_ index: Int) -> Clocks {
    let plan = clockPlan(index)
    let mark = evaluator.mark()
    let log = ReadLog()
    defer { evaluator.instant = instant }
    return observing(log, plan) {
      var run = ClockRun(engine: self, plan: plan, log: log)
      var clocks = Clocks(sla: index, entity: rulebook.schema.base(of: plan.sla.entity).index, now: instant)
      var found: [Clock] = []
      clocks.reserveCapacity(world.table(plan.sla.entity)?.recordCount ?? 0)
      let straight = StraightClocks(plan, self, log)
      forEachItem(of: plan.sla.entity) { item, record in
        if evaluator.isCancelled { return false }
        if let clock = straight?.clock(of: item) {
          clocks.append(clock)
          heap.reset(to: mark)
          return true
        }
        run.begin(item, record: record)
        run.clocks(into: &found)
        if let observe = run.observe { observe(.clocks(found)) }
        for index in found.indices { clocks.append(found[index]) }
        found.removeAll(keepingCapacity: true)
        heap.reset(to: mark)
        return true
      }
      return clocks
    }
  }

  /// The records of an entity or view that exist now, as `items(of:)` lists them, until `body` says no.
  private func forEachItem(of entity: EntityID, _ body: (EntityReference, Int) -> Bool) {
    guard rulebook.schema[entity].base == nil else {
      for item in items(of: entity) { guard body(item, world.record(of: item)) else { return } }
      return
    }
    guard let table = world.table(entity) else { return }
    for record in 0..<table.recordCount {
      guard let row = table.row(of: record, at: instant) else { continue }
      guard body(EntityReference(entity: entity.index, row: UInt32(row)), record) else { return }
    }
  }

  /// The cycles of one item's clock, the newest last; one clock that says why where there is no cycle.
  func clocks(_ index: Int, of item: EntityReference) -> [Clock] {
    let clocks = clockRun(index, of: item) { run in
      var found: [Clock] = []
      run.clocks(into: &found)
      return found
    }
    observe?(.clocks(clocks))
    return clocks
  }

  /// What `body` asks of one item's clock.
  func clockRun<Result>(_ index: Int, of item: EntityReference, _ body: (inout ClockRun) -> Result) -> Result {
    let plan = clockPlan(index)
    let log = ReadLog()
    return observing(log, plan) {
      var run = ClockRun(engine: self, plan: plan, log: log)
      run.begin(item, record: world.record(of: item))
      return body(&run)
    }
  }

  /// Runs `body` while the log takes every record that is read. To begin and to end this costs far more than a read, and
  /// while it lasts every read costs more. Data without any history changes nothing, and nobody needs to know what is read
  /// of it; nor where only the item itself is read.
  private func observing<Result>(_ log: ReadLog, _ plan: ClockPlan, _ body: () -> Result) -> Result {
    log.seesChanges = world.tables.contains { $0?.hasHistory ?? false }
    log.isNeeded = log.seesChanges && plan.readsOthers
    guard log.isNeeded else { return body() }
    let outer = world.readObserver
    defer { world.readObserver = outer }
    world.readObserver = {
      log.records.insert(RecordKey(entity: $0, record: $1))
      outer?($0, $1)
    }
    return body()
  }
}

/// The records that have been read.
final class ReadLog {
  var records: Set<RecordKey> = []
  /// Whether anything has more than one state.
  var seesChanges = true
  /// Whether records other than the item may be read whose changes matter.
  var isNeeded = true

  func take() -> Set<RecordKey> {
    defer { records.removeAll(keepingCapacity: true) }
    return records
  }
}
