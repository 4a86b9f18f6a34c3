/// A rulebook after checking: everything resolved, nothing left to look up by name.

public import DocketDiagnostics
public import DocketSyntax
public import DocketTime

public struct CheckedRulebook: Sendable {
  /// The rulebook's zone; `nil` where none is declared.
  public var zone: Zone?
  public var schema = Schema()
  /// The literals of all bodies.
  public var constants: [Constant] = []
  /// Bodies that the schema refers to: derived fields, defaults, filters of views and inverse lists.
  public var bodies: [Body] = []
  public var lets: [CheckedLet] = []
  public var functions: [CheckedFunction] = []
  public var calendars: [CheckedCalendar] = []
  public var tables: [CheckedTable] = []
  public var sources: [CheckedSource] = []
  public var routes: [CheckedRoute] = []
  public var slas: [CheckedSLA] = []
  public var kpis: [CheckedKPI] = []
  public var ensures: [CheckedEnsure] = []
  /// The SLAs, KPIs and invariants that `use … with all` brings and nothing else names: nobody has asked for each of them, so
  /// they are quiet where the data has nothing for them.
  public var broughtAlong: Set<String> = []
  public var fixtures: [CheckedFixture] = []
  public var tests: [CheckedTest] = []

  public init() {}
}

// MARK: - Vocabulary

public struct CheckedLet: Sendable {
  public var name: String
  public var type: Type
  public var body: Body
  public var span: SourceSpan
}

public struct CheckedFunction: Sendable {
  public var name: String
  public var parameters: [(name: String, type: Type, isOptional: Bool)]
  public var result: Type
  public var resultIsOptional: Bool
  /// Parameters take the first slots.
  public var body: Body
  public var span: SourceSpan
}

public struct CheckedCalendar: Sendable {
  public var name: String
  public var titles: [String]
  public var calendar: BusinessCalendar
  public var span: SourceSpan
}

public struct CheckedTable: Sendable {
  public enum Test: Sendable {
    case absent
    case present
    /// Equal to the value of the expression, which reads nothing.
    case equal(CheckedExpression)
    case range(CheckedExpression, CheckedExpression)
    /// One of `<`, `<=`, `>`, `>=`, `!=`.
    case relation(Builtin, CheckedExpression)
  }
  public struct Row: Sendable {
    /// One a parameter, in the parameters' order; empty is `_`.
    public var cells: [[Test]]
    /// May read the parameters, which take the first slots.
    public var result: CheckedExpression
    public var span: SourceSpan
  }
  public var name: String
  public var titles: [String]
  public var parameters: [(name: String, type: Type, isOptional: Bool)]
  public var result: Type
  public var resultIsOptional: Bool
  public var hitPolicy: HitPolicy
  public var rows: [Row]
  public var slotCount: Int
  public var span: SourceSpan
}

// MARK: - Data

public struct CheckedSource: Sendable {
  public enum Value: Sendable {
    /// The column of this name or label, its text parsed as the field's type.
    case column(Int)
    /// Computed from the row's texts; a text is parsed as the field's type where that is another.
    case expression(Body)
  }
  public struct Column: Sendable {
    /// The name as written, and the other spellings that a heading may have (labels of the field).
    public var name: String
    public var alternatives: [String]
    /// Whether the data must have it: written out in the source, or the key, or a field without `?` and default.
    public var isRequired: Bool
    /// Whether nothing but lists is read from it, so that all columns of its heading may fill them.
    public var isList: Bool
    public var span: SourceSpan

    public init(name: String, alternatives: [String], isRequired: Bool, isList: Bool = false, span: SourceSpan) {
      self.name = name
      self.alternatives = alternatives
      self.isRequired = isRequired
      self.isList = isList
      self.span = span
    }
  }
  public struct Mapping: Sendable {
    /// The field of the entity.
    public var field: Int
    public var value: Value
    public var span: SourceSpan

