/// What a route decided for one item.

public import DocketRuntime
public import DocketSemantics
public import DocketTime

/// Something to be done: listed, never read by rules.
public struct EffectRecord: Sendable {
  public enum Kind: String, Sendable {
    case notify
    case set
  }
  /// Stable between runs over the same data.
  public var id: String
  public var at: Instant
  public var kind: Kind
  /// A channel, the key of a person or team, or the field that is set; `nil` where there is nobody.
  public var to: String?
  public var text: String
}

/// A rule that could not be decided, and why.
public struct UndecidedRule: Sendable {
  /// The rule's name, or the clause of the route, such as `where`.
  public var rule: String
  public var cause: String
}

public struct Decision: Sendable {
  public var route: Int
  public var item: EntityReference
  public var status: DecisionStatus
  /// The values given; one, but with `hit all`.
  public var to: [Value]
  /// `otherwise` where no rule decided, whoever it names; `nil` where the route came to no rule.
  public var rule: String?
  public var because: String?
  public var undecided: [UndecidedRule]
  /// How many candidates each condition refused, in the order of the conditions.
  public var refused: [(condition: String, count: Int)]
  public var verdicts: [RuleVerdict]
  /// The rules whose conditions held, whatever came of it.
  public var matchedRules: [String]
  public var effects: [EffectRecord]

  init(route: Int, item: EntityReference, status: DecisionStatus) {
    self.route = route
    self.item = item
    self.status = status
    to = []
    undecided = []
    refused = []
    verdicts = []
    matchedRules = []
    effects = []
  }
}

/// How one rule came out for an item, for explanations.
public struct RuleVerdict: Sendable {
  public enum Verdict: String, Sendable {
    case matched
    case notMatched = "not_matched"
    case undecided
    case notTried = "not_tried"
  }
  public var rule: String
  public var titles: [String]
  public var place: SourcePlace
  public var verdict: Verdict
  /// The clause that settled it, as written; `nil` where the rule matched or was not tried.
  public var clause: String?
  /// What that clause read, or all clauses where the rule matched.
  public var values: [ValueNote]
  /// All conditions; only where an explanation is asked for. Those of a rule that was not tried are evaluated, too.
  public var conditions: [ConditionNote]
  /// What came of its targets, where it came to them; only where an explanation is asked for.
  public var targets: [TargetNote]

  /// The conditions that keep it from matching.
  public var unmet: [ConditionNote] { conditions.filter { $0.isMet != true } }
}
