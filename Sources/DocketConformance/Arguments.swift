/// What the command line asks for.

struct Arguments {
  static let usage = "usage: docket-conformance [FILE] [--tier language|library|checker|optional] [--verbose]"
  static let defaultPath = "../shared/conformance/cel.jsonl"

  var path: String?
  var tier: String?
  var isVerbose = false

  /// `nil` where they make no sense.
  init?(_ texts: some Sequence<String>) {
    var rest = texts.makeIterator()
    while let text = rest.next() {
      switch text {
      case "--verbose": isVerbose = true
      case "--tier":
        guard let name = rest.next() else { return nil }
        tier = name
      default:
        guard !text.hasPrefix("-"), path == nil else { return nil }
        path = text
      }
    }
  }
}
