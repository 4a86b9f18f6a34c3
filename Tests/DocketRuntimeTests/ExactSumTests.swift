/// Sums that are rounded once, and percentiles by selection.

import Testing

@testable import DocketRuntime

@Suite struct ExactSumTests {
  private struct Random {
    var state: UInt64 = 88_172_645_463_325_252

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }

    /// A finite number of any size, or of a small range of sizes.
    mutating func number(_ exponents: Int) -> Double {
      let exponent = Int(next() % UInt64(exponents)) - exponents / 2
      let significand = 1 + Double(next() >> 12) * 0x1p-52
      return Double(sign: next() & 1 == 0 ? .plus : .minus, exponent: exponent, significand: significand)
    }
  }

  private func sum(_ numbers: [Double]) -> Double {
    var sum = ExactSum()
    for number in numbers { sum.add(number) }
    return sum.value
  }

  private func wide(_ numbers: [Double]) -> Double {
    var sum = WideSum()
    for number in numbers { sum.add(number) }
    return sum.value
  }

  @Test func whatCancelsIsGone() {
    #expect(sum([1e100, 1, -1e100]) == 1)
    #expect(sum([1e300, 1e-300, -1e300]) == 1e-300)
    #expect(sum([0x1p53, 1, 1]) == 0x1p53 + 2)
    #expect(sum([.leastNonzeroMagnitude, .leastNonzeroMagnitude]) == 2 * .leastNonzeroMagnitude)
    #expect(sum(Array(repeating: 0.1, count: 10)) == 1)
    #expect(sum([]) == 0)
  }

  @Test func halvesGoToTheEvenNumber() {
    #expect(sum([1, 0x1p-53]) == 1)
    #expect(sum([1, 0x1p-53, 0x1p-200]) == 1 + 0x1p-52)
    #expect(sum([1 + 0x1p-52, 0x1p-53]) == 1 + 0x1p-51)
    #expect(wide([1, 0x1p-53]) == 1)
    #expect(wide([1, 0x1p-53, 0x1p-1000]) == 1 + 0x1p-52)
    #expect(wide([1 + 0x1p-52, 0x1p-53]) == 1 + 0x1p-51)
    #expect(wide([-1, -0x1p-53, -0x1p-1000]) == -1 - 0x1p-52)
  }

  @Test func theEndsOfTheRangeHold() {
    let greatest = Double.greatestFiniteMagnitude
    #expect(sum([greatest, greatest, -greatest]) == greatest)
    #expect(sum([greatest, greatest]) == .infinity)
    #expect(sum([-greatest, -greatest]) == -.infinity)
    #expect(sum([greatest, greatest, -greatest, -greatest, 3]) == 3)
    #expect(wide([.leastNormalMagnitude, -.leastNonzeroMagnitude]) == .leastNormalMagnitude - .leastNonzeroMagnitude)
  }

  @Test(arguments: [4, 60, 300, 2_000])
  func noOrderShows(exponents: Int) {
    var random = Random()
    for _ in 0..<200 {
      var numbers = (0..<Int(1 + random.next() % 60)).map { _ in random.number(exponents) }
      let first = sum(numbers)
      #expect(first == wide(numbers))
      for _ in 0..<4 {
        for place in numbers.indices.dropLast() {
          numbers.swapAt(place, place + Int(random.next() % UInt64(numbers.count - place)))
        }
        #expect(sum(numbers) == first)
      }
    }
  }

  @Test(arguments: [1, 2, 5, 256, 257, 1_000, 20_000])
  func selectionGivesWhatSortingGives(count: Int) {
    var random = Random()
    let shapes: [(String, (inout Random, Int) -> Double)] = [
      ("spread", { random, _ in random.number(20) }),
      ("few", { random, _ in Double(random.next() % 5) }),
      ("one", { _, _ in 3 }),
      ("rising", { _, place in Double(place) }),
      ("falling", { _, place in -Double(place) }),
      ("peaks", { random, place in place % 7 == 0 ? 1e9 : Double(random.next() % 3) }),
    ]
    let buffer = SelectionBuffer()
    for (name, shape) in shapes {
      let numbers = (0..<count).map { shape(&random, $0) }
      let sorted = numbers.sorted()
      // In two pieces.
      numbers.withUnsafeBufferPointer { all in
        var runs = NumberRuns()
        runs.append(UnsafeBufferPointer(rebasing: all[..<(count / 3)]))
        runs.append(UnsafeBufferPointer(rebasing: all[(count / 3)...]))
        for percent in [0, 1, 10, 33.3, 50, 90, 99, 99.9, 100] {
          let rank = percent / 100 * Double(count - 1)
          let (below, above) = (Int(rank), min(Int(rank) + 1, count - 1))
          let wanted = sorted[below] + (sorted[above] - sorted[below]) * (rank - Double(below))
          #expect(
            OrderStatistics.percentile(percent, of: runs, count: count, buffer) == .of(wanted),
            "\(name) \(percent) of \(count)")
          // Of the same numbers with what is far from the rank left out, or all that is near.
          let window = OrderStatistics.window(percent, of: runs, buffer)
          let kept = numbers.filter { window.low <= $0 && $0 <= window.high }
          kept.withUnsafeBufferPointer { kept in
            var near = NumberRuns()
            near.append(kept)
            near.below = numbers.count { $0 < window.low }
            #expect(OrderStatistics.percentile(percent, of: near, count: count, buffer) == .of(wanted))
            near.below = count
            #expect(OrderStatistics.percentile(percent, of: near, count: count, buffer) == .missed)
          }
        }
      }
    }
    #expect(OrderStatistics.percentile(50, of: NumberRuns(), count: 0, buffer) == OrderStatistics.Percentile.none)
  }

  @Test func keysGetNumbersInTheirOrder() {
    let dictionary = KeyDictionary()
    let keys: [Int64] = [5, 5, -1, 1 << 40, 5, 0, 63, 64, 1_000_000, .min, .max, -1]
    var codes = [UInt32](repeating: 0, count: keys.count)
    dictionary.encode(keys, nil, BatchRows(first: 0, count: keys.count, list: nil), into: &codes)
    #expect(codes == [1, 1, 2, 3, 1, 4, 5, 6, 7, 8, 9, 2])
    #expect(dictionary.keys == [5, -1, 1 << 40, 0, 63, 64, 1_000_000, .min, .max])
    #expect(dictionary.places == [0, 2, 3, 5, 6, 7, 8, 9, 10])
    #expect(dictionary.known(64) == 6 && dictionary.known(65) == 0 && dictionary.known(-2) == 0)
    var random = Random()
    let many = (0..<5_000).map { _ in Int64(bitPattern: random.next() % 3 == 0 ? random.next() : random.next() % 9_000)
    }
    for key in many { _ = dictionary.code(key, at: 0) }
    #expect(many.allSatisfy { dictionary.keys[Int(dictionary.known($0)) - 1] == $0 })
  }

  @Test func pairsGetNumbersInTheirOrder() {
    let index = PairIndex()
    var random = Random()
    var known: [UInt64: UInt32] = [:]
    for limit in [4, 100, 40_000] as [UInt32] {
      for _ in 0..<3_000 {
        let (first, second) = (UInt32(random.next() % UInt64(limit)), UInt32(random.next() % UInt64(limit)))
        let key = UInt64(first) << 32 | UInt64(second)
        let wanted = known[key] ?? UInt32(known.count)
        known[key] = wanted
        #expect(index.code(first, second) == wanted)
      }
    }
    for (key, code) in known {
      var found: [UInt32] = [0]
      index.find([UInt32(key >> 32)], [UInt32(truncatingIfNeeded: key)], 1, into: &found)
      #expect(found[0] == code)
      #expect(index.pairs[Int(code)] == (UInt32(key >> 32), UInt32(truncatingIfNeeded: key)))
    }
  }
}
