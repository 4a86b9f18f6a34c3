/// Rules, measures, invariants and tests, as they are written.

public import DocketDiagnostics

/// `notify TO TEXT` and `set x.f = v`: what is to be done, listed and never read by rules.
public enum Effect: Sendable {
  case notify(to: Expression, text: Expression, span: SourceSpan)
  case set(SetTarget, value: Expression, span: SourceSpan)
}

/// `x.f` on the left of `set`; in tests also `Team["triage"].f`.
public struct SetTarget: Sendable {
  /// The entity where there is a key.
  public var variable: Name
  public var key: Expression?
  public var field: Name
  public init(variable: Name, key: Expression? = nil, field: Name) {
    self.variable = variable
    self.key = key
    self.field = field
  }
}

/// `lowest K` or `highest K`
public struct SortKey: Sendable {
  public var isDescending: Bool
  public var key: Expression
  public init(isDescending: Bool, key: Expression) {
    self.isDescending = isDescending
    self.key = key
  }
}

// MARK: - Routes

public struct RouteDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  public var entity: Name
  public var field: Name
  public var variable: Name
  public var filter: Expression?
  public var order: [SortKey]
  public var hitPolicy: HitPolicy
  public var rules: [RuleDeclaration]
  public var otherwise: Otherwise?
  public var span: SourceSpan

  public enum Otherwise: Sendable {
    case nobody(SourceSpan)
    case to([Target])
  }

  public init(name: Name, titles: [StringLiteral], entity: Name, field: Name, variable: Name, span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.entity = entity
    self.field = field
    self.variable = variable
    order = []
    hitPolicy = .first
    rules = []
    self.span = span
  }
}

public struct RuleDeclaration: Sendable {
  public struct Condition: Sendable {
    /// `unless`
    public var isNegated: Bool
    public var condition: Expression
    public init(isNegated: Bool, condition: Expression) {
      self.isNegated = isNegated
      self.condition = condition
    }
  }
  public var name: Name
  public var titles: [StringLiteral]
  public var conditions: [Condition]
  /// `to …` and then its `else`s; empty only after an error.
  public var targets: [Target]
  public var effects: [Effect]
  public var because: Expression?
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], span: SourceSpan) {
    self.name = name
    self.titles = titles
    conditions = []
    targets = []
    effects = []
    self.span = span
  }
}

/// One step of a target: `to …`, `else to …`, `else after D of CALENDAR from T to …` or `else next`.
public struct Target: Sendable {
  public enum Kind: Sendable {
    case value(Expression)
    case candidate(CandidateTarget)
    /// `else next`
    case next
  }
  public struct Delay: Sendable {
    public var after: Expression
    public var calendar: Expression?
    public var from: Expression
    public init(after: Expression, calendar: Expression?, from: Expression) {
      self.after = after
      self.calendar = calendar
      self.from = from
    }
  }
  public var kind: Kind
  public var delay: Delay?
  public var span: SourceSpan

  public init(kind: Kind, delay: Delay?, span: SourceSpan) {
    self.kind = kind
    self.delay = delay
    self.span = span
  }
}

/// `one ProductManager as pm where … prefer … pick lowest K then round robin`
public struct CandidateTarget: Sendable {
  public enum Pick: Sendable {
    case key(SortKey)
    case roundRobin(SourceSpan)
  }
  public var entity: Name
  public var variable: Name
  public var filter: Expression?
  public var preference: Expression?
  public var picks: [Pick]

  public init(entity: Name, variable: Name, filter: Expression?, preference: Expression?, picks: [Pick]) {
    self.entity = entity
    self.variable = variable
    self.filter = filter
    self.preference = preference
    self.picks = picks
  }
}

// MARK: - Thresholds

