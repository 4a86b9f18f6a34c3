import Docket
import DocketDiagnostics
import DocketRules

/// `--previous`: decisions of an earlier run, for rules that go on from it.
enum PreviousDecisions {
  static func give(_ path: String?, to engine: RuleEngine) throws {
    guard let path else { return }
    switch EarlierDecisions.read(path) {
    case .success(let decisions): engine.remember(decisions)
    case .failure(let problem):
      Terminal.printError("error: \(problem.message)")
      throw ExitStatus.data
    }
  }
}
