/// In which order routes run: one that reads what another decides comes after it, and sees what it decided.
///
/// A route asked about one item decides that item alone and runs no other; so it may be asked by a route that it reads. A
/// circle of runs, or of items that ask each other, would never end and is an error.

import DocketDiagnostics

extension Checker {
  func orderRoutes() {
    let routes = rulebook.routes
    guard !routes.isEmpty else { return }
    var decisions: [RouteReads] = []
    var texts: [RouteReads] = []
    for route in routes {
      var decision = RouteReads(rulebook, of: route)
      decision.addDecision(of: route)
      decisions.append(decision)
      var text = RouteReads(rulebook, of: route)
      text.addTexts(of: route)
      texts.append(text)
    }
    var read = routes.indices.map { dependencies(of: $0, decisions[$0], decisions) }
    for index in routes.indices {
      for (other, span) in sorted(read[index]) { dependencies.add(from: .route(index), to: .route(other), at: span) }
      for reads in [decisions[index], texts[index]] {
        for (other, span) in sorted(reads.called) {
          for node in [DependencyGraph.Node.route(index), .routedItem(index)] {
            dependencies.add(from: node, to: .routedItem(other), at: span)
          }
        }
        for (other, span) in sorted(reads.run) {
          for node in [DependencyGraph.Node.route(index), .routedItem(index)] {
            dependencies.add(from: node, to: .route(other), at: span)
          }
        }
      }
    }
    // What only texts read makes nobody wait in a circle.
    for index in routes.indices {
      for (other, span) in sorted(dependencies(of: index, texts[index], decisions))
      where read[index][other] == nil && !reaches(other, index, read) { read[index][other] = span }
    }
    for index in routes.indices {
      rulebook.routes[index].dependencies = inOrder(index, read)
      rulebook.routes[index].isFold = isFold(routes[index], decisions[index], texts[index])
    }
  }

  /// Whether a route sees what it decided for the items before. Its own item's field, read in the route itself, is not decided yet.
  private func isFold(_ route: CheckedRoute, _ decision: RouteReads, _ text: RouteReads) -> Bool {
    for reads in [decision, text] where reads.readsOwnOfOthers || !reads.called.isEmpty { return true }
    return (route.rules.flatMap(\.targets) + route.otherwise).contains { target in
      guard case .candidate(let candidate) = target.kind else { return false }
      return candidate.picks.contains { if case .roundRobin = $0 { true } else { false } }
    }
  }

  /// The routes whose fields a route reads, itself or through the routes that it asks about an item. Asked, a route looks at
  /// its own field to see whether there is anything to decide: that is no reading of what it decides.
  private func dependencies(of index: Int, _ own: RouteReads, _ decisions: [RouteReads]) -> [Int: SourceSpan] {
    var fields = own.fields
    var asked: Set<Int> = [index]
    var waiting = sorted(own.called)
    while let (other, span) = waiting.popLast() {
      guard asked.insert(other).inserted else { continue }
      for field in decisions[other].fields.keys where field != rulebook.routes[other].field && fields[field] == nil {
        fields[field] = span
      }
      waiting += sorted(decisions[other].called).map { ($0.route, span) }
    }
    var found: [Int: SourceSpan] = [:]
    for (other, route) in rulebook.routes.enumerated() where route.field != rulebook.routes[index].field {
      if let span = fields[route.field] { found[other] = span }
    }
    return found
  }

  private func sorted(_ routes: [Int: SourceSpan]) -> [(route: Int, span: SourceSpan)] {
    routes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func reaches(_ start: Int, _ end: Int, _ read: [[Int: SourceSpan]]) -> Bool {
    start == end || inOrder(start, read).contains(end)
  }

  /// All that a route depends on, each after what it depends on itself.
  private func inOrder(_ index: Int, _ read: [[Int: SourceSpan]]) -> [Int] {
    var seen: Set<Int> = [index]
    var found: [Int] = []
    var path = [(route: index, rest: read[index].keys.sorted(by: >))]
    while let next = path.last?.rest.last {
      path[path.count - 1].rest.removeLast()
      if seen.insert(next).inserted { path.append((next, read[next].keys.sorted(by: >))) }
      while path.count > 1, let last = path.last, last.rest.isEmpty {
        found.append(last.route)
        path.removeLast()
      }
    }
    return found
  }
}
