/// What an export is as a whole: what a reader of the draft has to know before looking at its columns.

import DocketData
import DocketDiagnostics

extension DraftEntity {
  /// Says what was guessed of the form of the file, and what of it no column holds.
  mutating func noteWhatIsRead() {
    if !file.words.isEmpty {
      notes.append("The encoding is a guess, by which the file says: \(file.words.joined(separator: ", ")).")
    }
    for (path, values) in file.mixed {
      notes.append(
        "`\(path)` is an object in some records; the \(DraftText.plural(values, "value")) that it is in others cannot be read."
      )
    }
    if file.shortRows > 0 {
      notes.append(
        "\(DraftText.plural(file.shortRows, "row")) end before the last columns, which are taken to be empty there.")
    }
    guard file.hasTotal else { return }
    // A sum has neither a number of its own nor a beginning.
    if keyParts.isEmpty, fields.indices.contains(key), fields[key].kind == .int || created != nil {
      rejects.append((1, "is the sum of the others"))
    } else {
      notes.append("The last row looks like the sum of the others, and is read as a record: delete it from the file.")
    }
  }

  /// Where more rows would be left out than taken.
  var uselessness: Diagnostic? {
    let count = rejects.reduce(0) { $0 + $1.count }
    let rows = file.rows + file.unreadable + (file.hasTotal ? 1 : 0)
    guard count * 2 > rows else { return nil }
    let reasons = rejects.map { "\(DraftText.count($0.count)) \($0.reason)" }.joined(separator: "; ")
    return Diagnostic(
      .tooManyRejected, "most rows of `\(file.path)` would be left out: of \(DraftText.count(rows)), \(reasons)")
  }
}
