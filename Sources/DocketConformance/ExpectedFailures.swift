/// What Docket leaves out of CEL's suite, and why. Tiers language, library and checker have no entry.

enum ExpectedFailures {
  /// By the start of their ids.
  static let reasons: [(prefix: String, reason: String)] = [
    ("network_ext/", "network addresses: no rule of support operations reads one"),
    (
      "block_ext/",
      "`cel.block`, `cel.index` and `cel.iterVar` are made by optimizers and never written; `cel.bind` is for people"
    ),
  ]

  static func reason(_ id: String) -> String? { reasons.first { id.hasPrefix($0.prefix) }?.reason }
}
