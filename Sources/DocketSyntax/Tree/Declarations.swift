/// Declarations of the domain and of its vocabulary, as they are written.

public import DocketDiagnostics

/// A value type for one source text: its declarations, and its tokens for the formatter.
public struct SyntaxTree: Sendable {
  public var file: FileID
  public var declarations: [Declaration]
  /// Every token of the text in order, the end included.
  public var tokens: [Token]
  public var comments: [Comment]

  public init(file: FileID, declarations: [Declaration], tokens: [Token], comments: [Comment]) {
    self.file = file
    self.declarations = declarations
    self.tokens = tokens
    self.comments = comments
  }
}

public enum Declaration: Sendable {
  case zone(ZoneDeclaration)
  case use(UseDeclaration)
  case enumeration(EnumDeclaration)
  case entity(EntityDeclaration)
  case view(ViewDeclaration)
  case extend(ExtendDeclaration)
  case source(SourceDeclaration)
  case calendar(CalendarDeclaration)
  case constant(LetDeclaration)
  case function(FuncDeclaration)
  case table(TableDeclaration)
  case route(RouteDeclaration)
  case sla(SLADeclaration)
  case kpi(KPIDeclaration)
  case ensure(EnsureDeclaration)
  case fixture(FixtureDeclaration)
  case test(TestDeclaration)
}

/// `zone "Asia/Shanghai"`
public struct ZoneDeclaration: Sendable {
  public var zone: StringLiteral
  public var span: SourceSpan

  public init(zone: StringLiteral, span: SourceSpan) {
    self.zone = zone
    self.span = span
  }
}

/// `use support`, `use support with first_response, csat`, `use support with all`
public struct UseDeclaration: Sendable {
  public enum Selection: Sendable {
    case none
    case all
    case named([Name])
  }
  public var library: Name
  public var selection: Selection
  public var span: SourceSpan

  public init(library: Name, selection: Selection, span: SourceSpan) {
    self.library = library
    self.selection = selection
    self.span = span
  }
}

// MARK: - Types

/// `enum Priority { low "4 - Low" "低", high }`
public struct EnumDeclaration: Sendable {
  public struct Case: Sendable {
    public var name: Name
    public var labels: [StringLiteral]
    public init(name: Name, labels: [StringLiteral]) {
      self.name = name
      self.labels = labels
    }
  }
  public var name: Name
  public var titles: [StringLiteral]
  public var cases: [Case]
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], cases: [Case], span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.cases = cases
    self.span = span
  }
}

/// `entity Feedback "客户反馈" as f { … }`
public struct EntityDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  /// The variable of the derived fields.
  public var variable: Name?
  public var fields: [FieldDeclaration]
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], variable: Name?, fields: [FieldDeclaration], span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.variable = variable
    self.fields = fields
    self.span = span
  }
}

public struct FieldDeclaration: Sendable {
  public enum Kind: Sendable {
    /// `key id: string`
    case key
    /// `votes: int = 0`
    case stored(default: Expression?)
    /// `at: timestamp event`
    case event
    /// `let open = f.status < resolved`; the type may be left to be inferred.
    case derived(Expression)
    /// `open_feedback: list<Feedback> from Feedback.owner as g where g.open`
    case inverse(entity: Name, field: Name, variable: Name?, filter: Expression?)
  }
  public var name: Name
  public var type: TypeExpression?
  public var titles: [StringLiteral]
  public var kind: Kind
  public var span: SourceSpan

  public init(name: Name, type: TypeExpression?, titles: [StringLiteral], kind: Kind, span: SourceSpan) {
    self.name = name
    self.type = type
    self.titles = titles
    self.kind = kind
    self.span = span
  }
}

