/// An existing test as the start of a new one: its steps without the expectations, what it asks, and the values that can be varied.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

struct TestTemplate {
  /// A value in the text that another one can stand for.
  struct Place {
    enum Kind {
      case field(entity: String, field: String)
      case wait
      case now
    }
    var kind: Kind
    var start: Int
    var end: Int
  }

  /// A record in the text to which a field can be added, before its closing brace.
  struct Record {
    var entity: String
    var fields: Set<String>
    var end: Int
    var isEmpty: Bool
    /// The `let` that holds it.
    var variable: String?
  }

  /// The steps, without the header and the braces.
  let text: [UInt8]
  let places: [Place]
  let records: [Record]
  /// What the expectations call, as written: `owner(f)`, `cells(csat)`.
  let calls: [Call]
  /// Where a `wait` could stand: behind all steps.
  let hasClock: Bool

  struct Call: Hashable {
    enum Kind: Hashable {
      case route, sla, kpi, decisions, findings, value
    }
    var kind: Kind
    var text: String
  }

  /// The declaration's steps for one row of its `cases`, or for none. `nil` where it reads data or cannot be taken apart.
  init?(_ test: TestDeclaration, row: Int?, _ source: SourceFile, _ rulebook: CheckedRulebook) {
    var values: [String: String] = [:]
    for case .cases(let table) in test.steps {
      guard let row, row < table.rows.count else { return nil }
      for (column, cell) in zip(table.columns, table.rows[row].cells) {
        values[column.name.text] = source.text(cell.span)
      }
    }
    var lines: [String] = []
    var calls: [Call] = []
    for step in test.steps {
      switch step {
      case .givenData: return nil
      case .cases: break
      case .expect(let expression, _, _):
        Self.collect(expression, values, source, rulebook, &calls)
      case .now(let expression, let span): lines.append(Self.text(span, [expression], values, source))
      case .wait(let expression, let span): lines.append(Self.text(span, [expression], values, source))
      case .set(_, let value, let span): lines.append(Self.text(span, [value], values, source))
      case .add(let record, let span): lines.append(Self.text(span, record.fields.map(\.value), values, source))
      case .constant(let binding): lines.append(Self.text(binding.span, [binding.value], values, source))
      case .givenFixture(_, let span): lines.append(source.text(span))
      }
    }
    self.calls = calls
    text = Array(lines.map { "  " + $0 }.joined(separator: "\n").utf8)
    // The places are those of the new text.
    let head = "test \"t\" {\n"
    var diagnostics = Diagnostics()
    let bytes = Array(head.utf8) + text + Array("\n}\n".utf8)
    let tree = Parser.parse(SourceFile(id: FileID(index: 0), path: "", bytes: bytes), &diagnostics)
    guard !diagnostics.hasErrors, case .test(let parsed)? = tree.declarations.first else { return nil }
    var places: [Place] = []
    var records: [Record] = []
    var hasClock = false
    let offset = head.utf8.count
    func add(_ kind: Place.Kind, _ span: SourceSpan) {
      places.append(Place(kind: kind, start: Int(span.start) - offset, end: Int(span.end) - offset))
    }
    func add(_ entity: String, _ fields: [RecordField], _ span: SourceSpan, _ variable: String? = nil) {
      for field in fields { add(.field(entity: entity, field: field.name.text), field.value.span) }
      records.append(
        Record(
          entity: entity, fields: Set(fields.map(\.name.text)),
          end: Int(fields.last?.value.span.end ?? span.end - 1) - offset, isEmpty: fields.isEmpty, variable: variable))
    }
    for step in parsed.steps {
      switch step {
      case .now(let expression, _):
        hasClock = true
        add(.now, expression.span)
      case .wait(let expression, _): add(.wait, expression.span)
      case .set(let target, let value, _):
        guard let entity = Self.entity(of: target.variable.text, in: parsed) else { break }
        add(.field(entity: entity, field: target.field.text), value.span)
      case .add(let record, _): add(record.entity.text, record.fields, record.span)
      case .constant(let binding):
        if case .record(let type, _, let fields) = binding.value.kind, let name = type.last {
          add(name.text, fields, binding.value.span, binding.name.text)
        }
      case .givenFixture, .givenData, .cases, .expect: break
      }
    }
    self.places = places
    self.records = records
    self.hasClock = hasClock
  }

  private static func entity(of variable: String, in test: TestDeclaration) -> String? {
    for case .constant(let binding) in test.steps where binding.name.text == variable {
      if case .record(let type, _, _) = binding.value.kind { return type.last?.text }
    }
    return nil
  }

  /// A step with the cells of the row in place of the columns' names.
  private static func text(
    _ span: SourceSpan, _ expressions: [Expression], _ values: [String: String], _ source: SourceFile
  ) -> String {
    var edits: [(span: SourceSpan, text: String)] = []
    func find(_ expression: Expression) {
      if case .name(let name, false) = expression.kind, let value = values[name.text] {
        edits.append((expression.span, value))
      }
      for part in expression.parts { find(part) }
    }
    for expression in expressions { find(expression) }
    var bytes = Array(source.bytes[Int(span.start)..<Int(span.end)])
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      let start = Int(edit.span.start - span.start)
      bytes.replaceSubrange(start..<Int(edit.span.end - span.start), with: Array(edit.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func collect(
    _ expression: Expression, _ values: [String: String], _ source: SourceFile, _ rulebook: CheckedRulebook,
    _ calls: inout [Call]
  ) {
    if case .call(let name, let arguments, _) = expression.kind {
      let kind: Call.Kind? =
        if rulebook.routes.contains(where: { $0.name == name.text }) {
          .route
        } else if rulebook.slas.contains(where: { $0.name == name.text }) {
          .sla
        } else if name.text == "cells" || rulebook.kpis.contains(where: { $0.name == name.text }) {
          .kpi
        } else if name.text == "decisions" {
          .decisions
        } else if name.text == "findings" {
          .findings
        } else if rulebook.tables.contains(where: { $0.name == name.text })
          || rulebook.functions.contains(where: { $0.name == name.text })
        {
          .value
        } else {
          nil
        }
      if let kind {
        var text = text(expression.span, arguments, values, source)
        if kind == .kpi, name.text != "cells" { text = "cells(\(name.text))" }
        let call = Call(kind: kind, text: text)
        if !calls.contains(call) { calls.append(call) }
      }
    }
    // What is called for each element of a list has a variable that stands nowhere else.
    if case .methodCall(let base, _, _) = expression.kind {
      collect(base, values, source, rulebook, &calls)
      return
    }
    for part in expression.parts { collect(part, values, source, rulebook, &calls) }
  }
}

extension TestTemplate.Call {
  /// What is asked of it, most telling first.
  var questions: [String] {
    switch kind {
    case .route: ["\(text).rule", "\(text).to", "\(text).status"]
    case .sla: ["\(text).status", "\(text).due", "\(text).elapsed", "\(text).start", "\(text).stop"]
    case .kpi:
      [
        "size(\(text))", "\(text)[0].status", "\(text)[0].value", "\(text)[0].n", "\(text)[0].period",
        "\(text)[1].value",
      ]
    case .decisions: ["size(\(text))", "\(text)[0].item", "\(text)[0].rule", "\(text)[0].to"]
    case .findings: ["size(\(text))", "\(text)[0].from", "\(text)[0].until", "\(text)[0].because"]
    case .value: [text]
    }
  }
}
