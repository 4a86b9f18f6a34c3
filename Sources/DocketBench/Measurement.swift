/// Times that are the same from run to run: the best of several, each long enough for the clock.

/// Best of 5, in nanoseconds for each call of `work`.
func nanoseconds(_ work: () -> Int) -> Double {
  var repeats = 1
  // About 20 ms a sample.
  while sample(repeats, work) < 0.02, repeats < 1 << 24 { repeats *= 2 }
  var best = Double.infinity
  for _ in 0..<5 { best = min(best, sample(repeats, work)) }
  return best * 1e9 / Double(repeats)
}

/// What `work` gives is added up here, so that no compiler leaves it out.
nonisolated(unsafe) var checksum = 0

private func sample(_ repeats: Int, _ work: () -> Int) -> Double {
  let clock = ContinuousClock()
  var sum = 0
  let time = clock.measure {
    for _ in 0..<repeats { sum &+= work() }
  }
  checksum &+= sum
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

func padded(_ text: String, to width: Int, left: Bool = false) -> String {
  let space = String(repeating: " ", count: max(0, width - text.count))
  return left ? space + text : text + space
}

/// One digit after the point.
func digits(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