    public init(field: Int, value: Value, span: SourceSpan) {
      self.field = field
      self.value = value
      self.span = span
    }
  }
  public struct Acceptance: Sendable {
    public var field: Int
    public var texts: [String]
    /// `nil` is absent.
    public var value: CheckedExpression?

    public init(field: Int, texts: [String], value: CheckedExpression?) {
      self.field = field
      self.texts = texts
      self.value = value
    }
  }
  public var entity: EntityID
  public var path: String
  public var pathSpan: SourceSpan
  public var table: String?
  public var missing: [String]
  public var timeFormats: [TimeFormat]
  /// The zone of local times; `nil` is the rulebook's.
  public var timeZone: Zone?
  public var encoding: String?
  /// What stands between the cells of text; `nil` where the file's name or heading says it.
  public var delimiter: String?
  /// The line of text that names the columns, from 1; `nil` for the first one that is not empty.
  public var headingLine: Int?
  public var rejectLimit: Int
  /// The columns that are read, in the order that `.rowColumn` counts.
  public var columns: [Column]
  public var mappings: [Mapping]
  /// The row's instants as `timestamp`s.
  public var created: Value?
  public var version: Value?
  public var tieBreakers: [Value]
  public var backfilled: [Int]
  public var accepted: [Acceptance]
  public var span: SourceSpan

  public init(
    entity: EntityID, path: String, pathSpan: SourceSpan, table: String? = nil, missing: [String] = [],
    timeFormats: [TimeFormat] = [], timeZone: Zone? = nil, encoding: String? = nil, delimiter: String? = nil,
    headingLine: Int? = nil, rejectLimit: Int = 0, columns: [Column], mappings: [Mapping], created: Value? = nil,
    version: Value? = nil,
    tieBreakers: [Value] = [],
    backfilled: [Int] = [], accepted: [Acceptance] = [], span: SourceSpan
  ) {
    self.entity = entity
    self.path = path
    self.pathSpan = pathSpan
    self.table = table
    self.missing = missing
    self.timeFormats = timeFormats
    self.timeZone = timeZone
    self.encoding = encoding
    self.delimiter = delimiter
    self.headingLine = headingLine
    self.rejectLimit = rejectLimit
    self.columns = columns
    self.mappings = mappings
    self.created = created
    self.version = version
    self.tieBreakers = tieBreakers
    self.backfilled = backfilled
    self.accepted = accepted
    self.span = span
  }
}

// MARK: - Effects

public enum CheckedEffect: Sendable {
  case notify(to: CheckedExpression, text: CheckedExpression, span: SourceSpan)
  /// The record in `slot` gets the value in its field.
  case set(slot: Int, FieldReference, value: CheckedExpression, span: SourceSpan)
}

public struct CheckedSortKey: Sendable {
  public var isDescending: Bool
  public var key: CheckedExpression
}

// MARK: - Routes

/// The item is in slot 0; the candidate of a target in that target's slot.
public struct CheckedRoute: Sendable {
  public struct Condition: Sendable {
    public var isNegated: Bool
    public var expression: CheckedExpression
  }
  public struct Rule: Sendable {
    public var name: String
    public var titles: [String]
    public var conditions: [Condition]
    public var targets: [Target]
    public var effects: [CheckedEffect]
    public var because: CheckedExpression?
    public var span: SourceSpan
  }
  public struct Target: Sendable {
    public enum Kind: Sendable {
      case value(CheckedExpression)
      case candidate(Candidate)
      case next
    }
    public struct Delay: Sendable {
      public var after: CheckedExpression
      public var calendar: CheckedExpression?
      public var from: CheckedExpression
    }
    public var kind: Kind
    public var delay: Delay?
    public var span: SourceSpan
  }
  public struct Candidate: Sendable {
    public enum Pick: Sendable {
      case key(CheckedSortKey)
      case roundRobin
    }
    public var entity: EntityID
    public var slot: Int
    /// The conjuncts of `where`, so that the refusals of each can be counted.
    public var filters: [CheckedExpression]
    public var preference: CheckedExpression?
    public var picks: [Pick]
  }
  public var name: String
  public var titles: [String]
  /// As written: an entity or a view.
  public var entity: EntityID
  public var field: FieldReference
  public var fieldType: Type
  public var filter: CheckedExpression?
  /// `filter` without the top-level conjuncts that read the routed field: what KPIs over the route measure.
  public var measuredFilter: CheckedExpression?
  public var order: [CheckedSortKey]
  public var hitPolicy: HitPolicy
  public var rules: [Rule]
  /// Empty: `otherwise nobody`.
  public var otherwise: [Target]
  /// The routes whose decisions it reads, each after those that it reads itself.
  public var dependencies: [Int] = []
  /// Whether what it decided for other items changes what it decides for the next: it reads the routed field of more than the
  /// item at hand, or takes turns.
  public var isFold = true
  public var slotCount: Int
  public var span: SourceSpan
}

