/// A clock for people: its cycles, and below them everything that happened, drawn from the top down in local time.

import DocketDiagnostics
public import DocketRules
import DocketSemantics
import DocketTime

extension ExplanationReport {
  /// Ends with a newline.
  public func text(_ explanation: ClockExplanation) -> String {
    let sla = rulebook.slas[explanation.sla]
    var text = title(words[.sla], sla.name, sla.titles, explanation.place)
    for (index, clock) in explanation.clocks.enumerated() {
      let isShown =
        !folds || explanation.clocks.count <= Self.shownCycles
        || index >= explanation.clocks.count - Self.shownCycles
      if isShown {
        text += sentence(cycle(clock, of: explanation, index), indent: 2)
      } else if index == 0 {
        text += "  \(words[.earlierCycles(explanation.clocks.count - Self.shownCycles)])\n"
      }
    }
    let refused = explanation.filter.filter { $0.isMet != true }
    if !refused.isEmpty { text += conditions(refused, indent: 4) }
    return text + "\n" + Timeline(explanation, report: self).render()
  }

  static let shownCycles = 12

  private func cycle(_ clock: Clock, of explanation: ClockExplanation, _ index: Int) -> String {
    var parts = [words.status(clock.status)]
    if let elapsed = clock.elapsed {
      let target = explanation.targets[index].map { words.duration($0) }
      parts.append(words[.elapsedOf(words.duration(elapsed), target: target)])
    }
    if let remaining = clock.remaining, clock.stop == nil, clock.status != .cancelled {
      parts.append(
        words[
          remaining.isNegative ? .late(words.duration(remaining.negated)) : .left(words.duration(remaining))])
    }
    if let due = clock.due {
      parts.append(words[.dueAt(words.instant(due), isProvisional: clock.isProvisional)])
    }
    if clock.status == .paused { parts.append(words[.noDeadline]) }
    if let calendar = explanation.calendars[index] { parts.append(words[.hoursOf(calendar)]) }
    if let cause = clock.cause { parts.append(words.cause(cause).displaySafe) }
    let told = words.list(parts)
    return explanation.clocks.count > 1 ? words[.inCycle(clock.cycle, told)] : told
  }
}

/// The lines of a timeline.
private struct Timeline {
  private struct Line {
    var date: CivilDate
    var time: String
    var mark: String
    var texts: [String]
    var total: String
    var style: TextStyle?
    var isAhead: Bool
    /// Nothing came of it: long runs of these are folded.
    var isQuiet: Bool
    var isClosed: Bool
  }

  let explanation: ClockExplanation
  let report: ExplanationReport
  private var words: ReportWords { report.words }

  init(_ explanation: ClockExplanation, report: ExplanationReport) {
    self.explanation = explanation
    self.report = report
  }

  private static let foldsFrom = 8
  private static let keptBefore = 3
  private static let keptAfter = 2
  private static let widestText = 84

  func render() -> String {
    var entries = explanation.entries
    let cycles = explanation.clocks.count
    if report.folds, cycles > ExplanationReport.shownCycles {
      // What came before the cycles that are shown is summed up by their number.
      let first = explanation.clocks[cycles - ExplanationReport.shownCycles].start
      entries.removeAll { entry in first.map { entry.at < $0 } ?? false }
    }
    let lines = entries.map { line($0) }
    guard !lines.isEmpty else { return "" }
    let timeWidth = lines.reduce(5) { max($0, $1.time.displayWidth) }
    let totalWidth = lines.reduce(0) { max($0, $1.total.displayWidth) }
    // `Mon 2016-02-29  01:16  ▶  text  total`
    let left = 2 + dayWidth + 2 + timeWidth + 2 + 1 + 2
    let room = max(24, min(Self.widestText, report.width - left - 2 - totalWidth))
    let longest = lines.reduce(0) { $1.texts.reduce($0) { max($0, $1.displayWidth) } }
    let textWidth = min(room, longest)
    var text = "  \(words[.timesIn(report.zone.name)])\n"
    var date: CivilDate?
    var index = 0
    while index < lines.count {
      let run = lines[index...].prefix { $0.isQuiet && !$0.isAhead }.count
      if report.folds, run >= Self.foldsFrom {
        for line in lines[index..<(index + Self.keptBefore)] {
          text += draw(line, &date, timeWidth, textWidth, totalWidth)
        }
        let folded = lines[(index + Self.keptBefore)..<(index + run - Self.keptAfter)]
        text += String(repeating: " ", count: left - 3) + "⋮  " + summary(Array(folded)) + "\n"
        for line in lines[(index + run - Self.keptAfter)..<(index + run)] {
          text += draw(line, &date, timeWidth, textWidth, totalWidth)
        }
        index += run
      } else {
        text += draw(lines[index], &date, timeWidth, textWidth, totalWidth)
        index += 1
      }
    }
    return text
  }

  private func summary(_ lines: [Line]) -> String {
    let closed = lines.count(where: \.isClosed)
    var parts: [String] = []
    if closed > 0 { parts.append(words[.closedStretches(closed)]) }
    let changes = lines.count - closed
    if changes > 0 { parts.append(words[.quietChanges(changes)]) }
    return words.both(parts)
  }

  /// As wide as every day with its weekday is.
  private var dayWidth: Int { day(CivilDate(uncheckedDays: 0)).displayWidth }

  private func day(_ date: CivilDate) -> String { "\(words.weekday(date.weekday)) \(date)" }

