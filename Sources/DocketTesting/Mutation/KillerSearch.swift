/// Looks for a test that fails after a change: existing tests, with one or two values varied around what the change touches.
///
/// All variations stand in one text that is checked and run with the rulebook as it is and as changed; the first whose answers
/// differ becomes the proposal, and is run on both once more as a test before anybody sees it.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

struct KillerSearch {
  let run: MutationRun
  let mutation: Mutation

  private static let templateLimit = 4
  private static let variationLimit = 320
  /// Values near the change that are also tried two at a time.
  private static let pairLimit = 18
  private static let rowLimit = 3
  private static let directLimit = 256
  private static let questionLimit = 16

  init(_ run: MutationRun, _ mutation: Mutation) {
    self.run = run
    self.mutation = mutation
  }

  private struct Variation {
    var text: String
    var calls: [TestTemplate.Call]
    var questions: [String] { Array(calls.flatMap(\.questions).prefix(KillerSearch.questionLimit)) }
  }

  /// `tests` are places in the rulebook's list.
  func find(_ tests: [Int]) -> MutationReport.Proposal? {
    var variations = directCalls()
    for template in templates(tests) { variations += vary(template) }
    variations = Array(variations.prefix(Self.variationLimit))
    guard !variations.isEmpty else { return nil }
    guard let (before, after) = answers(&variations) else { return nil }
    for (index, variation) in variations.enumerated() {
      for (number, question) in variation.questions.enumerated() {
        let key = SnapshotKey(file: "<proposal>", test: "v\(index)", name: "\(number)", row: nil)
        guard let old = before[key], old != after[key], !old.contains("\n") else { continue }
        if let proposal = verified(variation, question, old) { return proposal }
      }
    }
    return nil
  }

  // MARK: - Variations

  /// Calls of a changed table or function with the values that it mentions: such a test needs no record.
  private func directCalls() -> [Variation] {
    let rulebook = run.subject.rulebook
    func isOwn(_ span: SourceSpan) -> Bool { mutation.declaration.contains(span) }
    let name: String
    let types: [Type]
    if let table = rulebook.tables.first(where: { isOwn($0.span) }) {
      (name, types) = (table.name, table.parameters.map(\.type))
    } else if let function = rulebook.functions.first(where: { isOwn($0.span) }) {
      (name, types) = (function.name, function.parameters.map(\.type))
    } else {
      return []
    }
    guard !types.contains(.timestamp), let candidates else { return [] }
    var arguments: [[String]] = [[]]
    for type in types {
      let values = candidates.values(of: type)
      arguments = arguments.flatMap { before in values.map { before + [$0] } }
      guard arguments.count <= Self.directLimit else { return [] }
    }
    let calls = arguments.map {
      TestTemplate.Call(kind: .value, text: "\(name)(\($0.joined(separator: ", ")))")
    }
    return stride(from: 0, to: calls.count, by: Self.questionLimit).map {
      Variation(text: "", calls: Array(calls[$0..<min(calls.count, $0 + Self.questionLimit)]))
    }
  }

  private var candidates: CandidateValues? {
    guard let tree = run.subject.trees.first(where: { $0.file == mutation.span.file }) else { return nil }
    return CandidateValues(
      tree, near: mutation.span, in: mutation.declaration, run.subject.sources[tree.file], run.subject.rulebook)
  }

  /// The shortest tests first: they are the easiest to read.
  private func templates(_ tests: [Int]) -> [TestTemplate] {
    var declared: [String: (TestDeclaration, SourceFile)] = [:]
    for tree in run.subject.trees {
      for case .test(let test) in tree.declarations {
        declared[test.name.value] = (test, run.subject.sources[tree.file])
      }
    }
    var found: [TestTemplate] = []
    for place in tests {
      guard let (test, file) = declared[run.subject.rulebook.tests[place].name] else { continue }
      var rows = 0
      for case .cases(let table) in test.steps { rows = table.rows.count }
      for row in rows == 0 ? [nil] : Array(0..<min(rows, Self.rowLimit)).map(Optional.some) {
        if let template = TestTemplate(test, row: row, file, run.subject.rulebook) { found.append(template) }
      }
    }
    return Array(
      found.enumerated().sorted { ($0.element.text.count, $0.offset) < ($1.element.text.count, $1.offset) }
        .map(\.element).prefix(Self.templateLimit))
  }

