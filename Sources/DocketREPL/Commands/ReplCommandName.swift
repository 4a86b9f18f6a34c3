/// The commands of the prompt: how they are called, what they take, what they do.

import DocketDiagnostics

enum ReplCommandName: String, CaseIterable {
  // What is there.
  case browse, info, doc, model, type, rows, calendar
  // What the rules say.
  case route, sla, kpi, ensure, why
  case whyNot = "why-not"
  case timeline
  // What if.
  case at, set, unset, diff, undo, reset
  // Tests.
  case test, coverage, check, pin, watch
  // Files.
  case load, reload, edit, write, save, history
  // The prompt.
  case format, pager, time, tour, help, cancel, quit

  enum Group: String, CaseIterable {
    case look = "What is there"
    case rules = "What the rules say"
    case whatIf = "What if"
    case tests = "Tests"
    case files = "Files"
    case prompt = "The prompt"
  }

  /// What stands behind the name.
  var arguments: String {
    switch self {
    case .browse: "[KIND]"
    case .info, .edit: "NAME"
    case .doc: "NAME"
    case .model: "[NAME]"
    case .type: "EXPRESSION"
    case .rows: "ENTITY | KPI"
    case .calendar: "NAME [MONTH]"
    case .route, .sla, .kpi, .ensure: "[NAME]"
    case .why, .timeline: "[RULE(ITEM) | ITEM]"
    case .whyNot: "RULE ITEM"
    case .at: "[INSTANT | +DURATION | data]"
    case .set: "[ITEM.FIELD = VALUE | rows N]"
    case .unset: "[ITEM.FIELD]"
    case .diff: "[last]"
    case .undo, .reset, .check, .coverage, .reload, .cancel, .quit: ""
    case .tour: "[zh | next | stop]"
    case .test: "[PATTERN]"
    case .pin: "[NAME]"
    case .watch: "[EXPRESSION]"
    case .load: "FOLDER [--data DIR] [--at INSTANT]"
    case .write: ""
    case .save: "FILE"
    case .history: "[N]"
    case .format: "[box | line | csv | json | markdown]"
    case .pager: "[on | off]"
    case .time: "[on | off | EXPRESSION]"
    case .help: "[COMMAND]"
    }
  }

  var summary: String {
    switch self {
    case .browse: "list the declarations, or those of one kind"
    case .info: "show a declaration: where it stands, what it says, who reads it"
    case .doc: "say what a function, a word or a declaration means"
    case .model: "show the entities and enums, or one of them"
    case .type: "say the type of an expression without evaluating it"
    case .rows: "show the records of an entity, or those that a KPI counts"
    case .calendar: "draw a month of a calendar"
    case .route: "who gets what, by rule"
    case .sla: "how the clocks stand"
    case .kpi: "measure: all cells of one KPI, or the newest of each"
    case .ensure: "what the invariants find"
    case .why: "explain a decision, a clock or a measure; without one, the last that was asked for"
    case .whyNot: "explain why a rule did not match"
    case .timeline: "show a clock from its start to its end"
    case .at: "show or move the clock"
    case .set: "assume a field of a record to be another, for the time being; or set how many rows are shown"
    case .unset: "take an assumption back, or all of them"
    case .diff: "what this session's definitions change over the data; `last`: what the last one changed"
    case .undo: "take the last definition or assumption back"
    case .reset: "forget what was typed"
    case .test: "run the tests"
    case .coverage: "which rules matched anything in the data"
    case .check: "check the rulebook, warnings included"
    case .pin: "make a test of the last answer"
    case .watch: "run the tests, or an expression, each time a file of the rulebook changes"
    case .load: "load a rulebook, with its data"
    case .reload: "read the files again, keeping what was typed"
    case .edit: "edit a declaration in $EDITOR"
    case .write: "put what was typed into the rulebook's files"
    case .save: "save what was typed as a rulebook file"
    case .history: "what was typed"
    case .format: "how answers are shown"
    case .pager: "whether long answers go through $PAGER"
    case .time: "say how long each entry took, or how long one takes"
    case .tour: "a tour of five minutes; `:tour zh` 中文导览"
    case .help: "say what can be typed"
    case .cancel: "drop an entry that is not complete"
    case .quit: "leave; so does Ctrl-D"
    }
  }

  var group: Group {
    switch self {
    case .browse, .info, .doc, .model, .type, .rows, .calendar: .look
    case .route, .sla, .kpi, .ensure, .why, .whyNot, .timeline: .rules
    case .at, .set, .unset, .diff, .undo, .reset: .whatIf
    case .test, .coverage, .check, .pin, .watch: .tests
    case .load, .reload, .edit, .write, .save, .history: .files
    case .format, .pager, .time, .tour, .help, .cancel, .quit: .prompt
    }
  }

  /// The commands that a prefix may mean: one where it is a name or no other begins so.
  static func meant(by prefix: String) -> [ReplCommandName] {
    if prefix == "?" { return [.help] }
    if let exact = ReplCommandName(rawValue: prefix) { return [exact] }
    return allCases.filter { $0.rawValue.hasPrefix(prefix) }
  }
}