// MARK: - SLAs

/// The item is in slot 0, an event of a list in that trigger's slot, the clock's result in `resultSlot` for effects.
public struct CheckedSLA: Sendable {
  public enum Trigger: Sendable {
    case at(CheckedExpression)
    case when(CheckedExpression)
    case on(list: CheckedExpression, entity: EntityID, slot: Int, filter: CheckedExpression?)
  }
  public enum Target: Sendable {
    case duration(CheckedExpression)
    case workdays(CheckedExpression)
    /// `due T`; read once at the start, or as it stands.
    case due(CheckedExpression, isAsOfStart: Bool)
    case cadence(Cadence)
  }
  public struct Cadence: Sendable {
    public var unit: CalendarUnit
    public var from: CheckedExpression
    /// No cycle is due later; absent where it goes on.
    public var until: CheckedExpression?
    /// Monday is 1.
    public var weekday: Int?
    public var day: Int?
    public var secondOfDay: Int
  }
  public enum ChangePolicy: Sendable {
    case retroactive, keep, restart, carry
    case grace(CheckedExpression)
  }
  public struct Moment: Sendable {
    public enum Kind: Sendable {
      /// A share of the target: thousandths of a percent are exact in `Ratio`.
      case percent(Ratio)
      /// A duration on the clock's own hours.
      case elapsed(TimeDuration)
      case breach
      case afterBreach(every: CheckedExpression, limit: Int?, slot: Int?)
    }
    public var kind: Kind
    public var during: CheckedExpression?
    public var effects: [CheckedEffect]
    public var span: SourceSpan
  }
  public var name: String
  public var titles: [String]
  public var entity: EntityID
  public var filter: CheckedExpression?
  public var start: Trigger?
  public var stop: Trigger?
  public var restart: Trigger?
  public var pauses: [CheckedExpression]
  public var cancel: CheckedExpression?
  public var target: Target
  public var calendar: CheckedExpression?
  public var changePolicy: ChangePolicy
  /// `nil` where the stop cannot be undone.
  public var reopenPolicy: SLADeclaration.ReopenPolicy?
  public var cyclesEach: Bool
  public var moments: [Moment]
  public var resultSlot: Int
  public var slotCount: Int
  public var span: SourceSpan
}

// MARK: - KPIs

/// An exact decimal number: `numerator / 10^scale`.
public struct Ratio: Hashable, Sendable {
  public var numerator: Int64
  /// 0 to 18.
  public var scale: Int
  public init(numerator: Int64, scale: Int) {
    self.numerator = numerator
    self.scale = scale
  }
  public var doubleValue: Double {
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(numerator) / divisor
  }
}

