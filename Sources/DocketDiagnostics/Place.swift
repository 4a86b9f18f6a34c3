/// Where a label is, as renderers need it: clamped to its file, so that no span can crash them.

struct Place {
  let file: SourceFile
  /// UTF-8 offsets with `0 <= start <= end <= file.bytes.count`.
  let start: Int
  let end: Int

  /// `nil` for a file the map does not have.
  init?(_ span: SourceSpan, in sources: SourceMap) {
    guard sources.files.indices.contains(Int(span.file.index)) else { return nil }
    file = sources[span.file]
    start = min(max(0, Int(span.start)), file.bytes.count)
    end = min(max(start, Int(span.end)), file.bytes.count)
  }

  var startLocation: SourceLocation { file.location(of: start) }
  /// The place just after the span.
  var endLocation: SourceLocation { file.location(of: end) }

  /// `path:line:column`
  var name: String {
    let location = startLocation
    return "\(file.path.displaySafe):\(location.line):\(location.column)"
  }
}
