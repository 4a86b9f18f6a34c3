/// Concrete values for the variables of a space: the item that shows a finding.

import DocketRuntime
import DocketSemantics
import DocketTime

struct Example {
  /// By variable.
  var cells: [Int]
  /// The variables that matter to what it shows.
  var mentioned: [Int]

  /// `severity = critical, tier = gold`
  func text(_ reader: Reader) -> String {
    let variables = reader.space.variables
    var parts: [String] = []
    for index in mentioned.sorted() {
      let variable = variables[index]
      // What is behind an absent reference goes without saying.
      if let parent = variable.parent, cells[parent] == 0 { continue }
      if variable.isOpaque || variable.name.isEmpty { continue }
      let cell = cells[index]
      if case .member = variable.subject {
        parts.append(cell == 2 ? variable.name : "not \(variable.name)")
      } else if cell == 0 {
        parts.append("\(variable.name) is absent")
      } else if variable.scale == .presence {
        if !variable.hasDetail(in: variables, mentioned) { parts.append("\(variable.name) is there") }
      } else {
        parts.append("\(variable.name) = \(reader.literal(variable.value(of: cell, reader.heap)))")
      }
    }
    return parts.joined(separator: ", ")
  }
}

extension Variable {
  /// Whether something behind it is mentioned, which says that it is there.
  fileprivate func hasDetail(in variables: [Variable], _ mentioned: [Int]) -> Bool {
    guard case .path(let path) = subject else { return false }
    return mentioned.contains { index in
      switch variables[index].subject {
      case .path(let other): other.fields.count > path.fields.count && other.fields.starts(with: path.fields)
      case .member(let other, _): other == path
      case .opaque: false
      }
    }
  }
}

extension Reader {
  /// A value as a rulebook would write it.
  func literal(_ value: Value) -> String {
    switch value {
    case .duration(let length):
      let text = length.humanString().split(separator: " ").joined()
      return text.isEmpty ? "0s" : text
    case .timestamp:
      return "@" + evaluator.display(value).split(separator: " ").joined(separator: "T")
    default: return heap.describe(value, schema: schema)
    }
  }
}
