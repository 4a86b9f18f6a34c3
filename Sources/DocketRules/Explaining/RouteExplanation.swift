/// Why a route decided as it did: facts only, for whoever words or draws them.

public struct RouteExplanation: Sendable {
  /// With a verdict for every rule, in the order of the rules.
  public var decision: Decision
  /// What was given, as people read it; empty where nothing was.
  public var given: [String]
  public var place: SourcePlace
  /// The parts of the route's `where`.
  public var filter: [ConditionNote]
  /// What became of the targets of `otherwise`, where it came to them.
  public var otherwise: [TargetNote]
  /// Of an item that `where` passes over only for what the routed field holds: what the route would decide without that.
  public var undisturbed: [RouteExplanation]
  /// Changes of one field of one record after which the outcome is another, the smallest first. Each was carried out.
  public var changes: [FieldChange]
  /// Why it is not the value that was asked about.
  public var whyNot: WhyNot?

  /// The rule that did not match and wanted least for it: the fewest conditions, the first of these.
  public var nearest: RuleVerdict? {
    let missed = decision.verdicts.filter { verdict in
      verdict.conditions.contains { $0.isMet != true } && verdict.rule != decision.rule
    }
    return missed.enumerated().min { ($0.element.unmet.count, $0.offset) < ($1.element.unmet.count, $1.offset) }?
      .element
  }
}

/// What came of one `to` or `else`.
public struct TargetNote: Sendable {
  public enum Outcome: Sendable {
    case given(String)
    case noCandidate
    case undecided(String)
    /// It opens with time; `nil` where that is beyond the calendar.
    case notYet(opens: String?)
    case next
  }
  public var source: String
  public var place: SourcePlace
  public var outcome: Outcome
  public var candidates: CandidateNote?
}

/// Who could have had it, who was refused and why, and how the others were ranked.
public struct CandidateNote: Sendable {
  public struct Refusal: Sendable {
    public var condition: String
    public var place: SourcePlace
    public var count: Int
    /// The first few, each with the values that refused it.
    public var examples: [(record: String, values: [ValueNote])]
  }
  public struct Passed: Sendable {
    public var record: String
    public var isPreferred: Bool
    /// One a sort key.
    public var keys: [String]
    /// 0 where it was never chosen.
    public var turn: Int
  }
  public var entity: String
  public var count: Int
  /// In the order of the conditions.
  public var refusals: [Refusal]
  /// Those whose `where` could not be decided.
  public var undecided: [(record: String, cause: String)]
  /// `prefer`, as written.
  public var preference: String?
  /// `lowest load(pm)`, as written.
  public var keys: [String]
  public var takesTurns: Bool
  /// The best first.
  public var passed: [Passed]
}

/// A change of one field that gives another outcome.
public struct FieldChange: Sendable {
  /// The item, or a record that it refers to.
  public var record: String
  public var isItem: Bool
  public var field: String
  /// As written from the item: `f.customer.tier`.
  public var path: String
  public var from: String
  public var to: String
  /// The outcome after it.
  public var status: String
  public var given: [String]
  public var rule: String?
}

/// Why somebody or something else was not chosen.
public struct WhyNot: Sendable {
  public enum Reason: Sendable {
    /// It was chosen.
    case chosen
    /// The rule gives it, and was not reached: this one decided before.
    case decidedBefore(by: String)
    /// The rule gives it, and these conditions do not let it match.
    case notMatched([ConditionNote])
    case notYet(opens: String?)
    /// Not among the records that the target chooses from.
    case noCandidate(of: String)
    case refused(condition: String, values: [ValueNote])
    case undecided(String)
    /// Another one comes first: by the key, or by turn or key of the record.
    case outranked(by: String, key: String, theirs: String, its: String)
  }
  /// The value asked about, as people read it.
  public var value: String
  /// One a rule that could give it, with the rule's name; none where no rule does.
  public var reasons: [(rule: String, place: SourcePlace?, reason: Reason)]
}
