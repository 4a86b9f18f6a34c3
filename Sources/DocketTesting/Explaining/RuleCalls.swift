/// Which rules an expression called, so that a failure can say why they decided as they did.

import DocketRuntime

final class RuleCalls {
  enum Rule: Hashable {
    case route(Int)
    case sla(Int)
    case kpi(Int)
    case ensure(Int)
  }
  struct Call: Hashable {
    var rule: Rule
    /// `nil` for a measure and an invariant.
    var item: EntityReference?
  }

  /// A question about many records calls many rules; a few of them explain it.
  private static let limit = 4
  private(set) var noted: [Call] = []
  private var isNoting = false

  func start() {
    noted = []
    isNoting = true
  }

  func stop() { isNoting = false }

  /// Leaves out what is called meanwhile.
  func ignoring<Result>(_ body: () -> Result) -> Result {
    let before = isNoting
    isNoting = false
    defer { isNoting = before }
    return body()
  }

  func note(_ rule: Rule, _ item: Value?) {
    guard isNoting, noted.count < RuleCalls.limit else { return }
    var call = Call(rule: rule)
    if case .entity(let reference)? = item { call.item = reference }
    if !noted.contains(call) { noted.append(call) }
  }
}
