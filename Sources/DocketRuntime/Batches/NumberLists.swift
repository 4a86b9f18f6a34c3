/// The numbers of many cells, each kept in the order of coming, without knowing beforehand how many there will be.

final class NumberLists {
  /// Where the next number of a cell goes.
  private struct Tail {
    var next: UnsafeMutablePointer<Double>?
    var end: UnsafeMutablePointer<Double>?
    /// Its newest chunk; -1 where it has none.
    var chunk: Int32
  }

  private struct Chunk {
    var start: UnsafeMutablePointer<Double>
    var capacity: Int32
    /// The chunk of the same cell before it.
    var previous: Int32
  }

  private let tails = CellColumn(Tail(next: nil, end: nil, chunk: -1))
  /// Which numbers of a cell are wanted. All, unless a sample told around which the sought ones are.
  private let lows = CellColumn(-Double.infinity)
  private let highs = CellColumn(Double.infinity)
  /// How many were below what is wanted.
  private let belows = CellColumn(0)
  private var chunks: [Chunk] = []
  private var slabs: [UnsafeMutablePointer<Double>] = []
  private var free: UnsafeMutablePointer<Double>?
  private var freeCount = 0

  private static let slabSize = 1 << 15
  private static let largestChunk: Int32 = 1 << 9

  deinit {
    for slab in slabs { slab.deallocate() }
  }

  /// Room for the numbers of so many cells.
  func reserve(_ cells: Int) {
    tails.reserve(cells)
    lows.reserve(cells)
    highs.reserve(cells)
    belows.reserve(cells)
  }

  /// INVARIANT: the cell has no numbers yet.
  func want(_ window: RankWindow, of cell: Int) { (lows.values[cell], highs.values[cell]) = (window.low, window.high) }

  /// Adds a batch; those that `outcomes` does not take are left out. Zeros have no sign.
  func append(
    _ numbers: UnsafePointer<Double>, to cells: UnsafePointer<UInt32>, _ count: Int, _ outcomes: UnsafePointer<UInt8>?
  ) {
    let (tails, belows) = (tails.values, belows.values)
    let (lows, highs) = (lows.values, highs.values)
    for index in 0..<count {
      if let outcomes, outcomes[index] != AggregateOutcome.taken { continue }
      let cell = Int(cells[index])
      let number = numbers[index] + 0.0
      let isBelow = number < lows[cell]
      if isBelow || number > highs[cell] {
        belows[cell] &+= isBelow ? 1 : 0
        continue
      }
      var next = tails[cell].next
      if next == tails[cell].end {
        grow(&tails[cell])
        next = tails[cell].next
      }
      guard let next else { continue }
      next.pointee = number
      tails[cell].next = next + 1
    }
  }

  @inline(never) private func grow(_ tail: inout Tail) {
    let capacity = tail.chunk < 0 ? 8 : min(Self.largestChunk, chunks[Int(tail.chunk)].capacity * 2)
    if freeCount < Int(capacity) {
      let slab = UnsafeMutablePointer<Double>.allocate(capacity: Self.slabSize)
      slabs.append(slab)
      (free, freeCount) = (slab, Self.slabSize)
    }
    guard let start = free else { preconditionFailure("there is a slab") }
    free = start + Int(capacity)
    freeCount -= Int(capacity)
    chunks.append(Chunk(start: start, capacity: capacity, previous: tail.chunk))
    tail = Tail(next: start, end: start + Int(capacity), chunk: Int32(chunks.count - 1))
  }

  /// Adds where the numbers of a cell lie, and how many were below them. INVARIANT: used only as long as this is.
  func collect(_ cell: Int, into runs: inout NumberRuns) {
    runs.below += belows.values[cell]
    let tail = tails.values[cell]
    var chunk = Int(tail.chunk)
    guard chunk >= 0, let next = tail.next else { return }
    runs.append(UnsafeBufferPointer(start: chunks[chunk].start, count: next - chunks[chunk].start))
    chunk = Int(chunks[chunk].previous)
    while chunk >= 0 {
      runs.append(UnsafeBufferPointer(start: chunks[chunk].start, count: Int(chunks[chunk].capacity)))
      chunk = Int(chunks[chunk].previous)
    }
  }
}

/// One number a cell; loops read and write it through its pointer, which moves when there are more cells.
final class CellColumn<Element: BitwiseCopyable> {
  private(set) var values: UnsafeMutablePointer<Element>
  private var capacity = 64
  private let initial: Element

  init(_ initial: Element) {
    self.initial = initial
    values = .allocate(capacity: capacity)
    values.initialize(repeating: initial, count: capacity)
  }

  deinit { values.deallocate() }

  func reserve(_ count: Int) {
    guard count > capacity else { return }
    var grown = capacity
    while grown < count { grown *= 2 }
    let new = UnsafeMutablePointer<Element>.allocate(capacity: grown)
    new.update(from: values, count: capacity)
    (new + capacity).initialize(repeating: initial, count: grown - capacity)
    values.deallocate()
    (values, capacity) = (new, grown)
  }
}
