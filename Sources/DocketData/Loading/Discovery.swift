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
    var inputs = sources.map { source in
      let home = sourceMap.files.indices.contains(Int(source.pathSpan.file.index)) ? sourceMap[source.pathSpan.file].path : ""
      let path = FilePath.join(directory ?? FilePath.directory(of: home), source.path)
      return DataInput(source: source, path: path, span: source.pathSpan)
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
      let (stem, kind) = FilePath.split(name)
      let entity = schema.entities.first { $0.base == nil && Heading($0.name) == Heading(stem) }
      guard let entity, !declared.contains(entity.id), dataKinds.contains(kind) else {
        if dataKinds.contains(kind) { report.unusedFiles.append(name) }
        continue
      }
      guard kind == "csv" || kind == "tsv" else {
        problems.report(DataProblem.unsupportedName(path: path, kind: kind).diagnostic(span: entity.span))
        continue
      }
      inputs.append(DataInput(source: .implicit(entity, path: path), path: path, span: entity.span))
    }
    return inputs
  }

  private static let dataKinds: Set<String> = ["csv", "tsv", "json", "jsonl"]
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
