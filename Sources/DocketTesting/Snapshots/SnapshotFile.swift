/// The text of a file of snapshots: made to be reviewed, one below the other, in the order of their tests.
///
///     === "who gets what" / "decision" / row 2
///       decision {
///         rule: "wishes"
///       }

import DocketDiagnostics

public enum SnapshotFile {
  public static func path(ofTests file: String) -> String { file + ".snap" }

  private static let heading = "// What `matches snapshot` compares with; `docket test --update-snapshots` writes it."

  /// The snapshots of one file of tests.
  public static func render(_ texts: [SnapshotKey: String]) -> String {
    var lines = [heading]
    for key in texts.keys.sorted() {
      lines.append("")
      let row = key.row.map { " / row \($0)" } ?? ""
      lines.append("=== \(quoted(key.test)) / \(quoted(key.name))\(row)")
      lines += (texts[key] ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lines that cannot be read are left out: their snapshots count as never recorded.
  public static func parse(_ text: String, file: String) -> [SnapshotKey: String] {
    var texts: [SnapshotKey: String] = [:]
    var key: SnapshotKey?
    var lines: [Substring] = []
    func finish() {
      guard let key else { return }
      while lines.last?.isEmpty == true { lines.removeLast() }
      texts[key] = lines.joined(separator: "\n")
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.last == "\r" ? line.dropLast() : line
      if line.hasPrefix("=== ") {
        finish()
        key = parse(heading: line.dropFirst(4), file: file)
      } else if key != nil {
        lines.append(line.hasPrefix("  ") ? line.dropFirst(2) : line)
      }
    }
    finish()
    return texts
  }

  private static func parse(heading: Substring, file: String) -> SnapshotKey? {
    var rest = heading
    guard let test = string(&rest), take(" / ", &rest), let name = string(&rest) else { return nil }
    var row: Int?
    if take(" / row ", &rest) {
      row = Int(rest)
      guard row != nil else { return nil }
    }
    return SnapshotKey(file: file, test: test, name: name, row: row)
  }

  private static func take(_ text: String, _ rest: inout Substring) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private static func string(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else { return nil }
    rest = rest.dropFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      guard character == "\\" else {
        text.append(character)
        continue
      }
      switch rest.popFirst() {
      case "n"?: text.append("\n")
      case let other?: text.append(other)
      case nil: return nil
      }
    }
    return nil
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\\", "\"": quoted += "\\\(character)"
      case "\n": quoted += "\\n"
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
