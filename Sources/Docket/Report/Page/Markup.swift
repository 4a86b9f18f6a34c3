/// Writes HTML and SVG: every text and every attribute is escaped here, and nowhere else.

import DocketDiagnostics

struct Markup {
  private(set) var text = ""

  typealias Attributes = KeyValuePairs<String, String>

  mutating func element(_ name: String, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>"
  }

  mutating func element(_ name: String, _ attributes: Attributes = [:], text content: String) {
    element(name, attributes) { $0.write(content) }
  }

  /// An element that holds nothing, such as `<meta>`; in SVG it closes itself.
  mutating func void(_ name: String, _ attributes: Attributes = [:], isSVG: Bool = false) {
    open(name, attributes)
    if isSVG {
      text.removeLast()
      text += "/>"
    }
  }

  mutating func write(_ content: String) { text += Self.escaped(content) }

  /// What is markup already.
  mutating func raw(_ markup: String) { text += markup }

  mutating func line() { text += "\n" }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes where !value.isEmpty || key == "alt" {
      text += " \(key)=\"\(Self.escaped(value))\""
    }
    text += ">"
  }

  /// Safe between tags and within quotes; controls and marks that reorder text are shown and do nothing.
  static func escaped(_ content: String) -> String {
    var escaped = ""
    for scalar in content.displaySafe.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
