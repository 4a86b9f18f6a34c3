/// `:at`, `:set`, `:unset`, `:diff`, `:undo`, `:reset`: what if it were otherwise.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

/// A field of a record that is taken to be another for the time being. The data stays as it was read.
struct Assumption {
  var field: FieldReference
  var record: Int
  var value: Value
  /// `Incident["INC0000045"].priority`
  var name: String
  /// The value in words.
  var text: String
}

extension ReplSession {
  // MARK: - The clock

  func moveClock(_ argument: String) throws -> ReplStatus {
    let engine = try engine()
    if argument.isEmpty {
      tell(instantText(engine.instant))
      return .success
    }
    let instant: Instant
    if argument == "data" {
      guard let newest = engine.world.newestInstant else {
        throw ReplFailure.usage("the data does not say when it is from")
      }
      instant = newest
    } else if argument == "now" || argument == "real" {
      instant = RealClock.now
    } else if argument.hasPrefix("+") || argument.hasPrefix("-") {
      guard case .success(let step) = TimeDuration.parseLiteral(argument.dropFirst()),
        let moved = argument.hasPrefix("+") ? engine.instant.adding(step) : engine.instant.subtracting(step)
      else { throw ReplFailure.usage("`\(argument)` is no step of time: write `+2h` or `-30m`") }
      instant = moved
    } else {
      guard let found = Session.instant(argument, zone: rulebook.checked.zone) else {
        throw ReplFailure.usage("`\(argument)` is no instant: write `2026-10-09T20:50`, `+2h` or `data`")
      }
      instant = found
    }
    engine.restart(at: instant)
    clockText = instant.rfc3339()
    results.removeAll()
    tell("it is \(instantText(instant))")
    return .success
  }

  // MARK: - Assumptions

  func assume(_ argument: String) throws -> ReplStatus {
    let (word, rest) = argument.firstWord
    if word == "rows", let count = Int(rest), count > 0 {
      settings.rowLimit = count
      tell("\(plural(count, "row")) of a table are shown")
      return .success
    }
    guard !argument.isEmpty else {
      if assumptions.isEmpty { tell("nothing is assumed; \(settings.rowLimit) rows of a table are shown") }
      for assumption in assumptions { tell("\(assumption.name) = \(assumption.text)") }
      return .success
    }
    guard let (target, valueText) = splitAssignment(argument), let dot = target.lastIndex(of: ".") else {
      throw ReplFailure.usage("write `:set ITEM.FIELD = VALUE`, such as `:set it.priority = critical`")
    }
    let itemText = String(target[..<dot]).trimmed
    let fieldName = String(target[target.index(after: dot)...]).trimmed
    let engine = try engine()
    let (item, _) = try value(of: itemText)
    guard case .entity(let reference) = item else { throw ReplFailure.usage("`\(itemText)` is no record") }
    let entity = EntityID(index: Int(reference.entity))
    let type = rulebook.checked.schema[entity]
    guard let index = type.index(of: fieldName) else {
      let hint =
        suggest(fieldName, among: type.fields.filter(\.isStored).map(\.name), habits: false).map { ": \($0.helpText)" }
        ?? ""
      throw ReplFailure.usage("`\(type.name)` has no field `\(fieldName)`\(hint)")
    }
    let field = type.fields[index]
    guard field.isStored else { throw ReplFailure.usage("`\(fieldName)` is computed: set what it is computed from") }
    if case .key = field.kind { throw ReplFailure.usage("the key of a record cannot be another") }
    let new = try assumedValue(valueText, for: field, engine)
    let assumption = Assumption(
      field: FieldReference(entity: entity, index: index), record: engine.world.record(of: reference), value: new,
      name: "\(type.name)[\"\(engine.keyText(reference))\"].\(fieldName)", text: ValueText(engine).answer(new))
    noteUndo("the assumption on \(assumption.name)")
    let before = ValueText(engine).answer(engine.world.storedField(index, of: reference, at: engine.instant))
    assumptions.removeAll { $0.field == assumption.field && $0.record == assumption.record }
    assumptions.append(assumption)
    settleAssumptions()
    tell(
      "\(assumption.name) is taken to be \(strong(assumption.text)) "
        + dimmed("(was \(before)); `:unset` takes it back"))
    return .success
  }

  func dropAssumption(_ argument: String) throws -> ReplStatus {
    guard !assumptions.isEmpty else {
      tell("nothing is assumed")
      return .success
    }
    let count = assumptions.count
    let before = assumptions
    if argument.isEmpty {
      assumptions = []
    } else {
      assumptions.removeAll {
        $0.name == argument || $0.name.hasSuffix("." + (argument.split(separator: ".").last ?? ""))
      }
    }
    guard assumptions.count < count else { throw ReplFailure.usage("nothing is assumed of `\(argument)`, see `:set`") }
    let dropped = assumptions
    assumptions = before
    noteUndo("`:unset`")
    assumptions = dropped
    settleAssumptions()
    tell("\(plural(count - assumptions.count, "assumption")) taken back")
    return .success
  }

  private func noteUndo(_ what: String) {
    undoSteps.append(
      UndoStep(
        workbook: workbook, rulebook: rulebook, checker: checker, loaded: loaded, assumptions: assumptions, what: what))
  }