  private func vary(_ template: TestTemplate) -> [Variation] {
    guard let candidates else { return [] }
    // What the changed part reads comes first, with the values that stand there.
    let near = names(in: mutation.unit)
    var single: [(start: Int, end: Int, text: String, rank: Int)] = []
    for place in template.places {
      switch place.kind {
      case .field(let entity, let field):
        let distance = near.contains(field) ? 0 : 1_000
        for (rank, value) in candidates.values(of: type(entity, field)).enumerated() {
          single.append((place.start, place.end, value, distance + rank))
        }
      case .wait:
        for (rank, value) in candidates.lengths.enumerated() { single.append((place.start, place.end, value, rank)) }
      case .now: break
      }
    }
    let read = names(in: mutation.declaration)
    for record in template.records {
      for field in stored(record.entity) where read.contains(field.name) && !record.fields.contains(field.name) {
        let distance = near.contains(field.name) ? 0 : 1_000
        for (rank, value) in candidates.values(of: field.type).enumerated() {
          let text = record.isEmpty ? " \(field.name): \(value) " : ", \(field.name): \(value)"
          single.append((record.end, record.end, text, distance + rank))
        }
      }
    }
    single = single.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    var texts = [String(decoding: template.text, as: UTF8.self)]
    texts += single.prefix(Self.variationLimit / 4).map { edited(template.text, [$0]) }
    if template.hasClock {
      texts += candidates.lengths.prefix(Self.variationLimit / 8).map {
        String(decoding: template.text, as: UTF8.self) + "\n  wait \($0)"
      }
    }
    let pairs = single.prefix(Self.pairLimit)
    for (index, a) in pairs.enumerated() {
      for b in pairs.dropFirst(index + 1) where a.start != b.start || a.end == a.start {
        texts.append(edited(template.text, [a, b]))
      }
    }
    texts += single.dropFirst(Self.variationLimit / 4).map { edited(template.text, [$0]) }
    var seen: Set<String> = []
    let calls = ownCalls(template) + template.calls
    return texts.filter { seen.insert($0).inserted }.prefix(Self.variationLimit / 2).map {
      Variation(text: $0, calls: calls)
    }
  }

  /// The changed declaration itself, called for what the test has: its tests may ask others only, or there may be none.
  private func ownCalls(_ template: TestTemplate) -> [TestTemplate.Call] {
    let rulebook = run.subject.rulebook
    func isOwn(_ span: SourceSpan) -> Bool { mutation.declaration.contains(span) }
    func variable(_ entity: EntityID) -> String? {
      let name = rulebook.schema[rulebook.schema.base(of: entity)].name
      return template.records.first { $0.entity == name && $0.variable != nil }?.variable
    }
    if let kpi = rulebook.kpis.first(where: { isOwn($0.span) }) {
      return [TestTemplate.Call(kind: .kpi, text: "cells(\(kpi.name))")]
    }
    if let route = rulebook.routes.first(where: { isOwn($0.span) }) {
      let alone = variable(route.entity).map { TestTemplate.Call(kind: .route, text: "\(route.name)(\($0))") }
      return [alone, TestTemplate.Call(kind: .decisions, text: "decisions(\(route.name))")].compactMap { $0 }
    }
    if let ensure = rulebook.ensures.first(where: { isOwn($0.span) }) {
      return [TestTemplate.Call(kind: .findings, text: "findings(\(ensure.name))")]
    }
    if let sla = rulebook.slas.first(where: { isOwn($0.span) }), let variable = variable(sla.entity) {
      return [TestTemplate.Call(kind: .sla, text: "\(sla.name)(\(variable))")]
    }
    return []
  }

