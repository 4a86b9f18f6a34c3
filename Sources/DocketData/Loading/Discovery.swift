/// Which files hold which entities: by declaration, or by the file's name in the data folder.

import DocketDiagnostics
import DocketSemantics

struct DataInput {
  var source: CheckedSource
  /// As shown to people and given to the system.
  var path: String
  var span: SourceSpan
}

enum Discovery {
  /// Paths of sources are relative to the data folder where one is given, else to the file that declares them.
  static func inputs(
    _ sources: [CheckedSource], directory: String?, sourceMap: SourceMap, schema: Schema, report: inout LoadReport,
    problems: inout Diagnostics
  ) -> [DataInput] {
    var inputs: [DataInput] = []
    for source in sources {
      let home =
        sourceMap.files.indices.contains(Int(source.pathSpan.file.index)) ? sourceMap[source.pathSpan.file].path : ""
      let path = FilePath.join(directory ?? FilePath.directory(of: home), source.path)
      let paths = Glob.isPattern(path) && !FilePath.exists(path) ? Glob.expand(path) : [path]
      if paths.isEmpty { problems.report(DataProblem.noMatch(path: path).diagnostic(span: source.pathSpan)) }
      inputs += paths.map { DataInput(source: source, path: $0, span: source.pathSpan) }
    }
    guard let directory else { return inputs }
    let names: [String]
    switch FilePath.list(directory) {
    case .success(let found): names = found
    case .failure(let problem):
      problems.report(DataProblem.unopened(directory, problem).diagnostic())
      return []
    }
    let declared = Set(sources.map(\.entity))
    let used = Set(inputs.map(\.path))
    for name in names {
      let path = FilePath.join(directory, name)
      guard !used.contains(path) else { continue }
      let (stem, kind) = FilePath.plainKind(name)
      if DataFormat(name: name) == .sqlite {
        let found = databaseInputs(path, besides: declared, schema: schema)
        if found.isEmpty { report.unusedFiles.append(name) }
        inputs += found
        continue
      }
      let entity = schema.entities.first { $0.base == nil && Heading($0.name) == Heading(stem) }
      // A workbook is opened too, so that it is told what to do with it.
      guard DataFormat(name: name) != nil || kind == "xlsx" || kind == "xls" else { continue }
      guard let entity, !declared.contains(entity.id) else {
        report.unusedFiles.append(name)
        continue
      }
      inputs.append(DataInput(source: .implicit(entity, path: path), path: path, span: entity.span))
    }
    return inputs
  }

  /// Tables of a database that are named after entities.
  private static func databaseInputs(_ path: String, besides declared: Set<EntityID>, schema: Schema) -> [DataInput] {
    guard let tables = try? SQLiteDatabase.open(path).get().tables().get() else { return [] }
    return tables.compactMap { table in
      let entity = schema.entities.first { $0.base == nil && Heading($0.name) == Heading(table) }
      guard let entity, !declared.contains(entity.id) else { return nil }
      var source = CheckedSource.implicit(entity, path: path)
      source.table = table
      return DataInput(source: source, path: path, span: entity.span)
    }
  }
}

extension DataProblem {
  static func unopened(_ path: String, _ problem: FileProblem) -> DataProblem {
    switch problem {
    case .missing:
      let names = (try? FilePath.list(FilePath.directory(of: path)).get()) ?? []
      return .missingFile(path: path, names: names)
    case .directory: return .unreadableFile(path: path, reason: "it is a folder")
    case .unreadable(let reason): return .unreadableFile(path: path, reason: reason)
    }
  }
}
