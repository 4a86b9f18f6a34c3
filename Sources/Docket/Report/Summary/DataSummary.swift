/// What was read, and as of when.

import DocketData
import DocketRules
import DocketSemantics
public import DocketTime

public struct DataSummary: Sendable {
  public struct Table: Sendable {
    public var entity: TitledName
    public var records: Int
    /// `nil` where each record has one version.
    public var versions: Int?
    /// How many exist by the instant of the run, where not all do.
    public var existing: Int?
    public var files: [String]
    /// What is to be known before trusting the figures.
    public var remarks: [Remark]
  }

  public enum Remark: Sendable, Hashable {
    case empty(field: String, count: Int)
    /// Times of a field that its version could not know yet.
    case later(entity: String, field: String, count: Int)
    case rejected(path: String, count: Int)
    /// Rows that end before their last columns.
    case short(path: String, count: Int)
    case moved(gaps: Int, folds: Int)
  }

  public var instant: Instant
  /// The instant was found in the data, not given.
  public var isNewest: Bool
  public var tables: [Table]

  init(_ session: Session) {
    let engine = session.engine
    let schema = engine.rulebook.schema
    instant = engine.instant
    isNewest = session.isInstantFromData
    tables = session.report.tables.map { table in
      let sources = session.report.sources.filter { $0.entity == table.entity }
      let id = schema.entity(named: table.entity)
      let existing = id.map { engine.recordCount(of: $0) } ?? table.records
      var remarks: [Remark] = []
      for source in sources {
        for cell in source.absentCells where cell.count > 0 {
          remarks.append(.empty(field: "\(table.entity).\(cell.field)", count: cell.count))
        }
      }
      for later in table.laterTimes {
        remarks.append(.later(entity: table.entity, field: later.field, count: later.count))
      }
      for source in sources where source.rejectedRows > 0 {
        remarks.append(.rejected(path: source.path, count: source.rejectedRows))
      }
      for source in sources where source.shortRows > 0 {
        remarks.append(.short(path: source.path, count: source.shortRows))
      }
      for source in sources where source.gapTimes + source.foldTimes > 0 {
        remarks.append(.moved(gaps: source.gapTimes, folds: source.foldTimes))
      }
      return Table(
        entity: TitledName(table.entity, id.map { schema[$0].titles } ?? []), records: table.records,
        versions: table.rows == table.records ? nil : table.rows,
        existing: existing == table.records ? nil : existing,
        files: sources.map { String($0.path.split(separator: "/").last ?? "") }, remarks: remarks)
    }
  }
}

extension ReportWords {
  func remark(_ remark: DataSummary.Remark) -> String {
    switch remark {
    case .empty(let field, let count): self[.emptyCells(count, field: field)]
    case .later(let entity, let field, let count): self[.laterTimes(count, entity: entity, field: field)]
    case .rejected(let path, let count): self[.rejectedRows(count, path: path)]
    case .short(let path, let count): self[.shortRows(count, path: path)]
    case .moved(let gaps, let folds): self[.movedTimes(gaps: gaps, folds: folds)]
    }
  }
}