/// The row is in slot 0; a spine's variable has its own slot.
public struct CheckedKPI: Sendable {
  public enum Source: Sendable {
    case entity(EntityID)
    case route(Int)
    case sla(Int)
  }
  public enum Window: Sendable {
    case every(CalendarUnit, of: CheckedExpression)
    case last(CheckedExpression, of: CheckedExpression)
  }
  public struct Group: Sendable {
    public enum Kind: Sendable {
      case key(CheckedExpression)
      case spine(EntityID, on: CheckedExpression)
    }
    public var name: String
    public var kind: Kind
    public var type: Type
  }
  public struct Aggregate: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
      case count, ratio, sum, mean, min, max, median, percentile
      case countDistinct = "count_distinct"
      /// How unevenly amounts are spread: 0 where all are equal, towards 1 where one has everything.
      case gini
    }
    public var kind: Kind
    /// `nil` for `count()`.
    public var argument: CheckedExpression?
    /// The share of `percentile(e, 90)`, 0 to 100.
    public var percent: Double?
    public var span: SourceSpan
  }
  public struct Threshold: Sendable {
    public var relation: Builtin
    public var limit: Ratio
    /// Written with `%`: the limit is already divided by 100.
    public var isPercent: Bool
    /// Compares durations: the limit counts seconds.
    public var isDuration: Bool
  }
  public struct Moment: Sendable {
    public var kind: KPIDeclaration.Moment.Kind
    public var effects: [CheckedEffect]
  }
  public var name: String
  public var titles: [String]
  public var source: Source
  public var filter: CheckedExpression?
  public var settled: CheckedExpression?
  public var window: Window?
  public var groups: [Group]
  public var aggregates: [Aggregate]
  /// Arithmetic over `.aggregate`s.
  public var value: CheckedExpression
  /// `.double`, or `.duration` where the aggregates are durations.
  public var valueType: Type
  public var target: Threshold?
  public var warning: Threshold?
  public var minimumRows: Int
  public var unit: String?
  public var absence: KPIDeclaration.AbsencePolicy?
  public var moments: [Moment]
  public var slotCount: Int
  public var span: SourceSpan
}

// MARK: - Invariants

/// The variables of the domains take the first slots, in their order.
public struct CheckedEnsure: Sendable {
  public struct Domain: Sendable {
    public enum Kind: Sendable {
      case entity(EntityID)
      case enumeration(EnumID)
    }
    public var name: String
    public var kind: Kind
  }
  public var name: String
  public var titles: [String]
  public var domains: [Domain]
  public var filter: CheckedExpression?
  /// `during next D`
  public var during: CheckedExpression?
  public var expectation: CheckedExpression
  public var because: CheckedExpression?
  public var slotCount: Int
  public var span: SourceSpan
}

// MARK: - Tests

public struct CheckedRecord: Sendable {
  /// The base entity.
  public var entity: EntityID
  /// Fields given, with their values; references may be given by key.
  public var fields: [(field: Int, value: CheckedExpression)]
  public var span: SourceSpan
}

public struct CheckedFixture: Sendable {
  public var name: String
  public var records: [CheckedRecord]
  public var span: SourceSpan
}

public struct CheckedTest: Sendable {
  public enum Check: Sendable {
    case holds
    case fails(String)
    case within(Ratio, isPercent: Bool)
    case withinDuration(TimeDuration)
    case matchesSnapshot(String)
  }
  public enum Step: Sendable {
    case now(CheckedExpression)
    case givenFixture(Int)
    case givenData(path: String, span: SourceSpan)
    /// A plain value.
    case bind(slot: Int, name: String, CheckedExpression)
    /// A record that joins the test's world.
    case bindRecord(slot: Int, name: String, CheckedRecord)
    case wait(CheckedExpression)
    case set(slot: Int, FieldReference, value: CheckedExpression)
    case add(CheckedRecord)
    case expect(CheckedExpression, Check, span: SourceSpan)
  }
  public struct Cases: Sendable {
    public var slots: [(slot: Int, name: String, type: Type)]
    public var rows: [(cells: [CheckedExpression], span: SourceSpan)]
    /// Steps before this one run once a row as well.
    public var stepIndex: Int
  }
  public var name: String
  public var tags: [String]
  public var skip: String?
  public var todo: String?
  public var steps: [Step]
  public var cases: Cases?
  public var slotCount: Int
  public var span: SourceSpan
}
