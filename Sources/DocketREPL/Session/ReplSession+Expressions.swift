/// Entries that are expressions: checked beside the rulebook, evaluated over the records, printed with their type.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension ReplSession {
  func evaluate(_ text: String) throws -> ReplStatus {
    let (body, type, sources) = try check(text)
    let engine = try engine()
    let value = evaluate(body, with: engine, sources)
    if cancellation.isRequested { return .cancelled }
    if case .error(let reference) = value {
      let error = engine.world.heap[reference]
      lastExpression = text
      if case .absent(let path) = error.kind {
        tell(
          "absent  " + dimmed(path == text ? describe(type) : "\(describe(type)), `\(path.displaySafe)` has no value"))
        return .success
      }
      show([Diagnostic(.evaluationFailed, error.message, at: Label(place(error.span, body, sources)))], sources)
      return .failed
    }
    results.add(value, type)
    lastExpression = text
    tellLong(printer(engine).text(of: value, type: type))
    return .success
  }

  /// The value of an expression, for a command.
  func value(of text: String) throws -> (value: Value, type: Type) {
    let (body, type, sources) = try check(text)
    let engine = try engine()
    let value = evaluate(body, with: engine, sources)
    if case .error(let reference) = value {
      let error = engine.world.heap[reference]
      show([Diagnostic(.evaluationFailed, error.message, at: Label(place(error.span, body, sources)))], sources)
      throw ReplFailure.told(.failed)
    }
    return (value, type)
  }

  /// Checks an expression; what is wrong with it is told.
  /// With a `failure`, that is thrown and nothing told where the text does not check.
  func check(_ text: String, expecting expected: Type? = nil, orElse failure: ReplFailure? = nil) throws
    -> (body: Body, type: Type, sources: SourceMap)
  {
    let (sources, file) = workbook.sources(with: text, of: rulebook)
    var problems = Diagnostics()
    guard let expression = Parser.parseExpression(file, &problems) else {
      if let failure { throw failure }
      show(problems.all, sources)
      throw ReplFailure.told(.rulebook)
    }
    var check = ExpressionCheck()
    check.externals = results.externals
    check.expected = expected
    let (body, type) = check.check(expression, in: checker)
    problems.append(checker.takeDiagnostics())
    if let failure, problems.hasErrors { throw failure }
    show(problems.all, sources)
    if problems.hasErrors { throw ReplFailure.told(.rulebook) }
    return (body, type, sources)
  }

  func evaluate(_ body: Body, with engine: RuleEngine, _ sources: SourceMap) -> Value {
    currentSources = sources
    let evaluator = engine.evaluator
    evaluator.addConstants(of: checker.rulebook)
    evaluator.externals = results.values
    evaluator.sourceText = { [weak self] span in
      guard let self, Int(span.file.index) < self.currentSources.files.count else { return nil }
      return self.currentSources.text(span)
    }
    return evaluator.evaluate(body)
  }

  private func place(_ span: SourceSpan?, _ body: Body, _ sources: SourceMap) -> SourceSpan {
    guard let span, Int(span.file.index) < sources.files.count else { return body.expression.span }
    return span
  }

  func describe(_ type: Type) -> String { rulebook.checked.schema.describe(type) }

  func printer(_ engine: RuleEngine) -> ResultPrinter {
    ResultPrinter(
      engine: engine, format: settings.format, rowLimit: settings.rowLimit, width: output.width(), color: output.color)
  }
}
