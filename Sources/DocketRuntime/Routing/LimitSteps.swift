/// Limits in order, and how many are not above a key.
///
/// The range of the limits is cut into equal buckets, most of which have one limit in them or none; a key is compared with
/// that one.
struct LimitSteps {
  fileprivate struct Bucket {
    /// The first limit that is not before the bucket.
    var limit: Int64
    /// How many limits are before it.
    var below: Int32
    /// There are more limits in it.
    var isCrowded: Bool
  }

  private let limits: [Int64]
  private let buckets: [Bucket]
  private let start: Int64
  private let shift: UInt64
  private static let bucketCount = 2048

  init(_ limits: [Int64]) {
    self.limits = limits
    start = limits.first ?? 0
    let span = UInt64(bitPattern: (limits.last ?? 0) &- start)
    var shift: UInt64 = 0
    while span >> shift >= UInt64(Self.bucketCount) { shift += 1 }
    self.shift = shift
    var buckets: [Bucket] = []
    var below = 0
    for bucket in 0...(span >> shift) where !limits.isEmpty {
      let first = UInt64(bitPattern: start) &+ bucket << shift
      while below < limits.count, UInt64(bitPattern: limits[below]) &- UInt64(bitPattern: start) < bucket << shift {
        below += 1
      }
      let next = below + 1
      // INVARIANT: what lies behind the last bucket is above all limits.
      let isCrowded =
        next < limits.count
        && UInt64(bitPattern: limits[next]) &- first < 1 << shift
      buckets.append(
        Bucket(limit: below < limits.count ? limits[below] : .max, below: Int32(below), isCrowded: isCrowded))
    }
    self.buckets = buckets
  }

  struct Table {
    fileprivate let limits: UnsafeBufferPointer<Int64>
    fileprivate let buckets: UnsafeBufferPointer<Bucket>
    fileprivate let start: Int64
    fileprivate let shift: UInt64

    @inline(__always) func limits(notAbove key: Int64) -> Int {
      guard key >= start, !limits.isEmpty else { return 0 }
      let place = UInt64(bitPattern: key &- start) >> shift
      guard place < UInt64(truncatingIfNeeded: buckets.count) else { return limits.count }
      let bucket = buckets[Int(truncatingIfNeeded: place)]
      if bucket.isCrowded { return search(key, from: Int(bucket.below)) }
      return Int(bucket.below) &+ Int(unsafeBitCast(bucket.limit <= key, to: UInt8.self))
    }

    @inline(never) private func search(_ key: Int64, from below: Int) -> Int {
      var (low, high) = (below, limits.count)
      while low < high {
        let middle = (low + high) / 2
        if limits[middle] <= key { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  @inline(__always) func withTable<Result>(_ body: (Table) -> Result) -> Result {
    limits.withUnsafeBufferPointer { limits in
      buckets.withUnsafeBufferPointer { buckets in
        body(Table(limits: limits, buckets: buckets, start: start, shift: shift))
      }
    }
  }
}
