/// What came of changing a rulebook: which changes its tests notice.

import DocketDiagnostics

public struct MutationReport: Sendable {
  public enum Outcome: Sendable {
    /// By a test, which is named.
    case killed(by: String)
    case survived
    /// Marked as one that no test can notice, with the reason.
    case equivalent(String)
    /// The checker refuses it.
    case invalid
  }

  public struct Proposal: Sendable {
    /// The source of a test that passes, and fails after the change.
    public var test: String
  }

  public struct Mutant: Sendable {
    public var mutation: Mutation
    public var file: String
    public var line: Int
    public var old: [String]
    public var new: [String]
    public var outcome: Outcome
    /// The names of the tests that evaluate the place.
    public var reachedBy: [String]
    public var proposal: Proposal?
    /// Whether a proposal was looked for.
    public var isSearched = false
  }

  public struct Mark: Sendable {
    public var file: String
    public var line: Int
    public var message: String
  }

  /// In the order of the files.
  public var mutants: [Mutant] = []
  /// Tests that fail before anything is changed: nothing is tried then.
  public var failing: [TestResult] = []
  public var testCount = 0
  public var emptiness: EmptySelection?
  /// Marks that cannot be read.
  public var badMarks: [Mark] = []
  /// Marks on lines where every change is noticed.
  public var idleMarks: [Mark] = []

  public var killed: Int { mutants.count { if case .killed = $0.outcome { true } else { false } } }
  public var invalid: Int { mutants.count { if case .invalid = $0.outcome { true } else { false } } }
  public var equivalent: Int { mutants.count { if case .equivalent = $0.outcome { true } else { false } } }
  public var survivors: [Mutant] { mutants.filter { if case .survived = $0.outcome { true } else { false } } }
  /// Those that are a rulebook at all.
  public var valid: Int { mutants.count - invalid }

  /// 0 every change is noticed, 1 some are not or a test fails, 3 a mark cannot be read, 5 there are no tests.
  public var exitCode: Int32 {
    if !badMarks.isEmpty { return 3 }
    if emptiness != nil { return 5 }
    return failing.isEmpty && survivors.isEmpty ? 0 : 1
  }
}
