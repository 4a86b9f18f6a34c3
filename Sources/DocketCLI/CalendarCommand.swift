import ArgumentParser
import Docket
import DocketSemantics
import DocketTime

/// `docket calendar`: a month drawn, unless something else is asked for.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Draw a month of a business calendar, or import one.",
    subcommands: [CalendarMonthCommand.self, CalendarImportCommand.self], defaultSubcommand: CalendarMonthCommand.self)
}

/// `docket calendar RULEBOOK NAME --month 2026-10`: a month of a calendar with its hours.
struct CalendarMonthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "month", abstract: "Draw a month of a business calendar.")

  @OptionGroup var options: RulebookOptions

  @Argument(help: "The calendar's name.")
  var name: String

  @Option(help: "The month, such as 2026-10.")
  var month: String

  func run() throws {
    guard let first = CivilDate.parse(month + "-01") else {
      throw ValidationError("`\(month)` is no month: write 2026-10")
    }
    let rulebook = try options.load()
    try RuleNames.check([name], among: rulebook.checked.calendars.map(\.name), kind: "calendar")
    guard let found = rulebook.checked.calendars.first(where: { $0.name == name }) else { throw ExitStatus.usage }
    Terminal.write(
      CalendarMonth(found.calendar, Period(.month, containing: first)).render(color: Terminal.wantsColor()))
  }
}
