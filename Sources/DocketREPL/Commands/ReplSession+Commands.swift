/// Finds the command that is meant and runs it.

import DocketDiagnostics

extension ReplSession {
  func runCommand(_ line: String) -> ReplStatus {
    let body = line.dropFirst()
    let name = String(body.prefix { !$0.isWhitespace })
    let argument = String(body.dropFirst(name.count)).trimmed
    let meant = ReplCommandName.meant(by: name)
    guard meant.count == 1, let command = meant.first else {
      if name.isEmpty || meant.isEmpty {
        let hint =
          suggest(name, among: ReplCommandName.allCases.map(\.rawValue), habits: false).map { ": \($0.helpText)" } ?? ""
        tellProblem("there is no command `:\(name)`\(hint.isEmpty ? ", see `:help`" : hint)")
      } else {
        tellProblem("`:\(name)` may mean \(meant.map { "`:\($0.rawValue)`" }.joined(separator: ", "))")
      }
      return .usage
    }
    return attempt { try self.run(command, argument) }
  }

  private func run(_ command: ReplCommandName, _ argument: String) throws -> ReplStatus {
    switch command {
    case .browse: try browse(argument)
    case .info: try showInfo(argument)
    case .doc: try showDocumentation(argument)
    case .model: try showModel(argument)
    case .type: try showType(argument)
    case .rows: try showRows(argument)
    case .calendar: try showCalendar(argument)
    case .route: try showRoutes(argument)
    case .sla: try showClocks(argument)
    case .kpi: try showMeasures(argument)
    case .ensure: try showFindings(argument)
    case .why: try explain(.why, argument)
    case .whyNot: try explain(.whyNot, argument)
    case .timeline: try explain(.timeline, argument)
    case .at: try moveClock(argument)
    case .set: try assume(argument)
    case .unset: try dropAssumption(argument)
    case .diff: try showDifference(argument)
    case .undo: try undo()
    case .reset: try reset()
    case .test: try runTests(argument)
    case .coverage: try showCoverage()
    case .check: checkAgain()
    case .pin: try pin(argument)
    case .watch: try watch(argument)
    case .load: try load(argument)
    case .reload: try reload()
    case .edit: try edit(argument)
    case .write: try writeFiles()
    case .save: try save(argument)
    case .history: try showHistory(argument)
    case .format: try setFormat(argument)
    case .pager: try setPager(argument)
    case .time: try time(argument)
    case .tour: takeTour(argument)
    case .help: try help(argument)
    case .cancel: .success
    case .quit: quit()
    }
  }

  private func quit() -> ReplStatus {
    isOver = true
    return .success
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    var text = Substring(self).drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// The first word, and what follows it.
  var firstWord: (word: String, rest: String) {
    let word = prefix { !$0.isWhitespace }
    return (String(word), String(dropFirst(word.count)).trimmed)
  }
}
