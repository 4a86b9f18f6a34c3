import ArgumentParser
import Docket
import DocketData
import DocketDiagnostics
import DocketSemantics

/// `docket data`: what the data holds, before any rule looks at it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Show what the data of a rulebook holds, field by field.",
    discussion: """
      Rows that cannot be used are left out and told below the profile; the exit code is 4 where there are more of them \
      than the rulebook allows. References to records that do not exist are counted.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions

  @Option(help: "What is printed: text or json.")
  var format = Format.text

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let session = try dataOptions.open(rulebook, rulebookOptions) { settings in
      settings.isInstantOptional = true
      settings.loading.keepsDangling = true
      // A profile is asked for where data is not clean yet.
      settings.loading.rejectLimit = settings.loading.rejectLimit ?? 1_000_000
    }
    let profile = DataProfile(session)
    switch format {
    case .text:
      Terminal.write(ProfileReport(profile, of: session, width: Terminal.width, color: Terminal.wantsColor()).text)
    case .json:
      var json = JSONWriter()
      profile.write(of: session, to: &json)
      json.endLine()
      Terminal.write(json.bytes)
    }
    try tell(session)
  }

  /// The rows that were left out, and whether the rulebook allows that.
  private func tell(_ session: Session) throws {
    let sources = session.report.sources.filter { $0.rejectedRows > 0 }
    guard !sources.isEmpty, dataOptions.reject == nil else { return }
    let checked = session.rulebook.checked
    let beyond = sources.filter { source in
      let declared = checked.sources.first { checked.schema[$0.entity].name == source.entity }
      return source.rejectedRows > declared?.rejectLimit ?? 0
    }
    guard !beyond.isEmpty else { return }
    rulebookOptions.show(
      Array(beyond.flatMap(\.rejected).prefix(dataOptions.maxErrors)), session.rulebook.sources)
    throw ExitStatus.data
  }
}
