/// The order of a KPI's groups, in results and in reports: by value, part by part; what is absent comes last.

public import DocketRuntime

extension RuleEngine {
  public func precedes(_ a: [Value], _ b: [Value]) -> Bool {
    for (x, y) in zip(a, b) {
      switch (x.isAbsent, y.isAbsent) {
      case (true, true): continue
      case (true, false): return false
      case (false, true): return true
      case (false, false): break
      }
      let (x, y) = (sortValue(x), sortValue(y))
      if heap.orders(x, before: y) { return true }
      if heap.orders(y, before: x) { return false }
    }
    return false
  }

  private func sortValue(_ value: Value) -> Value {
    if case .entity(let reference) = value { world.key(of: reference) } else { value }
  }
}
