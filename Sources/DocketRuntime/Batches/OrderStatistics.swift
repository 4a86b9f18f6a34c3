/// Percentiles by selection: the numbers around a rank are found without sorting the others. The result is that of sorting.

import Glibc

/// Numbers that lie in several pieces of memory.
struct NumberRuns {
  var runs: [UnsafeBufferPointer<Double>] = []
  var count = 0
  /// Smaller ones that are not kept.
  var below = 0

  mutating func append(_ run: UnsafeBufferPointer<Double>) {
    guard !run.isEmpty else { return }
    runs.append(run)
    count += run.count
  }

  /// All of them, sorted.
  func sorted() -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(count)
    for run in runs { all.append(contentsOf: run) }
    all.sort()
    return all
  }
}

/// The numbers from one to another.
struct RankWindow: Equatable, BitwiseCopyable {
  var low: Double
  var high: Double

  static let all = RankWindow(low: -.infinity, high: .infinity)
  static let none = RankWindow(low: .infinity, high: -.infinity)
}

/// Memory for selections, as much as the largest one needs.
final class SelectionBuffer {
  fileprivate private(set) var numbers: UnsafeMutablePointer<Double>
  private var capacity = 0

  init() { numbers = .allocate(capacity: 1) }
  deinit { numbers.deallocate() }

  fileprivate func reserve(_ count: Int) {
    guard count > capacity else { return }
    numbers.deallocate()
    capacity = count
    numbers = .allocate(capacity: count)
  }
}

enum OrderStatistics {
  enum Percentile: Equatable {
    case of(Double)
    /// There are no numbers.
    case none
    /// Those around the rank are not among the kept ones.
    case missed
  }

  /// Linear interpolation between the closest ranks (type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages",
  /// 1996). `count` numbers there are in all, with those that are not kept.
  static func percentile(_ percent: Double, of numbers: NumberRuns, count: Int, _ buffer: SelectionBuffer) -> Percentile
  {
    guard count > 0 else { return .none }
    let rank = percent / 100 * Double(count - 1)
    let below = Int(rank.rounded(.down))
    let above = min(below + 1, count - 1)
    guard below >= numbers.below, above < numbers.below + numbers.count else { return .missed }
    let (low, high) = select(below - numbers.below, above - numbers.below, of: numbers, buffer)
    return .of(low + (high - low) * (rank - Double(below)))
  }

  /// Between which numbers a percentile lies in all likelihood, as a sample tells.
  static func window(_ percent: Double, of sample: NumberRuns, _ buffer: SelectionBuffer) -> RankWindow {
    guard sample.count >= 64 else { return .all }
    let share = percent / 100
    let middle = share * Double(sample.count - 1)
    let spread = 3.5 * (share * (1 - share) * Double(sample.count)).squareRoot() + 2
    let (low, high) = (Int((middle - spread).rounded(.down)), Int((middle + spread).rounded(.up)))
    return RankWindow(
      low: low >= 0 ? select(low, low, of: sample, buffer).0 : -.infinity,
      high: high < sample.count ? select(high, high, of: sample, buffer).0 : .infinity)
  }

  /// The Gini coefficient: the mean difference of two amounts over twice their mean (C. Gini, 1912). Nothing to share is even.
  static func gini(of numbers: NumberRuns, total: Double) -> Double? {
    guard numbers.count > 0 else { return nil }
    guard total > 0 else { return 0 }
    let n = Double(numbers.count)
    var weighted = 0.0
    for (index, value) in numbers.sorted().enumerated() { weighted += Double(index + 1) * (value / total) }
    return max(0, 2 * weighted / n - (n + 1) / n)
  }

  /// The numbers of two ranks, of which the second is the first or the next.
  ///
  /// A sample tells two bounds that most likely lie around the ranks; one pass counts what is below them and keeps what is
  /// between (R. W. Floyd and R. L. Rivest, "Expected time bounds for selection", 1975). Bounds that miss cost time only.
  static func select(_ first: Int, _ second: Int, of numbers: NumberRuns, _ buffer: SelectionBuffer) -> (Double, Double)
  {
    buffer.reserve(numbers.count)
    var kept = 0
    guard numbers.count > smallCount,
      var below = narrow(numbers.runs, numbers.count, first, second, buffer.numbers, &kept)
    else {
      var next = buffer.numbers
      for run in numbers.runs {
        if let start = run.baseAddress { next.update(from: start, count: run.count) }
        next += run.count
      }
      return pair(first, second, of: buffer.numbers, numbers.count)
    }
    // What was kept is narrowed in place: it is read before it is written over.
    for _ in 0..<8 where kept > smallCount {
      let rest = UnsafeBufferPointer(start: buffer.numbers, count: kept)
      var fewer = 0
      guard let more = narrow([rest], kept, first - below, second - below, buffer.numbers, &fewer) else { break }
      below += more
      guard fewer < kept else { break }
      kept = fewer
    }
    return pair(first - below, second - below, of: buffer.numbers, kept)
  }

