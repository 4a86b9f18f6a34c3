/// What a test evaluates: the places of all nodes, and of everything that it calls. A change elsewhere cannot be noticed by it.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

final class ReachRecorder {
  private let bench: TestBench
  private var spans: Set<SourceSpan> = []
  private let letReach: [Set<SourceSpan>]

  init(_ bench: TestBench) {
    self.bench = bench
    letReach = bench.rulebook.lets.indices.map { Self.reach(ofLet: $0, bench.rulebook) }
    bench.evaluator.observe = { [unowned self] expression, _ in note(expression) }
  }

  deinit { bench.evaluator.observe = nil }

  /// What was evaluated since the last time.
  func take() -> Set<SourceSpan> {
    defer { spans = [] }
    return spans
  }

  private func note(_ expression: CheckedExpression) {
    spans.insert(expression.span)
    if case .letValue(let index) = expression.kind {
      spans.formUnion(letReach[index])
    } else if let span = expression.declaration(bench.rulebook) {
      spans.insert(span)
    }
  }

  /// Values are computed before any test runs, so what they read is found in the tree.
  private static func reach(ofLet index: Int, _ rulebook: CheckedRulebook) -> Set<SourceSpan> {
    var spans: Set<SourceSpan> = []
    var open = [(rulebook.lets[index].span, [rulebook.lets[index].body.expression])]
    while let (span, roots) = open.popLast() {
      guard spans.insert(span).inserted else { continue }
      var nodes = roots
      while let node = nodes.popLast() {
        nodes += node.children
        switch node.kind {
        case .letValue(let other): open.append((rulebook.lets[other].span, [rulebook.lets[other].body.expression]))
        case .function(let other, _):
          open.append((rulebook.functions[other].span, [rulebook.functions[other].body.expression]))
        case .table(let other, _): open.append((rulebook.tables[other].span, rulebook.tables[other].rows.map(\.result)))
        default: if let span = node.declaration(rulebook) { spans.insert(span) }
        }
      }
    }
    return spans
  }
}

extension CheckedExpression {
  /// The declaration that is called or read by its name.
  fileprivate func declaration(_ rulebook: CheckedRulebook) -> SourceSpan? {
    switch kind {
    case .letValue(let index): rulebook.lets[index].span
    case .function(let index, _): rulebook.functions[index].span
    case .table(let index, _): rulebook.tables[index].span
    case .calendar(let index): rulebook.calendars[index].span
    case .route(let index, _), .decisions(let index): rulebook.routes[index].span
    case .sla(let index, _): rulebook.slas[index].span
    case .kpi(let index), .cells(let index), .siblingMeasure(let index): rulebook.kpis[index].span
    case .findings(let index): rulebook.ensures[index].span
    default: nil
    }
  }
}

extension SourceSpan {
  func contains(_ other: SourceSpan) -> Bool { file == other.file && start <= other.start && other.end <= end }
}
