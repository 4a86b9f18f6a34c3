/// Which known word a misspelt one was meant to be.

import DocketDiagnostics

enum Spelling {
  /// The nearest candidate: another case of the same letters, else within a third of its length in edits.
  static func nearest(to text: String, among candidates: [String]) -> String? {
    let lowercased = text.lowercased()
    if let same = candidates.first(where: { $0.lowercased() == lowercased }) { return same }
    guard text.utf8.count <= 24 else { return nil }
    let wanted = Array(lowercased.unicodeScalars)
    let best = candidates.compactMap { word in
      editDistance(wanted, Array(word.lowercased().unicodeScalars), bound: 64).map { (word, $0) }
    }.min { $0.1 < $1.1 }
    guard let (word, distance) = best, distance <= max(1, min(word.count, text.count) / 3) else { return nil }
    return word
  }
}