/// A number, a percentage, a duration or the name of a `let`: thresholds are not expressions.
public struct Limit: Sendable {
  public enum Kind: Sendable {
    /// The digits as written with their sign, and whether `%` follows; compared exactly.
    case number(String, isPercent: Bool)
    case duration(String, isNegative: Bool)
    case name(Name)
  }
  public var kind: Kind
  public var span: SourceSpan
  public init(kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

public enum PeriodUnit: String, Sendable, CaseIterable {
  case day, week, month, quarter, year
}

// MARK: - SLAs

public struct SLADeclaration: Sendable {
  public enum Trigger: Sendable {
    /// `at T`
    case at(Expression)
    /// `when C`
    case when(Expression)
    /// `on LIST as m where C`
    case on(list: Expression, variable: Name?, filter: Expression?)
  }
  public enum Target: Sendable {
    case duration(Expression)
    case workdays(Expression)
  }
  public enum ChangePolicy: Sendable {
    case retroactive, keep, restart, carry
    case grace(Expression)
  }
  public enum ReopenPolicy: String, Sendable, CaseIterable {
    case ignore
    case countGap = "count gap"
    case excludeGap = "exclude gap"
    case newCycle = "new cycle"
    case restart
  }
  /// `every week from T until U due fri 17:00`
  public struct Cadence: Sendable {
    public enum Day: Sendable {
      case weekday(WeekdayName)
      case number(Int)
    }
    public var unit: PeriodUnit
    public var from: Expression
    public var until: Expression?
    public var day: Day?
    public var time: TimeWindow.TimeOfDay
    public init(unit: PeriodUnit, from: Expression, until: Expression?, day: Day?, time: TimeWindow.TimeOfDay) {
      self.unit = unit
      self.from = from
      self.until = until
      self.day = day
      self.time = time
    }
  }
  public struct Moment: Sendable {
    public enum Kind: Sendable {
      /// `at 75%`
      case limit(Limit)
      /// `at breach`
      case breach
      /// `after breach every 4h up to 3 times as n`
      case afterBreach(every: Expression, limit: Int?, variable: Name?)
    }
    public var kind: Kind
    public var during: Expression?
    public var effects: [Effect]
    public var span: SourceSpan
    public init(kind: Kind, during: Expression?, effects: [Effect], span: SourceSpan) {
      self.kind = kind
      self.during = during
      self.effects = effects
      self.span = span
    }
  }

  public var name: Name
  public var titles: [StringLiteral]
  public var entity: Name
  public var variable: Name
  public var filter: Expression?
  public var start: Trigger?
  public var stop: Trigger?
  public var restart: Trigger?
  public var pauses: [Expression]
  public var cancel: Expression?
  public var target: Target?
  /// `due T`, `due T as of start`
  public var due: (instant: Expression, isAsOfStart: Bool)?
  public var calendar: Expression?
  public var cadence: Cadence?
  public var changePolicy: (policy: ChangePolicy, span: SourceSpan)?
  public var reopenPolicy: (policy: ReopenPolicy, span: SourceSpan)?
  /// `cycles each`; `once` and leaving it out are the same.
  public var cyclesEach: Bool
  public var moments: [Moment]
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], entity: Name, variable: Name, span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.entity = entity
    self.variable = variable
    pauses = []
    cyclesEach = false
    moments = []
    self.span = span
  }
}

// MARK: - KPIs

public struct KPIDeclaration: Sendable {
  public enum Window: Sendable {
    /// `every month of T`
    case every(PeriodUnit, of: Expression)
    /// `last 28d of T`
    case last(Expression, of: Expression)
  }
  public enum Group: Sendable {
    /// `by E as name`
    case key(Expression, name: Name?)
    /// `by every Product as p on x.product`
    case spine(entity: Name, variable: Name, on: Expression)
  }
  public struct Threshold: Sendable {
    public var relation: BinaryOperator
    public var limit: Limit
    public var span: SourceSpan
    public init(relation: BinaryOperator, limit: Limit, span: SourceSpan) {
      self.relation = relation
      self.limit = limit
      self.span = span
    }
  }
  public enum AbsencePolicy: String, Sendable, CaseIterable {
    case skip, no, fail
  }
  public struct Moment: Sendable {
    public enum Kind: String, Sendable {
      case offTarget = "off_target"
      case warning
    }
    public var kind: Kind
    public var effects: [Effect]
    public var span: SourceSpan
    public init(kind: Kind, effects: [Effect], span: SourceSpan) {
      self.kind = kind
      self.effects = effects
      self.span = span
    }
  }