  private func draw(_ line: Line, _ date: inout CivilDate?, _ timeWidth: Int, _ textWidth: Int, _ totalWidth: Int)
    -> String
  {
    let day = line.date == date ? "" : self.day(line.date)
    date = line.date
    var text = ""
    let pieces = line.texts.flatMap { $0.displaySafe.wrapped(to: textWidth) }
    for (number, piece) in pieces.enumerated() {
      var row =
        number == 0
        ? "  \(day.padded(to: dayWidth))  \(line.time.padded(to: timeWidth))  "
        : String(repeating: " ", count: 2 + dayWidth + 2 + timeWidth + 2)
      let mark = number == 0 ? line.mark : " "
      let body = number == 0 && !line.total.isEmpty ? piece.padded(to: textWidth) : piece
      if let style = line.style, number == 0 {
        row += style.apply(mark, color: report.color) + "  " + style.apply(body, color: report.color)
      } else if line.isQuiet || line.isAhead {
        row += TextStyle.frame.apply("\(mark)  \(body)", color: report.color)
      } else {
        row += "\(mark)  \(body)"
      }
      if number == 0, !line.total.isEmpty { row += "  \(line.total.padded(to: totalWidth, alignment: .right))" }
      while row.last == " " { row.removeLast() }
      text += row + "\n"
    }
    return text
  }

  // MARK: - One entry

  private func line(_ entry: TimelineEntry) -> Line {
    let local = report.zone.local(entry.at)
    var line = Line(
      date: local.date, time: time(local), mark: "·", texts: [], total: entry.total.map { words.duration($0) } ?? "",
      style: nil, isAhead: entry.isAhead, isQuiet: false, isClosed: false)
    var texts: [String] = []
    switch entry.kind {
    case .change(let changes, let steps):
      texts = steps.map { told($0) }
      line.mark = steps.last.map { mark($0.kind) } ?? "·"
      line.style = steps.isEmpty ? nil : .strong
      line.isQuiet = steps.isEmpty
      texts += changes.map { told($0) }
      if steps.isEmpty, let last = texts.indices.last { texts[last] = words[.changesNothing(texts[last])] }
    case .closed(let first, let last, let reason):
      line.mark = "░"
      line.time = ""
      (line.isQuiet, line.isClosed) = (true, true)
      texts = [closed(first, last, reason)]
    case .open(_, let name):
      line.mark = "▒"
      line.time = ""
      line.isQuiet = true
      texts = [words[.openDays(name)]]
    case .effect(let effect):
      line.mark = "»"
      let to = effect.to ?? words[Phrase.nobody]
      texts = [words[effect.kind == .notify ? .tells(to, effect.text) : .sets(to, effect.text)]]
    case .due:
      line.mark = "◆"
      line.style = .note
      let isOver = explanation.clocks.contains { $0.cycle == entry.cycle && $0.stop != nil }
      texts = [words[!entry.isAhead ? .wasDue : isOver ? .wouldHaveBeenDue : .comesDue]]
    case .breach:
      line.mark = "◇"
      texts = [words[.breach(isAhead: entry.isAhead)]]
    case .now:
      line.mark = "●"
      line.style = .strong
      texts = [words[.now]]
    }
    if explanation.clocks.count > 1, let cycle = entry.cycle, !line.isQuiet, let first = texts.first {
      texts[0] = words[.inCycle(cycle, first)]
    }
    line.texts = texts
    return line
  }

  private func time(_ local: CivilDateTime) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = local.second == 0 ? "" : ":\(two(local.second))"
    return "\(two(local.hour)):\(two(local.minute))\(seconds)"
  }

  private func mark(_ step: ClockStep.Kind) -> String {
    switch step {
    case .started, .resumed: "▶"
    case .stopped: "■"
    case .paused: "‖"
    case .cancelled: "✕"
    case .restarted, .reopened: "↻"
    }
  }

  private func told(_ step: ClockStep) -> String {
    let read = report.values(step.values, of: "")
    return words[.step(step.kind, clause: step.clause ?? "")] + (read.isEmpty ? "" : " (\(read))")
  }

  private static let shownFields = 6

  private func told(_ change: RecordChange) -> String {
    let fields = change.fields.prefix(Self.shownFields).map { field in
      guard let from = field.from else { return "\(field.name) \(field.to.truncated(to: 40))" }
      return "\(field.name) \(from.truncated(to: 40)) → \(field.to.truncated(to: 40))"
    }
    let more = change.fields.count > fields.count ? [words[.moreFields(change.fields.count - fields.count)]] : []
    let told = words.list(fields + more)
    let name = change.isItem ? change.entity : "\(change.entity) \(change.key)"
    if change.isNew { return words[.begins(name, fields: told)] }
    if change.fields.isEmpty { return words[.sameVersion(name)] }
    return change.isItem ? told : words[.reason(name, because: told)]
  }

  private func closed(_ first: CivilDate, _ last: CivilDate, _ reason: ClosedReason) -> String {
    let days = last.days(since: first) + 1
    let until = days == 1 ? nil : day(last)
    switch reason {
    case .weekday:
      let isWeekend = days <= 2 && first.weekday.rawValue >= 6 && last.weekday.rawValue >= 6
      return words[.closed(until: until, isWeekend ? .weekend : .noHours(on: words.weekday(first.weekday)))]
    case .holiday(let name): return words[.closed(until: until, .holiday(name))]
    }
  }
}
