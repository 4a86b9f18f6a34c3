/// `path:line:col: error[D2004]: message`, one line each.

public struct ShortRenderer: Sendable {
  public let sources: SourceMap
  public let options: RenderOptions

  public init(sources: SourceMap, options: RenderOptions = RenderOptions()) {
    self.sources = sources
    self.options = options
  }

  public func render(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.primary.flatMap { Place($0.span, in: sources) }
    return ((diagnostic.dataPlace?.name ?? place?.name).map { "\($0): " } ?? "")
      + diagnostic.headline(color: options.color) + "\n"
  }
}

extension Diagnostic {
  /// `error[D2004]: message`
  func headline(color: Bool) -> String {
    TextStyle(severity).apply("\(severity.rawValue)[\(code.rawValue)]", color: color)
      + TextStyle.strong.apply(": \(message.displaySafe)", color: color)
  }
}
