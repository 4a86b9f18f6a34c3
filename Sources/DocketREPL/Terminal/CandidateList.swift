/// Completions as a person sees them: each with its type beside it, in as many columns as fit.

import DocketDiagnostics

enum CandidateList {
  private static let limit = 60

  static func text(_ candidates: [CompletionCandidate], width: Int, color: Bool) -> String {
    let shown = candidates.prefix(limit)
    let nameWidth = min(40, shown.map(\.shown.displayWidth).max() ?? 0)
    let noteWidth = min(28, shown.map(\.note.displayWidth).max() ?? 0)
    let cell = nameWidth + (noteWidth > 0 ? 2 + noteWidth : 0)
    let columns = max(1, min(shown.count, (width + 2) / (cell + 2)))
    let rows = (shown.count + columns - 1) / columns
    var text = ""
    for row in 0..<rows {
      var line = ""
      for column in 0..<columns where column * rows + row < shown.count {
        let candidate = shown[column * rows + row]
        let name = candidate.shown.truncated(to: nameWidth).padded(to: nameWidth)
        let note = candidate.note.truncated(to: noteWidth).padded(to: noteWidth)
        line += (column > 0 ? "  " : "") + name + (noteWidth > 0 ? "  " + dim(note, color) : "")
      }
      text += line.trailingSpacesDropped + "\n"
    }
    if candidates.count > limit { text += dim("… \(grouped(candidates.count)) in all", color) + "\n" }
    return text
  }
}

extension String {
  var trailingSpacesDropped: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