  private func splitAssignment(_ text: String) -> (target: String, value: String)? {
    var sources = SourceMap()
    var ignored = Diagnostics()
    let file = sources.add(path: "", text: text)
    let tokens = Lexer.lex(file, &ignored).tokens
    guard let assign = tokens.first(where: { $0.kind == .assign }) else { return nil }
    let left = file.text(SourceSpan(file: file.id, start: 0, end: Int(assign.start))).trimmed
    let right = file.text(SourceSpan(file: file.id, start: Int(assign.end), end: file.bytes.count)).trimmed
    return left.isEmpty || right.isEmpty ? nil : (left, right)
  }

  private func assumedValue(_ text: String, for field: Field, _ engine: RuleEngine) throws -> Value {
    if text == "null" || text == "absent" {
      guard field.isOptional else { throw ReplFailure.usage("`\(field.name)` is always there: it is not declared `?`") }
      return .absent
    }
    let (body, type, sources) = try check(text, expecting: field.type)
    let value = evaluate(body, with: engine, sources)
    switch (value, field.type) {
    case (.error(let reference), _):
      throw ReplFailure(status: .failed, message: engine.world.heap[reference].message)
    case (.string, .entity(let target)):
      guard let record = engine.world.table(target)?.record(key: value) else {
        throw ReplFailure.usage("there is no \(rulebook.checked.schema[target].name) \(text)")
      }
      return engine.world.entity(target, record: record, at: engine.instant)
    case (.int(let number), .double): return .double(Double(number))
    default:
      let isEntity =
        if case (.entity(let a), .entity(let b)) = (type, field.type) {
          rulebook.checked.schema.base(of: a) == rulebook.checked.schema.base(of: b)
        } else { false }
      guard type == field.type || isEntity || type == .list(.dyn) else {
        throw ReplFailure.usage(
          "`\(field.name)` is \(describe(field.type).withArticle), not \(describe(type).withArticle)")
      }
      return value
    }
  }

  /// What was decided before no longer holds.
  func settleAssumptions() {
    applyAssumptions()
    loaded?.engine.restart(at: loaded?.engine.instant ?? .maximum)
  }

  func applyAssumptions() {
    guard let world = loaded?.engine.world else { return }
    world.clearOverlay()
    for assumption in assumptions { world.override(assumption.field, of: assumption.record, with: assumption.value) }
    world.keepOverlay()
  }

  // MARK: - Definitions

  /// What the definitions and assumptions of this session change over the data, or what the last definition does.
  func showDifference(_ argument: String) throws -> ReplStatus {
    let engine = try engine()
    let earlier: Workbook
    switch argument {
    case "": earlier = baseline
    case "last":
      guard let step = undoSteps.last(where: { $0.workbook.sources.files.count != workbook.sources.files.count }) else {
        tell("nothing was defined")
        return .success
      }
      earlier = step.workbook
    default:
      throw ReplFailure.usage(
        "`:diff` compares with what was loaded, `:diff last` with what was before the last definition")
    }
    let isDefined = earlier.sources.files.count != workbook.sources.files.count
    guard isDefined || !assumptions.isEmpty else {
      tell("nothing was defined or assumed since the rulebook was loaded")
      return .success
    }
    let (old, _) = earlier.check()
    let before: RuleEngine
    if SchemaLayout.isSame(old.checked.schema, rulebook.checked.schema) {
      before = makeEngine(rulebook: old.checked, sources: old.sources, like: engine)
    } else {
      guard let session = try? Session.open(old, .init(data: dataFolder, at: engine.instant.rfc3339())) else {
        throw ReplFailure(status: .data, message: "the data cannot be read with the rulebook as it was")
      }
      before = makeEngine(rulebook: old.checked, sources: old.sources, like: session.engine)
    }
    if argument.isEmpty, !assumptions.isEmpty {
      // As it was: each run is remembered once it has been made.
      before.world.clearOverlay()
      before.runAll()
      applyAssumptions()
      engine.restart(at: engine.instant)
    }
    let impact = ChangeImpact.between(before, engine)
    guard !cancellation.isRequested else { return .cancelled }
    tellLong(ChangeImpactReport(impact, width: output.width(), color: output.color).render())
    return .success
  }

  func undo() throws -> ReplStatus {
    guard let step = undoSteps.popLast() else {
      tell("there is nothing to take back")
      return .success
    }
    restore(step)
    loaded?.engine.restart(at: loaded?.engine.instant ?? .maximum)
    tell("took back \(step.what)")
    return .success
  }

  func reset() throws -> ReplStatus {
    let typed = workbook.typed.count
    let (rulebook, checker) = baseline.check()
    let keepsData = SchemaLayout.isSame(rulebook.checked.schema, self.rulebook.checked.schema)
    (workbook, self.rulebook, self.checker) = (baseline, rulebook, checker)
    (undoSteps, assumptions) = ([], [])
    results.removeAll()
    if let session = loaded {
      if keepsData {
        loaded = session.with(rulebook)
        renewEngine()
      } else {
        loaded = nil
        try readData()
      }
    }
    tell("forgot \(plural(typed, "declaration")), and all answers")
    return .success
  }
}

/// When it really is.
enum RealClock {
  static var now: Instant {
    Instant(seconds: Int64(SystemTime.seconds)) ?? .maximum
  }
}
