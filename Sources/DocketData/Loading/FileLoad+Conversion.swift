/// The columns of a batch, converted one after another, or on two threads.

import DocketRuntime
import DocketSemantics
import Synchronization

extension FileLoad {
  /// What a column of the file is converted to.
  struct Target {
    enum Origin {
      case column(Int)
      /// Columns of one heading that fill a list.
      case columns([Int])
      case expression(ExpressionConverter)
    }
    var origin: Origin
    var converter: ColumnConverter
    /// `Incident.priority`, or `version`.
    var name: String
    var field: String
    /// The failure where a row has no value here; `nil` where it may.
    var required: CellFailure?

    /// Whether its conversion may run beside that of other targets.
    var isApart: Bool {
      if case .column = origin { converter.isApart } else { false }
    }
  }

  /// The conversion of batches, a column at a time. Columns that touch nothing but themselves are converted by whichever thread
  /// comes to them first, all others by this one and in their order, as they share the heap.
  final class Conversion {
    private let targets: [Target]
    private let heap: Heap
    private let evaluate: EvaluateRow
    private var helper: Helper?
    /// How long batches took with the helper, and for how much of it it was kept from its work.
    private var helped = Duration.zero
    private var lost = Duration.zero
    private let apart: [Int]
    /// The next place in `apart`.
    private let next = Atomic(0)
    private let outcomes: UnsafeMutableBufferPointer<Outcome>

    init(_ targets: [Target], heap: Heap, _ evaluate: @escaping EvaluateRow, helper: Helper?) {
      (self.targets, self.heap, self.evaluate, self.helper) = (targets, heap, evaluate, helper)
      apart = targets.indices.filter { targets[$0].isApart }
      outcomes = .allocate(capacity: targets.count)
      outcomes.initialize(repeating: Outcome())
    }

    deinit {
      outcomes.deinitialize()
      outcomes.deallocate()
    }

    /// Appends a cell for each row to the column of each target, and tells what was met, target by target. Where there is a helper
    /// it does what is to be done beside that, and then helps.
    func convert(_ batch: RowBatch, beside work: @escaping () -> Void) -> UnsafeMutableBufferPointer<Outcome> {
      guard let helper else {
        for number in targets.indices { convert(batch, number) }
        return outcomes
      }
      let begin = ContinuousClock.now
      next.store(0, ordering: .relaxed)
      // Each thread changes the columns and the outcomes of the targets that it takes, and nothing else; the work beside it touches
      // none of that.
      nonisolated(unsafe) let (conversion, shared, beside) = (self, batch, work)
      helper.start {
        beside()
        conversion.convertApart(shared)
      }
      for number in targets.indices where !targets[number].isApart { convert(batch, number) }
      convertApart(batch)
      let done = ContinuousClock.now
      let busy = helper.wait()
      let end = ContinuousClock.now
      let took = begin.duration(to: end)
      judge(helped: took, waited: done.duration(to: end), kept: took - busy)
      return outcomes
    }

    /// Where the processors have other work, the helper is kept from its piece for longer than the whole batch takes, and is waited
    /// for meanwhile: then it is let go. To wait for it while it works is no loss.
    private func judge(helped: Duration, waited: Duration, kept: Duration) {
      self.helped += helped
      lost += min(waited, kept)
      if self.helped > .milliseconds(20), lost * 3 > self.helped { helper = nil }
    }

    private func convertApart(_ batch: RowBatch) {
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < apart.count else { return }
        convert(batch, apart[place])
      }
    }

    private func convert(_ batch: RowBatch, _ number: Int) {
      let target = targets[number]
      var outcome = Outcome()
      switch target.origin {
      case .column(let index):
        target.converter.convert(
          batch, from: index, target: number, failed: &outcome.failed, moved: &outcome.moved)
      case .columns(let indices):
        target.converter.gather(batch, from: indices, heap: heap, target: number, failed: &outcome.failed)
      case .expression(let expression):
        expression.convert(
          batch, into: target.converter, heap: heap, evaluate: evaluate, target: number, failed: &outcome.failed,
          moved: &outcome.moved)
      }
      if let failure = target.required { require(failure, number, batch, &outcome) }
      outcomes[number] = outcome
    }

    private func require(_ failure: CellFailure, _ number: Int, _ batch: RowBatch, _ outcome: inout Outcome) {
      let column = targets[number].converter.column
      let first = column.count - batch.count
      guard column.absentCount(from: first) > 0 else { return }
      // A cell that failed has its own reason.
      let known = Set(outcome.failed.map(\.row))
      for row in 0..<batch.count where !column.isPresent(first + row) && !known.contains(row) {
        outcome.failed.append(FailedCell(row: row, target: number, failure: failure))
      }
    }
  }
}
