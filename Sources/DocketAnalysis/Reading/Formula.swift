/// A condition over the variables of a space, with three outcomes: true, false, undecided.

indirect enum Formula {
  case truth(Bool)
  /// Never decided.
  case undecided
  /// `whenNothing` is the outcome where the variable is absent; `nil` is undecided.
  case test(Int, Predicate, whenNothing: Bool?)
  case not(Formula)
  /// CEL's `&&`: a false part decides, even beside an undecided one.
  case all([Formula])
  case any([Formula])
  /// The outcome of the case whose guard is true; guards exclude each other. Undecided where none is true.
  case cases([(guard: Formula, body: Formula)])
  /// True where the other is true, else false: what questions for absence ask.
  case certainly(Formula)
}

extension Space {
  /// Where a formula has an outcome.
  func region(_ formula: Formula, is outcome: Bool) throws(TooComplex) -> [Box] {
    switch formula {
    case .truth(let bit): return bit == outcome ? [.everything] : []
    case .undecided: return []
    case .test(let index, let predicate, let whenNothing):
      let variable = variables[index]
      let holds = variable.cells(predicate)
      var cells = outcome ? holds : variable.values.subtracting(holds)
      if whenNothing == outcome { cells = cells.union(CellSet(cell: 0)) }
      cells = cells.intersection(variable.all)
      if cells.isEmpty { return [] }
      return cells == variable.all ? [.everything] : [Box(index, cells)]
    case .not(let inner): return try region(inner, is: !outcome)
    case .all(let parts), .any(let parts):
      var isConjunction = true
      if case .any = formula { isConjunction = false }
      // All parts of a conjunction are true, or one is false.
      if isConjunction == outcome {
        var result = [Box.everything]
        for part in parts {
          result = try intersection(result, try region(part, is: outcome))
          if result.isEmpty { break }
        }
        return result
      }
      var result: [Box] = []
      for part in parts { result = try union(result, try region(part, is: outcome)) }
      return result
    case .cases(let cases):
      var result: [Box] = []
      for (condition, body) in cases {
        let here = try region(body, is: outcome)
        if here.isEmpty { continue }
        result = try union(result, try intersection(try region(condition, is: true), here))
      }
      return result
    case .certainly(let inner):
      let holds = try region(inner, is: true)
      return outcome ? holds : try complement(holds)
    }
  }
}
