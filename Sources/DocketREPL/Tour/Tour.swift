/// A walk of five minutes through the rulebook that is loaded: each step says something and offers an entry, which Enter runs.

import DocketDiagnostics
import DocketSemantics

struct Tour {
  enum Language {
    case english, chinese
  }

  struct Step {
    var english: String
    var chinese: String
    /// What to type; `nil` where there is nothing to type.
    var entry: String?
  }

  var language: Language
  var steps: [Step]
  var position = 0

  var current: Step? { position < steps.count ? steps[position] : nil }

  func text(_ step: Step) -> String { language == .english ? step.english : step.chinese }
}

extension ReplSession {
  /// What Enter on an empty line runs: the entry of the tour's step.
  public var offeredEntry: String? { tour?.current?.entry }

  func takeTour(_ argument: String) -> ReplStatus {
    switch argument {
    case "stop", "end":
      tour = nil
      tell("the tour is over; `:tour` begins it again")
    case "next":
      return advanceTour()
    case "zh", "cn", "中文":
      tour = Tour(language: .chinese, steps: tourSteps())
      tellStep()
    default:
      tour = Tour(language: .english, steps: tourSteps())
      tellStep()
    }
    return .success
  }

  /// Enter on an empty line while the tour goes on: runs what is offered, then tells the next step.
  public func advanceTour() -> ReplStatus {
    guard let current = tour?.current else {
      tell("there is no tour: `:tour` begins one")
      return .success
    }
    var status = ReplStatus.success
    if let entry = current.entry {
      // The tour must outlast what it runs.
      let running = tour
      status = run(text: entry)
      tour = running
    }
    tour?.position += 1
    tellStep()
    return status
  }

  private func tellStep() {
    guard let tour else { return }
    guard let step = tour.current else {
      self.tour = nil
      return
    }
    let number = "\(tour.position + 1)/\(tour.steps.count)"
    tell("\n" + dimmed(number) + "  " + tour.text(step))
    guard let entry = step.entry else { return }
    let hint = tour.language == .english ? "Enter runs it" : "按回车运行"
    let lines = entry.split(separator: "\n", omittingEmptySubsequences: false).map { "     " + strong(String($0)) }
    tell("\n" + lines.joined(separator: "\n") + "   " + dimmed(hint))
  }
}