/// `entity ProductManager = Person as p where product_manager in p.roles`
public struct ViewDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  public var base: Name
  public var variable: Name?
  public var filter: Expression
  public var span: SourceSpan

  public init(
    name: Name, titles: [StringLiteral], base: Name, variable: Name?, filter: Expression, span: SourceSpan
  ) {
    self.name = name
    self.titles = titles
    self.base = base
    self.variable = variable
    self.filter = filter
    self.span = span
  }
}

/// `extend entity Person as p { … }`
public struct ExtendDeclaration: Sendable {
  public var entity: Name
  public var variable: Name?
  public var fields: [FieldDeclaration]
  public var span: SourceSpan

  public init(entity: Name, variable: Name?, fields: [FieldDeclaration], span: SourceSpan) {
    self.entity = entity
    self.variable = variable
    self.fields = fields
    self.span = span
  }
}

// MARK: - Data

/// `source Incident from "incidents.csv" as row { … }`
public struct SourceDeclaration: Sendable {
  public struct Mapping: Sendable {
    public var field: Name
    public var value: Expression
    public init(field: Name, value: Expression) {
      self.field = field
      self.value = value
    }
  }
  /// `accept incident_state "-100" as absent`
  public struct Acceptance: Sendable {
    public var field: Name
    public var texts: [StringLiteral]
    /// `nil` is `absent`.
    public var value: Expression?
    public init(field: Name, texts: [StringLiteral], value: Expression?) {
      self.field = field
      self.texts = texts
      self.value = value
    }
  }
  public var entity: Name
  public var path: StringLiteral
  /// The table of a database file.
  public var table: StringLiteral?
  public var variable: Name?
  public var missing: [StringLiteral]
  public var timeFormats: [StringLiteral]
  public var timeZone: StringLiteral?
  public var created: Expression?
  /// The instant of the version, then tie-breakers.
  public var version: [Expression]
  public var backfilled: [Name]
  public var accepted: [Acceptance]
  public var encoding: StringLiteral?
  /// What stands between the cells of text, where it is not `,` or a tab.
  public var delimiter: StringLiteral?
  /// `heading line 4`
  public var headingLine: (count: Int, span: SourceSpan)?
  /// `reject at most 20`
  public var rejectLimit: (count: Int, span: SourceSpan)?
  public var mappings: [Mapping]
  public var span: SourceSpan

  public init(entity: Name, path: StringLiteral, table: StringLiteral?, variable: Name?, span: SourceSpan) {
    self.entity = entity
    self.path = path
    self.table = table
    self.variable = variable
    missing = []
    timeFormats = []
    version = []
    backfilled = []
    accepted = []
    mappings = []
    self.span = span
  }
}

// MARK: - Calendars

public enum WeekdayName: String, Sendable, CaseIterable {
  case mon, tue, wed, thu, fri, sat, sun
}

/// `09:30-21:00`; minutes are checked by the resolver, so that `25:00` can be told apart from a spelling mistake.
public struct TimeWindow: Sendable {
  public struct TimeOfDay: Sendable, Hashable {
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var span: SourceSpan
    public init(hour: Int, minute: Int, second: Int, span: SourceSpan) {
      self.hour = hour
      self.minute = minute
      self.second = second
      self.span = span
    }
  }
  public var start: TimeOfDay
  public var end: TimeOfDay
  public var span: SourceSpan
  public init(start: TimeOfDay, end: TimeOfDay, span: SourceSpan) {
    self.start = start
    self.end = end
    self.span = span
  }
}

/// `@2026-10-01` or `@2026-10-01..@2026-10-07`, texts after the `@`.
public struct DateRange: Sendable {
  public var first: StringLiteral
  public var last: StringLiteral?
  public var span: SourceSpan
  public init(first: StringLiteral, last: StringLiteral?, span: SourceSpan) {
    self.first = first
    self.last = last
    self.span = span
  }
}

