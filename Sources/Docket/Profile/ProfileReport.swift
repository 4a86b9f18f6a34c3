/// A profile as people read it: a table for each entity, and below it what needs a look.

import DocketData
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

public struct ProfileReport {
  private let profile: DataProfile
  private let session: Session
  private let width: Int?
  private let color: Bool
  private var zone: Zone { session.engine.rulebook.zone ?? .utc }

  public init(_ profile: DataProfile, of session: Session, width: Int?, color: Bool) {
    self.profile = profile
    self.session = session
    self.width = width
    self.color = color
  }

  public var text: String {
    var text =
      profile.instant == .maximum
      ? "The data does not say when it is from\n"
      : "As of \(Figures.instant(profile.instant, zone))"
        + (session.isInstantFromData ? ", the newest instant in the data" : "") + "\n"
    for entity in profile.entities { text += "\n" + block(entity) }
    var rest: [String] = []
    if !profile.withoutData.isEmpty { rest.append("no data of \(list(profile.withoutData))") }
    if !profile.unusedFiles.isEmpty { rest.append("read by nothing: \(list(profile.unusedFiles))") }
    return text + (rest.isEmpty ? "" : "\n" + rest.map { $0 + "\n" }.joined())
  }

  // MARK: - An entity

  private func block(_ entity: DataProfile.Entity) -> String {
    var heading = TextStyle.strong.apply(
      ([entity.name] + entity.titles.prefix(1)).joined(separator: " · "), color: color)
    heading += "  \(Figures.count(entity.records)) \(entity.records == 1 ? "record" : "records")"
    if let versions = entity.versions {
      heading += " in \(Figures.count(entity.rows)) versions"
      heading += ", \(moment(versions.lowerBound)) … \(moment(versions.upperBound))"
    }
    if entity.existing != entity.records { heading += "; \(Figures.count(entity.existing)) exist by then" }
    var table = TextTable([.left("field"), .left("type"), .left("filled"), .right("distinct"), .left("values")])
    for field in entity.fields {
      guard field.hasColumn else {
        table.add([field.name, field.type, "no column", "", ""])
        continue
      }
      table.add([
        field.name, field.type + (field.isKey ? " key" : ""), filled(field, of: entity.existing),
        Figures.count(field.values.distinct), values(field.values),
      ])
    }
    return heading + "\n" + table.render(width: width) + notes(entity).map { $0 + "\n" }.joined()
  }

  /// `██████▌    65.0 %`
  private func filled(_ field: DataProfile.Field, of total: Int) -> String {
    guard total > 0 else { return "" }
    let share = Double(field.values.filled) / Double(total)
    let eighths = Int((share * 64).rounded(.down))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    var bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    // A field that is hardly ever filled is not an empty one.
    if bar.isEmpty, field.values.filled > 0 { bar = "▏" }
    let percent =
      field.values.filled == total
      ? "100 %" : share > 0 && share < 0.001 ? "< 0.1 %" : Figures.percent(share)
    return bar.padded(to: 8) + " " + percent.padded(to: 7, alignment: .right)
  }

  private func values(_ values: ColumnProfile) -> String {
    var parts: [String] = []
    if let range = values.range, values.distinct > 1 { parts.append("\(show(range.lowest)) … \(show(range.highest))") }
    let repeats = values.top.contains { $0.count > 1 }
    if !values.top.isEmpty, repeats || values.range == nil || values.distinct == 1 {
      let shown = values.top.prefix(values.range == nil ? 5 : 2)
      var text = shown.map { "\(show($0.value)) ×\(Figures.count($0.count))" }.joined(separator: ", ")
      let more = values.distinct - shown.count
      if more > 0, values.range == nil { text += ", \(Figures.count(more)) more" }
      parts.append(text)
    }
    return parts.joined(separator: "; ")
  }

  // MARK: - What needs a look

  private func notes(_ entity: DataProfile.Entity) -> [String] {
    var notes: [String] = []
    if !entity.views.isEmpty {
      notes.append(
        "views: "
          + entity.views.map { view in
            "\(view.name) \(Figures.count(view.members))"
              + (view.undecided > 0 ? " (\(Figures.count(view.undecided)) undecided)" : "")
          }.joined(separator: ", "))
    }
    let backfilled = entity.fields.filter(\.isBackfilled).map(\.name)
    if !backfilled.isEmpty { notes.append("backfilled, seen from their own instant on: \(list(backfilled))") }
    for field in entity.fields {
      if let dangling = field.dangling { notes.append(warning(dangling)) }
      if let later = field.laterTimes {
        notes.append(
          sign
            + "`\(field.name)` lies after its version in \(Figures.count(later.count)) rows, such as `\(later.key)`: "
            + "\(moment(later.time)) in the version of \(moment(later.version)); unless it is a plan, "
            + "write `backfilled \(field.name)`")
      }
    }
    for source in entity.sources {
      let name = String(source.path.split(separator: "/").last ?? "")
      for cell in source.absentCells where cell.count > 0 {
        notes.append(
          sign + "\(Figures.count(cell.count)) rows of \(name) have no `\(cell.field)`, though it is not declared `?`")
      }
      if source.gapTimes + source.foldTimes > 0 {
        notes.append(
          "\(Figures.count(source.gapTimes)) times of \(name) lie in a gap of the clock and were moved, "
            + "\(Figures.count(source.foldTimes)) happen twice: the first was taken")
      }
      if source.rejectedRows > 0 {
        let rows = DraftText.plural(source.rejectedRows, "row")
        notes.append(sign + "\(rows) of \(name) cannot be used, and left out; `--rejects FILE` writes them:")
        for problem in source.rejected.prefix(3) {
          notes.append("  line \(Figures.count(problem.dataPlace?.line ?? 0)): \(problem.message)")
        }
      }
      if source.shortRows > 0 {
        notes.append("\(DraftText.plural(source.shortRows, "row")) of \(name) end before the last columns: empty there")
      }
      if !source.unusedColumns.isEmpty { notes.append("not read from \(name): \(list(source.unusedColumns))") }
    }
    return notes
  }

  private var sign: String { TextStyle.warning.apply("!", color: color) + " " }

  private func warning(_ dangling: LoadReport.Dangling) -> String {
    guard dangling.hasData else {
      return sign
        + "`\(dangling.field)` names \(dangling.target.withArticle) \(Figures.count(dangling.count)) times, "
        + "but there is no data of \(dangling.target)"
    }
    var keys = dangling.keys.map { "`\($0.key.displaySafe)` ×\(Figures.count($0.count))" }.joined(separator: ", ")
    if dangling.distinct > dangling.keys.count {
      keys += " and \(Figures.count(dangling.distinct - dangling.keys.count)) more"
    }
    let times = dangling.count == 1 ? "once" : "\(Figures.count(dangling.count)) times"
    return sign + "`\(dangling.field)` names \(dangling.target.withArticle) that does not exist \(times): \(keys)"
  }

  // MARK: - Values

  private func show(_ value: Value) -> String {
    switch value {
    case .timestamp(let instant): moment(instant)
    case .int(let number) where abs(number) < 1_000_000_000: "\(number)"
    case .string(let symbol):
      session.engine.world.heap.text(symbol).displaySafe.truncated(to: 32)
    default: session.engine.evaluator.display(value).truncated(to: 32)
    }
  }

  /// Without the zone, which the first line names.
  private func moment(_ instant: Instant) -> String {
    let text = Figures.instant(instant, zone)
    return text.hasSuffix(zone.name) ? String(text.dropLast(zone.name.count + 1)) : text
  }

  private func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}
