/// One JSON object a line, keys in a fixed order; a contract with tools.
///
/// Lines and columns start at 1, columns count Unicode scalars, an end is the place just after. Without a place they are
/// null. Fixes name no file: only those in the diagnostic's own file are listed.

public struct JSONRenderer: Sendable {
  public let sources: SourceMap

  public init(sources: SourceMap) { self.sources = sources }

  public func render(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONWriter(reservingCapacity: 256 * diagnostics.count)
    for diagnostic in diagnostics {
      write(diagnostic, to: &json)
      json.endLine()
    }
    return json.text
  }

  /// One object without the line end, also for a place within other output.
  public func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    let place = diagnostic.primary.flatMap { Place($0.span, in: sources) }
    let start = place?.startLocation
    let end = place?.endLocation
    json.object { json in
      json.field("code", diagnostic.code.rawValue)
      json.field("severity", diagnostic.severity.rawValue)
      json.field("message", diagnostic.message)
      if let data = diagnostic.dataPlace {
        json.field("file", data.path)
        json.field("line", data.line > 0 ? data.line : nil)
        json.field("column", data.column > 0 ? data.column : nil)
        json.field("end_line", nil as Int?)
        json.field("end_column", nil as Int?)
      } else {
        json.field("file", place?.file.path)
        json.field("line", start?.line)
        json.field("column", start?.column)
        json.field("end_line", end?.line)
        json.field("end_column", end?.column)
      }
      json.field("help", diagnostic.help)
      json.key("fixes")
      json.array { json in
        for fix in diagnostic.fixes where fix.span.file == place?.file.id { write(fix, to: &json) }
      }
    }
  }

  private func write(_ fix: Fix, to json: inout JSONWriter) {
    guard let place = Place(fix.span, in: sources) else { return }
    let start = place.startLocation
    let end = place.endLocation
    json.object { json in
      json.field("title", fix.title)
      json.field("start_line", start.line)
      json.field("start_column", start.column)
      json.field("end_line", end.line)
      json.field("end_column", end.column)
      json.field("replacement", fix.replacement)
    }
  }
}
