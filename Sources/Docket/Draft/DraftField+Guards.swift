/// What exports put around long numbers, so that a spreadsheet leaves them as they are: `="001234"`, or a tab in front.

import DocketData

extension DraftField {
  mutating func takeOffGuard() {
    guard kind == .string, expression == nil, leftOut == nil, let row = rowText else { return }
    let texts = column.values.map(\.text)
    guard !texts.isEmpty else { return }
    if texts.allSatisfy({ $0.hasPrefix("=\"") && $0.hasSuffix("\"") && $0.utf8.count > 3 }) {
      expression = "\(row).replace(\(DraftText.quoted("=\"")), \"\").replace(\(DraftText.quoted("\"")), \"\")"
      note = "without the `=\"…\"` that the export puts around it"
    } else if texts.allSatisfy({ $0.hasPrefix("\t") && $0.utf8.count > 1 }) {
      expression = "\(row).replace(\(DraftText.quoted("\t")), \"\")"
      note = "without the tab that the export puts before it"
    }
  }
}
