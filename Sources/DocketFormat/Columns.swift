/// Lines up what reads as a table: rows, the words of clauses, mappings, moments and the comments behind adjacent lines.
///
/// Widths are cells of a terminal, so Chinese text lines up too.

enum Columns {
  private struct Place {
    var line: Int
    var piece: Int
  }

  static func align(_ lines: inout [Line]) {
    var groups: [Stop: [Place]] = [:]
    var order: [Stop] = []
    var run: (stop: Stop, places: [Place])?
    for (number, line) in lines.enumerated() {
      var continuesRun = false
      for (index, piece) in line.pieces.enumerated() {
        guard let stop = piece.stop else { continue }
        let place = Place(line: number, piece: index)
        switch stop {
        case .argument, .bar:
          if groups[stop] == nil { order.append(stop) }
          groups[stop, default: []].append(place)
        case .mapping, .effect:
          continuesRun = true
          if let last = run?.places.last, last.line == number - 1, !line.isBlankBefore,
            run?.stop.isMapping == stop.isMapping
          {
            run?.places.append(place)
          } else {
            if let run { align(run.places, in: &lines) }
            run = (stop, [place])
          }
        }
      }
      if !continuesRun, let ended = run {
        align(ended.places, in: &lines)
        run = nil
      }
    }
    if let run { align(run.places, in: &lines) }
    // The bars of a row stand in order, so that what is left of each has its final width.
    for stop in order { align(groups[stop] ?? [], in: &lines) }
    alignComments(&lines)
  }

  private static func align(_ places: [Place], in lines: inout [Line]) {
    let widths = places.map { lines[$0.line].width(before: $0.piece) }
    let widest = widths.max() ?? 0
    for (place, width) in zip(places, widths) { lines[place.line].pieces[place.piece].space = widest - width + 1 }
  }

  private static func alignComments(_ lines: inout [Line]) {
    var start = 0
    while start < lines.count {
      guard lines[start].hasTrailingComment else {
        start += 1
        continue
      }
      var end = start + 1
      while end < lines.count, lines[end].hasTrailingComment, !lines[end].isBlankBefore { end += 1 }
      let widths = lines[start..<end].map { $0.width(before: $0.pieces.count) }
      let widest = widths.max() ?? 0
      for (index, width) in zip(start..<end, widths) { lines[index].commentSpace = widest - width + 2 }
      start = end
    }
  }
}

extension Stop {
  fileprivate var isMapping: Bool { self == .mapping }
}

extension Line {
  fileprivate var hasTrailingComment: Bool { comment != nil && !pieces.isEmpty }
}
