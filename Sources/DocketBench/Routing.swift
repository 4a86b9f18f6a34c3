/// Routing as a program that embeds Docket does it: a rulebook from its files, records from theirs, an engine, the decisions of
/// its first route. `bench/routing.py` runs it beside others and compares what they found.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Glibc

struct RoutingBench {
  struct Failure: Error {
    var what: String
  }

  /// A rulebook whose first route is decided.
  var rulebook: String
  /// The folder of the data.
  var data: String
  var rounds = 3
  /// A file that receives for each item, by key, the number of the rule that decided it as int32, and -1 for `otherwise`.
  var matches: String?

  init(_ arguments: ArraySlice<String>) throws(Failure) {
    var places: [String] = []
    var arguments = arguments
    while let argument = arguments.popFirst() {
      switch argument {
      case "--rounds":
        guard let text = arguments.popFirst(), let number = Int(text), number > 0 else {
          throw Failure(what: "--rounds wants a number")
        }
        rounds = number
      case "--matches":
        guard let path = arguments.popFirst() else { throw Failure(what: "--matches wants a file") }
        matches = path
      default: places.append(argument)
      }
    }
    guard places.count == 2 else { throw Failure(what: "routing RULEBOOK DATA [--rounds N] [--matches FILE]") }
    (rulebook, data) = (places[0], places[1])
  }

  /// Prints one JSON object: what each step took, in seconds on the processor, and how many items and rules were found.
  func run() throws(Failure) {
    var loaded: Rulebook?
    let checking = processorSeconds { loaded = Rulebook.load(rulebook) }
    guard let loaded, !loaded.diagnostics.hasErrors else { throw Failure(what: "the rulebook has errors") }
    guard let route = loaded.checked.routes.first else { throw Failure(what: "the rulebook has no route") }
    var session: Session?
    let loading = processorSeconds { session = try? Session.open(loaded, Session.Options(data: data, at: nil)) }
    guard let session else { throw Failure(what: "the data cannot be loaded") }

    var times: [Double] = []
    var found: [Int32] = []
    var decided = 0
    for _ in 0..<rounds {
      // Each round is that of a new engine, with all that it makes before it decides.
      var engine: RuleEngine?
      let time = processorSeconds {
        let new = RuleEngine(
          rulebook: loaded.checked, world: session.engine.world, instant: session.engine.instant,
          sources: loaded.sources)
        decided = decide(new)
        engine = new
      }
      times.append(time)
      if found.isEmpty, let engine { found = rules(of: engine, route) }
    }
    if let matches { try write(found, to: matches) }
    let rounds = times.map { "\($0)" }.joined(separator: ", ")
    print(
      """
      {"rows": \(decided), "check_s": \(checking), "load_s": \(loading), "rounds_s": [\(rounds)], \
      "matched": \(found.count { $0 >= 0 }), "rules_hit": \(Set(found).subtracting([-1]).count)}
      """)
  }

  /// A function of its own, so that callgrind can count what happens in it alone.
  @inline(never)
  private func decide(_ engine: RuleEngine) -> Int { engine.decisions(route: 0).count }

  private func rules(of engine: RuleEngine, _ route: CheckedRoute) -> [Int32] {
    var numbers: [String: Int32] = [:]
    for (number, rule) in route.rules.enumerated() { numbers[rule.name] = Int32(number) }
    return engine.decisions(route: 0).map { decision in decision.rule.flatMap { numbers[$0] } ?? -1 }
  }

  private func write(_ found: [Int32], to path: String) throws(Failure) {
    guard let file = fopen(path, "wb") else { throw Failure(what: "\(path) cannot be written") }
    let written = found.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    guard fclose(file) == 0, written == found.count * 4 else { throw Failure(what: "\(path) cannot be written") }
  }

  /// Of all threads: no engine gains by a second one.
  private func processorSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    work()
    return now() - start
  }
}
