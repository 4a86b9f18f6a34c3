/// Damerau–Levenshtein distance in its optimal string alignment form: insertions, deletions, replacements and swaps of
/// neighbours cost one each; no part is edited twice.

/// `nil` when the distance exceeds `bound`.
public func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], bound: Int) -> Int? {
  guard abs(a.count - b.count) <= bound else { return nil }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var current = beforeLast
  for i in a.indices {
    current[0] = i + 1
    var best = current[0]
    for j in b.indices {
      var distance = min(last[j + 1] + 1, current[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      current[j + 1] = distance
      best = min(best, distance)
    }
    // A swap reaches back two rows, so one bad row alone does not decide; the row before must be beyond the bound too.
    if best > bound, last.min() ?? 0 > bound { return nil }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[b.count] <= bound ? last[b.count] : nil
}