  private func edited(_ text: [UInt8], _ edits: [(start: Int, end: Int, text: String, rank: Int)]) -> String {
    var text = text
    for edit in edits.sorted(by: { $0.start > $1.start }) {
      text.replaceSubrange(edit.start..<edit.end, with: Array(edit.text.utf8))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func stored(_ entity: String) -> [Field] {
    let schema = run.subject.rulebook.schema
    guard let type = schema.entities.first(where: { $0.name == entity }) else { return [] }
    return schema[schema.base(of: type.id)].fields.filter(\.isStored)
  }

  private func type(_ entity: String, _ field: String) -> Type {
    stored(entity).first { $0.name == field }?.type ?? .dyn
  }

  /// The names that a part of the source mentions: those of fields among them.
  private func names(in span: SourceSpan) -> Set<String> {
    guard let tree = run.subject.trees.first(where: { $0.file == span.file }) else { return [] }
    let file = run.subject.sources[tree.file]
    return Set(
      tree.tokens.filter { $0.kind == .identifier && $0.start >= span.start && $0.end <= span.end }
        .map { file.text($0.span(in: tree.file)) })
  }

  // MARK: - Running

  /// What the rulebook and the changed one answer; variations that do not check are dropped.
  private func answers(_ variations: inout [Variation]) -> (
    before: [SnapshotKey: String], after: [SnapshotKey: String]
  )? {
    for _ in 0..<3 {
      var text = ""
      var starts: [Int] = []
      for (index, variation) in variations.enumerated() {
        starts.append(text.utf8.count)
        let asked = variation.questions.enumerated().map { "  expect \($1) matches snapshot \"\($0)\"" }
        text += "test \"v\(index)\" {\n\(variation.text)\n\(asked.joined(separator: "\n"))\n}\n"
      }
      let (before, problems) = run.check(run.sources(with: nil, adding: text))
      let file = run.subject.trees.count
      let errors = problems.filter { $0.severity == .error }
      guard errors.isEmpty else {
        let bad = Set(
          errors.compactMap { error -> Int? in
            guard let span = error.primary?.span, Int(span.file.index) == file else { return nil }
            return starts.lastIndex { $0 <= Int(span.start) }
          })
        guard !bad.isEmpty else { return nil }
        variations = variations.enumerated().filter { !bad.contains($0.offset) }.map(\.element)
        guard !variations.isEmpty else { return nil }
        continue
      }
      let (after, others) = run.check(run.sources(with: mutation, adding: text))
      guard !others.contains(where: { $0.severity == .error }) else { return nil }
      return (answers(before), answers(after))
    }
    return nil
  }

  private func answers(_ subject: MutationRun.Subject) -> [SnapshotKey: String] {
    let bench = run.bench(subject)
    var recording = Snapshots()
    recording.mode = .record
    bench.snapshots = SnapshotSession(recording)
    for test in subject.rulebook.tests where subject.sources[test.span.file].path == "<proposal>" {
      _ = TestRunner.run(test, on: bench)
    }
    return bench.snapshots.seen
  }

  private func verified(_ variation: Variation, _ question: String, _ answer: String) -> MutationReport.Proposal? {
    let expected = answer == "absent" ? "null" : answer
    let name = "\(mutation.kind.rawValue.split(separator: "_").joined(separator: " ")) at line \(line)"
    let steps = variation.text.isEmpty ? "" : variation.text + "\n"
    let test = "test \"\(name)\" {\n\(steps)  expect \(question) == \(expected)\n}\n"
    let (before, problems) = run.check(run.sources(with: nil, adding: test))
    let (after, others) = run.check(run.sources(with: mutation, adding: test))
    guard !(problems + others).contains(where: { $0.severity == .error }) else { return nil }
    let changed = status(after)
    guard status(before) == .passed, changed == .failed || changed == .error else { return nil }
    return MutationReport.Proposal(test: test)
  }

  private var line: Int {
    let file = run.subject.sources[mutation.span.file]
    var start = Int(mutation.span.start)
    while start < Int(mutation.span.end), file.bytes[start] == UInt8(ascii: " ") { start += 1 }
    return file.location(of: start).line
  }

  private func status(_ subject: MutationRun.Subject) -> TestStatus? {
    let tests = subject.rulebook.tests.filter { subject.sources[$0.span.file].path == "<proposal>" }
    return tests.first.map { TestRunner.run($0, on: run.bench(subject)).status }
  }
}