public struct CalendarDeclaration: Sendable {
  public enum Item: Sendable {
    /// `open mon-fri 09:30-12:00, 13:00-21:00`; ranges of days are already spelled out.
    case openWeekly(days: [WeekdayName], windows: [TimeWindow], span: SourceSpan)
    /// `open @2026-10-10 09:30-21:00 "make-up day"`
    case openDates(dates: [DateRange], windows: [TimeWindow], name: StringLiteral?, span: SourceSpan)
    /// `closed @2026-10-01..@2026-10-07 "National Day"`
    case closed(dates: [DateRange], name: StringLiteral?, span: SourceSpan)
    /// `holidays "cn-2026.csv"`
    case holidays(StringLiteral)
  }
  public var name: Name
  public var titles: [StringLiteral]
  public var zone: StringLiteral?
  /// `like OTHER`
  public var base: Name?
  /// `known until @2026-12-31`
  public var knownUntil: StringLiteral?
  public var items: [Item]
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], span: SourceSpan) {
    self.name = name
    self.titles = titles
    items = []
    self.span = span
  }
}

// MARK: - Values and functions

/// `let n: int = 3`
public struct LetDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  public var type: TypeExpression?
  public var value: Expression
  public var span: SourceSpan

  public init(name: Name, titles: [StringLiteral], type: TypeExpression?, value: Expression, span: SourceSpan) {
    self.name = name
    self.titles = titles
    self.type = type
    self.value = value
    self.span = span
  }
}

public struct Parameter: Sendable {
  public var name: Name
  public var type: TypeExpression
  public init(name: Name, type: TypeExpression) {
    self.name = name
    self.type = type
  }
}

/// `func load(p: Person): int = size(p.open_feedback)`
public struct FuncDeclaration: Sendable {
  public var name: Name
  public var titles: [StringLiteral]
  public var parameters: [Parameter]
  public var result: TypeExpression
  public var body: Expression
  public var span: SourceSpan

  public init(
    name: Name, titles: [StringLiteral], parameters: [Parameter], result: TypeExpression, body: Expression,
    span: SourceSpan
  ) {
    self.name = name
    self.titles = titles
    self.parameters = parameters
    self.result = result
    self.body = body
    self.span = span
  }
}

public enum HitPolicy: String, Sendable, CaseIterable {
  case first, unique, all
}

/// A decision table: `table response_target(priority: Priority, tier: Tier): duration { … }`
public struct TableDeclaration: Sendable {
  public enum Cell: Sendable {
    /// `_`
    case any
    /// One alternative must hold.
    case alternatives([CellTest])
  }
  public enum CellTest: Sendable {
    /// `null`
    case absent(SourceSpan)
    /// `!= null`
    case present(SourceSpan)
    case equal(Expression)
    /// `a..b`, closed
    case range(Expression, Expression)
    /// `>= x`
    case relation(BinaryOperator, Expression)
  }
  public struct Row: Sendable {
    /// One a column, in the columns' order.
    public var cells: [(cell: Cell, span: SourceSpan)]
    public var result: Expression
    public var span: SourceSpan
    public init(cells: [(cell: Cell, span: SourceSpan)], result: Expression, span: SourceSpan) {
      self.cells = cells
      self.result = result
      self.span = span
    }
  }
  public var name: Name
  public var titles: [StringLiteral]
  public var parameters: [Parameter]
  public var result: TypeExpression
  public var hitPolicy: HitPolicy
  /// The heading's names, without `result`.
  public var columns: [Name]
  public var rows: [Row]
  /// `from "targets.csv"`: the rows are kept in a spreadsheet.
  public var path: StringLiteral?
  public var span: SourceSpan

  public init(
    name: Name, titles: [StringLiteral], parameters: [Parameter], result: TypeExpression, hitPolicy: HitPolicy,
    columns: [Name], rows: [Row], path: StringLiteral?, span: SourceSpan
  ) {
    self.name = name
    self.titles = titles
    self.parameters = parameters
    self.result = result
    self.hitPolicy = hitPolicy
    self.columns = columns
    self.rows = rows
    self.path = path
    self.span = span
  }
}
