/// Who was assigned when, for `round robin`: never first, then the least recently.

final class RoundRobin {
  private var turn = 0
  private var lastTurn: [UInt32: Int] = [:]

  /// Goes on after earlier decisions: the records that they assigned, in their order.
  init(after earlier: [Int] = []) {
    for record in earlier { note(record) }
  }

  func note(_ record: Int) {
    turn += 1
    lastTurn[UInt32(record)] = turn
  }

  /// 0 where it never had a turn.
  func turn(of record: Int) -> Int { lastTurn[UInt32(record)] ?? 0 }
}
