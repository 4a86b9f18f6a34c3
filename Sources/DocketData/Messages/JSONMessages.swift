/// How problems of JSON records are told.

import DocketDiagnostics

extension JSONProblem {
  var told: (code: DiagnosticCode, message: String, help: [String]) {
    switch self {
    case .malformed(let reason):
      (.malformedJSON, reason.message, reason.help)
    case .nested(let limit): (.oversizedRecord, "lists and objects are nested more than \(limit) deep here", [])
    case .tooManyKeys:
      (
        .oversizedRecord, "there are more than 200000 different keys",
        ["records of one kind have the same keys: map what a key holds to a list"]
      )
    case .tooLong(let limit): (.oversizedRecord, "this record is longer than \(limit >> 20) MB", [])
    case .duplicateKey(let key): (.duplicateMember, "the key `\(key)` stands twice in this object", [])
    case .ambiguousKey(let key):
      (
        .ambiguousColumn, "`\(key)` fits a field that another key of this record fits as well",
        ["say which: `field = row.`\(key)``"]
      )
    case .objectValue(let key):
      (
        .objectValue, "`\(key)` is an object, where a single value is wanted",
        ["name one of its members in the source: `field = row.`\(key).id``"]
      )
    case .severalLists(let keys):
      (
        .notRecords, "several lists of objects stand here: \(keys.map { "`\($0)`" }.joined(separator: ", "))",
        ["say which: `from \"…\" table \"\(keys[0])\"`"]
      )
    case .keyedRecords(let keys):
      (
        .notRecords,
        "the records stand under keys of their own (\(keys.map { "`\($0)`" }.joined(separator: ", ")) …), in no list",
        ["make it a list that holds the keys: `jq '[to_entries[] | {id: .key} + .value]'`"]
      )
    case .lists:
      (
        .notRecords, "this is a table as lists of values, not a list of objects",
        ["export it as CSV, or as a list of objects (pandas: `orient=\"records\"`)"]
      )
    case .noList(let name, let lists):
      (
        .notRecords, "there is no list `\(name)` here",
        suggest(name, among: lists, habits: false).map { [$0.helpText] }
          ?? (lists.isEmpty ? [] : ["the lists of objects are \(lists.map { "`\($0)`" }.joined(separator: ", "))"])
      )
    case .notRecords:
      (.notRecords, "this is no list of objects", ["records are objects in a list, or one on each line"])
    }
  }
}

extension JSONProblem.Reason {
  fileprivate var message: String {
    switch self {
    case .unexpected(let text): text.isEmpty ? "this is no JSON" : "`\(text)` cannot stand here"
    case .incomplete: "the record is not complete"
    case .notObject: "a record is an object in braces"
    case .controlCharacter: "a control character stands in a string"
    case .nul: "a string holds a NUL character"
    case .unclosedString: "this quote is never closed"
    case .badEscape: "there is no such escape"
    case .loneSurrogate: "half of a surrogate pair stands alone"
    case .badNumber: "this is no number"
    case .noMemory: "there is not enough memory for this record"
    }
  }

  fileprivate var help: [String] {
    switch self {
    case .unexpected: []
    case .incomplete: ["the file may have been cut off"]
    case .controlCharacter: ["write `\\n`, `\\t` or `\\u00…`"]
    case .badEscape: [#"a backslash itself is `\\`"#]
    case .loneSurrogate: ["whoever wrote this cut an emoji, or another rare character, in two"]
    case .notObject, .nul, .unclosedString, .badNumber, .noMemory: []
    }
  }
}
