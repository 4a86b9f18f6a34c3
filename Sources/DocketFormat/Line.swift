/// What the layout produces: lines of pieces, and their text.

internal import DocketDiagnostics

/// A token, or a formatted string as a whole.
struct Piece {
  var text: String
  /// Spaces before it; for the first piece of a line none, the line has its indentation.
  var space: Int
  var stop: Stop?
  /// A string over several lines, whose text is not ours to indent.
  var isBroken: Bool
}

struct Line {
  var indent: Int
  var pieces: [Piece] = []
  /// With its `//`; the only content of a line of its own, or behind the pieces.
  var comment: String?
  /// Spaces before a comment behind pieces.
  var commentSpace = 0
  var isBlankBefore = false
  /// The token of the first piece.
  var firstToken: Int?

  /// The cells before the space of piece `end`, on the last line of a broken string.
  func width(before end: Int) -> Int {
    var width = indent
    for piece in pieces[..<end] {
      if piece.isBroken {
        width = String(piece.text.split(separator: "\n", omittingEmptySubsequences: false).last ?? "").displayWidth
      } else {
        width += piece.space + piece.text.displayWidth
      }
    }
    return width
  }
}

extension [Line] {
  /// The text, every line ended; empty where there are none.
  var rendered: String {
    var text = ""
    for line in self {
      if line.isBlankBefore { text += "\n" }
      text += String(repeating: " ", count: line.indent)
      for piece in line.pieces {
        text += String(repeating: " ", count: piece.space)
        text += piece.text
      }
      if let comment = line.comment {
        text += String(repeating: " ", count: line.commentSpace)
        text += comment
      }
      text += "\n"
    }
    return text
  }
}
