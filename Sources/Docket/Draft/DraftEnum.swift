/// A few texts of a column as the cases of an enum.

import DocketData

struct DraftEnum {
  struct Case {
    var name: String
    /// How the export spells it, where that is another text.
    var labels: [String]
  }

  var name: String
  var title: String?
  var cases: [Case]
  /// The texts that it stands for.
  var texts: Set<String>
  var reason: CaseOrder.Reason

  /// Texts that differ in case or in spaces at their ends are one case.
  init(_ field: DraftField, name: String) {
    self.name = name
    title = field.label
    let texts = field.column.values.map(\.text) + field.column.doubtful.keys.sorted()
    self.texts = Set(texts)
    var groups: [(folded: String, texts: [String])] = []
    for text in texts {
      let folded = text.lowercased().split(separator: " ").joined(separator: " ")
      if let place = groups.firstIndex(where: { $0.folded == folded }) {
        groups[place].texts.append(text)
      } else {
        groups.append((folded, [text]))
      }
    }
    var used: Set<String> = []
    let names = groups.map { DraftNames.unique(DraftNames.caseName($0.texts[0]), &used) }
    let (order, reason) = CaseOrder.sorted(names, groups.map { $0.texts[0] })
    self.reason = reason
    cases = order.map { place in
      Case(name: names[place], labels: groups[place].texts.filter { $0 != names[place] })
    }
  }

  /// How the order was found.
  var orderNote: String {
    switch reason {
    case .rank: "by the numbers in the values, the least first: 1 is the most urgent"
    case .numbers: "by the numbers in the values"
    case .words: "by what the words say, the least first"
    case .knownWords(let unknown):
      "by what the words say, the least first; where \(unknown.map { "`\($0)`" }.joined(separator: ", ")) "
        + "\(unknown.count == 1 ? "belongs is not known: it stands" : "belong is not known: they stand") last"
    case .file: "in the order of the file: put the least first"
    }
  }
}
