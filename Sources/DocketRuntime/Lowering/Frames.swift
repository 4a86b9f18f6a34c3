/// The slots of variables. A frame stays where it is while it is used, so lowered code keeps its address.

typealias Frame = UnsafeMutablePointer<Value>

/// Frames, last in first out, in pieces of memory that grow in number but never move.
final class FrameStack {
  private struct Piece {
    var start: Frame
    var capacity: Int
    /// Where the piece before was when this one was begun.
    var callerTop: Frame
    var callerEnd: Frame
  }
  private var pieces: [Piece] = []
  private var top: Frame
  private var end: Frame
  /// An empty frame, for expressions without variables.
  let base: Frame

  init() {
    let capacity = 1 << 10
    base = .allocate(capacity: capacity)
    top = base
    end = base + capacity
  }

  deinit {
    for piece in pieces { piece.start.deallocate() }
    base.deallocate()
  }

  /// A frame in which everything is absent.
  @inline(__always) func push(_ count: Int) -> Frame {
    if end - top < count { grow(for: count) }
    let frame = top
    for slot in 0..<count { frame[slot] = .absent }
    top = frame + count
    return frame
  }

  /// Gives up a frame and everything after it.
  @inline(__always) func pop(_ frame: Frame) {
    top = frame
    if let piece = pieces.last, frame == piece.start { shrink(piece) }
  }

  private func grow(for count: Int) {
    let capacity = max(count, 1 << 14)
    let start = Frame.allocate(capacity: capacity)
    pieces.append(Piece(start: start, capacity: capacity, callerTop: top, callerEnd: end))
    (top, end) = (start, start + capacity)
  }

  private func shrink(_ piece: Piece) {
    pieces.removeLast()
    piece.start.deallocate()
    (top, end) = (piece.callerTop, piece.callerEnd)
  }
}

/// The values of variables bound from outside.
final class BoundValues {
  private(set) var count = 0
  private var values: UnsafeMutablePointer<Value>
  private var capacity = 4

  init() { values = .allocate(capacity: capacity) }
  deinit { values.deallocate() }

  func fill(_ new: [Value]) {
    if new.count > capacity {
      values.deallocate()
      capacity = new.count
      values = .allocate(capacity: capacity)
    }
    count = new.count
    for (index, value) in new.enumerated() { values[index] = value }
  }

  /// Absent where nothing is bound.
  @inline(__always) subscript(index: Int) -> Value { index < count ? values[index] : .absent }
}