  private static let smallCount = 256

  /// The numbers of two neighbouring ranks, which are put in their places.
  private static func pair(_ first: Int, _ second: Int, of numbers: UnsafeMutablePointer<Double>, _ count: Int) -> (
    Double, Double
  ) {
    place(first, of: numbers, 0, count - 1)
    guard second > first else { return (numbers[first], numbers[first]) }
    var least = numbers[second]
    for place in second..<count { least = min(least, numbers[place]) }
    return (numbers[first], least)
  }

  /// Puts the number of a rank in its place, smaller ones before it (C. A. R. Hoare, "Algorithm 65: find", 1961).
  private static func place(_ rank: Int, of numbers: UnsafeMutablePointer<Double>, _ from: Int, _ to: Int) {
    var (low, high) = (from, to)
    while low < high {
      // The middle one of three keeps rising and falling numbers from taking long.
      let (a, b, c) = (numbers[low], numbers[(low + high) / 2], numbers[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (left, right) = (low, high)
      while left <= right {
        while numbers[left] < pivot { left &+= 1 }
        while pivot < numbers[right] { right &-= 1 }
        if left <= right {
          (numbers[left], numbers[right]) = (numbers[right], numbers[left])
          left &+= 1
          right &-= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return
      }
    }
  }

  /// Keeps the numbers between two bounds around the ranks, says how many are below them; `nil`, and nothing lost, where the bounds
  /// missed a rank.
  private static func narrow(
    _ runs: [UnsafeBufferPointer<Double>], _ count: Int, _ first: Int, _ second: Int,
    _ kept: UnsafeMutablePointer<Double>, _ keptCount: inout Int
  ) -> Int? {
    let sampleCount = 256
    let isInPlace = runs.count == 1 && runs[0].baseAddress == UnsafePointer(kept)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: sampleCount) { sample -> Int? in
      let step = Double(count) / Double(sampleCount)
      var run = 0
      var begin = 0
      for place in 0..<sampleCount {
        let index = Int(Double(place) * step)
        while index - begin >= runs[run].count {
          begin += runs[run].count
          run += 1
        }
        sample.initializeElement(at: place, to: runs[run][index - begin])
      }
      guard let sampled = sample.baseAddress else { return nil }
      let middle = Double(first) / Double(count) * Double(sampleCount)
      let spread = 3 * (middle * (1 - middle / Double(sampleCount))).squareRoot() + 2
      var (lowest, highest) = (-Double.infinity, Double.infinity)
      let lowPlace = Int(max(0, middle - spread))
      place(lowPlace, of: sampled, 0, sampleCount - 1)
      if middle - spread >= 0 { lowest = sampled[lowPlace] }
      if middle + spread < Double(sampleCount) {
        let highPlace = Int(middle + spread)
        place(highPlace, of: sampled, lowPlace, sampleCount - 1)
        highest = sampled[highPlace]
      }
      if isInPlace {
        // Counted first, so that nothing is lost where the bounds miss.
        var (below, between) = (0, 0)
        for number in runs[0] {
          below += number < lowest ? 1 : 0
          between += number >= lowest && number <= highest ? 1 : 0
        }
        guard below <= first, second < below + between else { return nil }
      }
      var below = 0
      var next = 0
      for run in runs {
        for number in run {
          below &+= Int(unsafeBitCast(number < lowest, to: UInt8.self))
          kept[next] = number
          next &+= Int(
            unsafeBitCast(number >= lowest, to: UInt8.self) & unsafeBitCast(number <= highest, to: UInt8.self))
        }
      }
      guard below <= first, second < below + next else { return nil }
      keptCount = next
      return below
    }
  }
}
