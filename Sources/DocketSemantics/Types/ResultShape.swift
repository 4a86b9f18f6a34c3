/// The fields of what a route, an SLA or a KPI gives when it is called.
///
/// A result value is a run of values in exactly this order; the names are those of the machine output (language section 9).

/// Enums that Docket declares itself; they stand first in every schema, in this order.
public enum BuiltinEnum: Int, CaseIterable, Sendable {
  case decisionStatus
  case clockStatus
  case measureStatus

  public var id: EnumID { EnumID(index: rawValue) }

  public var name: String {
    switch self {
    case .decisionStatus: "DecisionStatus"
    case .clockStatus: "ClockStatus"
    case .measureStatus: "MeasureStatus"
    }
  }

  public var cases: [String] {
    switch self {
    case .decisionStatus: DecisionStatus.allCases.map(\.name)
    case .clockStatus: ClockStatus.allCases.map(\.name)
    case .measureStatus: MeasureStatus.allCases.map(\.name)
    }
  }
}

public enum DecisionStatus: Int, CaseIterable, Sendable {
  case assigned, noCandidate, noRule, undecided, notSelected

  public var name: String {
    switch self {
    case .assigned: "assigned"
    case .noCandidate: "no_candidate"
    case .noRule: "no_rule"
    case .undecided: "undecided"
    case .notSelected: "not_selected"
    }
  }
}

public enum ClockStatus: Int, CaseIterable, Sendable {
  case notApplicable, notStarted, running, atRisk, paused, met, breached, cancelled, undecided

  public var name: String {
    switch self {
    case .notApplicable: "not_applicable"
    case .notStarted: "not_started"
    case .running: "running"
    case .atRisk: "at_risk"
    case .paused: "paused"
    case .met: "met"
    case .breached: "breached"
    case .cancelled: "cancelled"
    case .undecided: "undecided"
    }
  }
}

public enum MeasureStatus: Int, CaseIterable, Sendable {
  case onTarget, warning, offTarget, noData, tooFew, error

  public var name: String {
    switch self {
    case .onTarget: "on_target"
    case .warning: "warning"
    case .offTarget: "off_target"
    case .noData: "no_data"
    case .tooFew: "too_few"
    case .error: "error"
    }
  }
}

public enum DecisionField: String, CaseIterable, Sendable {
  case route, item, to, rule, status, because, undecided
}

public enum ClockField: String, CaseIterable, Sendable {
  case sla, item, cycle, status, stopped, met, start, stop, due
  case breachFrom = "breach_from"
  case elapsed
  case wallElapsed = "wall_elapsed"
  case remaining, pauses, provisional, cause
}

public enum MeasureField: String, CaseIterable, Sendable {
  case kpi, period, partial, group, value, n, skipped, pending, errors, status, low, high, change
}

public enum FindingField: String, CaseIterable, Sendable {
  case ensure
  case combination = "for"
  case from, until, because, cause
}

/// One field of a result: its place and its type.
public struct ResultField: Sendable, Hashable {
  public var name: String
  public var index: Int
  public var type: Type
  public var isOptional: Bool
}

extension ResultType {
  /// The fields in order. `item` is the type of the rule's items, `to` that of the routed field.
  public func fields(item: Type, to: Type) -> [ResultField] {
    func field(_ name: String, _ index: Int, _ type: Type, optional: Bool = false) -> ResultField {
      ResultField(name: name, index: index, type: type, isOptional: optional)
    }
    switch self {
    case .decision:
      return DecisionField.allCases.enumerated().map { index, name in
        switch name {
        case .route: field(name.rawValue, index, .string)
        case .item: field(name.rawValue, index, item)
        case .to: field(name.rawValue, index, to, optional: true)
        case .rule: field(name.rawValue, index, .string, optional: true)
        case .status: field(name.rawValue, index, .enumeration(BuiltinEnum.decisionStatus.id))
        case .because: field(name.rawValue, index, .string, optional: true)
        case .undecided: field(name.rawValue, index, .list(.string))
        }
      }
    case .clock:
      return ClockField.allCases.enumerated().map { index, name in
        switch name {
        case .sla: field(name.rawValue, index, .string)
        case .item: field(name.rawValue, index, item)
        case .cycle: field(name.rawValue, index, .int)
        case .status: field(name.rawValue, index, .enumeration(BuiltinEnum.clockStatus.id))
        case .stopped, .provisional: field(name.rawValue, index, .bool)
        case .met: field(name.rawValue, index, .bool, optional: true)
        case .start, .stop, .due, .breachFrom: field(name.rawValue, index, .timestamp, optional: true)
        case .elapsed, .wallElapsed: field(name.rawValue, index, .duration, optional: true)
        case .remaining: field(name.rawValue, index, .duration, optional: true)
        case .pauses: field(name.rawValue, index, .list(.list(.timestamp)))
        case .cause: field(name.rawValue, index, .string, optional: true)
        }
      }
    case .measure:
      return MeasureField.allCases.enumerated().map { index, name in
        switch name {
        case .kpi: field(name.rawValue, index, .string)
        case .period: field(name.rawValue, index, .string, optional: true)
        case .partial: field(name.rawValue, index, .bool)
        case .group: field(name.rawValue, index, .map(.string, .dyn))
        case .value: field(name.rawValue, index, .double, optional: true)
        case .n, .skipped, .pending, .errors: field(name.rawValue, index, .int)
        case .status: field(name.rawValue, index, .enumeration(BuiltinEnum.measureStatus.id), optional: true)
        case .low, .high, .change: field(name.rawValue, index, .double, optional: true)
        }
      }
    case .finding:
      return FindingField.allCases.enumerated().map { index, name in
        switch name {
        case .ensure: field(name.rawValue, index, .string)
        case .combination: field(name.rawValue, index, .map(.string, .dyn))
        case .from: field(name.rawValue, index, .timestamp)
        case .until: field(name.rawValue, index, .timestamp, optional: true)
        case .because, .cause: field(name.rawValue, index, .string, optional: true)
        }
      }
    }
  }
}