  public var name: Name
  public var titles: [StringLiteral]
  /// An entity, a route or an SLA.
  public var over: Name
  public var variable: Name
  public var filter: Expression?
  public var settled: Expression?
  public var window: Window?
  public var groups: [Group]
  public var value: Expression?
  public var target: Threshold?
  public var warning: Threshold?
  /// `at least 30 rows`
  public var minimumRows: Int?
  public var unit: StringLiteral?
  public var absence: (policy: AbsencePolicy, span: SourceSpan)?
  public var moments: [Moment]
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], over: Name, variable: Name, span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.over = over
    self.variable = variable
    groups = []
    moments = []
    self.span = span
  }
}

// MARK: - Invariants

public struct EnsureDeclaration: Sendable {
  public struct Domain: Sendable {
    /// An entity or an enum.
    public var type: Name
    public var variable: Name
    public init(type: Name, variable: Name) {
      self.type = type
      self.variable = variable
    }
  }
  public var name: Name
  public var titles: [StringLiteral]
  public var domains: [Domain]
  public var filter: Expression?
  /// `during next 90d`
  public var during: Expression?
  public var expectation: Expression?
  public var because: Expression?
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], domains: [Domain], span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.domains = domains
    self.span = span
  }
}

// MARK: - Tests

/// `Customer { id: "acme", tier: gold }` in a fixture, an `add` or a `let` of a test.
public struct RecordLiteral: Sendable {
  public var entity: Name
  public var fields: [RecordField]
  public var span: SourceSpan
  public init(entity: Name, fields: [RecordField], span: SourceSpan) {
    self.entity = entity
    self.fields = fields
    self.span = span
  }
}

public struct FixtureDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  public var records: [RecordLiteral]
  public var span: SourceSpan
  public init(name: Name, titles: [StringLiteral], records: [RecordLiteral], span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.records = records
    self.span = span
  }
}

public struct TestDeclaration: Sendable {
  public struct CaseTable: Sendable {
    public var columns: [(name: Name, type: TypeExpression?)]
    public var rows: [(cells: [Expression], span: SourceSpan)]
    public var span: SourceSpan
    public init(
      columns: [(name: Name, type: TypeExpression?)], rows: [(cells: [Expression], span: SourceSpan)], span: SourceSpan
    ) {
      self.columns = columns
      self.rows = rows
      self.span = span
    }
  }
  public enum Check: Sendable {
    case holds
    /// `fails "division by zero"`
    case fails(StringLiteral)
    /// `within 0.5%`
    case within(Limit)
    /// `matches snapshot "name"`
    case matchesSnapshot(StringLiteral)
  }
  public enum Step: Sendable {
    case now(Expression, span: SourceSpan)
    case givenFixture(Name, span: SourceSpan)
    case givenData(StringLiteral, span: SourceSpan)
    case constant(LetDeclaration)
    case cases(CaseTable)
    case wait(Expression, span: SourceSpan)
    case set(SetTarget, value: Expression, span: SourceSpan)
    case add(RecordLiteral, span: SourceSpan)
    case expect(Expression, Check, span: SourceSpan)
  }
  public var name: StringLiteral
  public var tags: [StringLiteral]
  public var skip: StringLiteral?
  public var todo: StringLiteral?
  public var steps: [Step]
  public var span: SourceSpan

  public init(
    name: StringLiteral, tags: [StringLiteral], skip: StringLiteral?, todo: StringLiteral?, steps: [Step],
    span: SourceSpan
  ) {
    self.name = name
    self.tags = tags
    self.skip = skip
    self.todo = todo
    self.steps = steps
    self.span = span
  }
}
