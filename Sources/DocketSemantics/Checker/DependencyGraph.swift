/// Which declarations read which, so that a cycle, which would never end, is an error.

import DocketDiagnostics

struct DependencyGraph {
  enum Node: Hashable {
    case function(Int)
    case table(Int)
    case constant(Int)
    case derived(FieldReference)
    case view(EntityID)
    case kpi(Int)
    case ensure(Int)
    case sla(Int)
    /// The run of a route over all its items.
    case route(Int)
    /// What a route decides for one item that is asked about alone.
    case routedItem(Int)
  }

  private var edges: [Node: [(target: Node, span: SourceSpan)]] = [:]
  private var order: [Node] = []

  mutating func add(from node: Node, to target: Node, at span: SourceSpan) {
    if edges[node] == nil { order.append(node) }
    edges[node, default: []].append((target, span))
  }

  /// Each cycle: its nodes, every one with the place where it reads the next, the last one the first. Found without recursion,
  /// in the order of the declarations.
  func cycles() -> [[(node: Node, span: SourceSpan)]] {
    var state: [Node: Int] = [:]  // 1 on the path, 2 done
    var found: [[(Node, SourceSpan)]] = []
    for root in order where state[root] == nil {
      var path: [(node: Node, next: Int)] = [(root, 0)]
      state[root] = 1
      while let (node, next) = path.last {
        let targets = edges[node] ?? []
        guard next < targets.count else {
          state[node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let (target, span) = targets[next]
        if state[target] == 1 {
          let start = path.firstIndex { $0.node == target } ?? 0
          found.append(path[start...].map { ($0.node, edges[$0.node]?[$0.next - 1].span ?? span) })
        } else if state[target] == nil {
          state[target] = 1
          path.append((target, 0))
        }
      }
    }
    return found
  }
}
