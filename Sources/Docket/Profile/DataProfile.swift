/// What was loaded, in numbers, before any rule looks at it: how full each field is, what stands in it, and what in it does
/// not fit together. Facts only; `ProfileReport` and `ProfileJSON` write them.

public import DocketData
import DocketRules
import DocketRuntime
public import DocketSemantics
public import DocketTime

public struct DataProfile {
  public struct Entity {
    public var entity: EntityID
    public var name: String
    public var titles: [String]
    /// Files that it was read from.
    public var sources: [LoadReport.Source]
    public var records: Int
    /// Records that exist at the instant of the profile; the fields are counted over these, as they stand then.
    public var existing: Int
    public var rows: Int
    /// The oldest and the newest version; `nil` without versions.
    public var versions: ClosedRange<Instant>?
    public var fields: [Field]
    public var views: [View]
  }

  public struct Field {
    public var name: String
    public var titles: [String]
    /// As it is declared: `State?`
    public var type: String
    public var isKey: Bool
    public var isBackfilled: Bool
    /// Whether any file has a column for it.
    public var hasColumn: Bool
    public var values: ColumnProfile
    public var laterTimes: LoadReport.LaterTimes?
    public var dangling: LoadReport.Dangling?
  }

  public struct View {
    public var name: String
    public var members: Int
    /// Records of which it cannot be told.
    public var undecided: Int
  }

  public var instant: Instant
  public var entities: [Entity]
  /// Entities of the rulebook without any data.
  public var withoutData: [String]
  /// Files of the data folder that nothing reads.
  public var unusedFiles: [String]

  public init(_ session: Session) {
    let engine = session.engine
    let schema = engine.rulebook.schema
    let report = session.report
    instant = engine.instant
    unusedFiles = report.unusedFiles
    entities = []
    withoutData = []
    for entity in schema.entities where entity.base == nil {
      guard let table = engine.world.table(entity.id) else {
        // Those of a library that the data does not speak of are not missed.
        if session.rulebook.isOwn(entity.span) { withoutData.append(entity.name) }
        continue
      }
      let rows = (0..<table.recordCount).compactMap { table.row(of: $0, at: engine.instant) }
      let loaded = report.tables.first { $0.entity == entity.name }
      let fields = entity.fields.enumerated().compactMap { index, field -> Field? in
        guard field.isStored else { return nil }
        let isKey = if case .key = field.kind { true } else { false }
        return Field(
          name: field.name, titles: field.titles, type: schema.describe(field.type) + (field.isOptional ? "?" : ""),
          isKey: isKey, isBackfilled: table.isBackfilled[index], hasColumn: table.columns[index] != nil,
          values: ColumnProfile(
            table, field: index, rows: rows, world: engine.world, at: engine.instant, isKey: isKey),
          laterTimes: loaded?.laterTimes.first { $0.field == field.name },
          dangling: report.dangling.first { $0.entity == entity.name && $0.field == field.name })
      }
      let views = schema.entities.filter { $0.base == entity.id }.map { view in
        Self.membership(of: view, table, rows, engine.evaluator)
      }
      entities.append(
        Entity(
          entity: entity.id, name: entity.name, titles: entity.titles,
          sources: report.sources.filter { $0.entity == entity.name }, records: table.recordCount,
          existing: rows.count, rows: table.rowCount, versions: loaded?.versions, fields: fields, views: views))
    }
  }

  private static func membership(
    of view: EntityType, _ table: EntityTable, _ rows: [Int], _ evaluator: Evaluator
  ) -> View {
    var result = View(name: view.name, members: 0, undecided: 0)
    for row in rows {
      switch evaluator.isMember(EntityReference(entity: table.entity.index, row: UInt32(row)), of: view.id) {
      case .bool(true): result.members += 1
      case .bool(false): break
      default: result.undecided += 1
      }
    }
    return result
  }
}
