/// In which language people read what is printed; machines read the same in all of them.

public import ArgumentParser
import Docket
import Glibc

struct LanguageOptions: ParsableArguments {
  @Option(help: "The language of what people read: en or zh. Default: DOCKET_LANG, or en.")
  var lang: ReportLanguage?

  var language: ReportLanguage {
    if let lang { return lang }
    guard let value = getenv("DOCKET_LANG") else { return .english }
    return ReportLanguage(named: String(cString: value)) ?? .english
  }

  func report(_ session: Session) -> TextReport {
    TextReport(session, width: Terminal.width, color: Terminal.wantsColor(), language: language)
  }
}

extension ReportLanguage: ExpressibleByArgument {}
