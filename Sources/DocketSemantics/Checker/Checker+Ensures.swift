/// Invariants: what must hold for every combination of records and enum cases.

import DocketDiagnostics
import DocketSyntax

extension Checker {
  func checkEnsures() {
    rulebook.ensures = ensureDeclarations.enumerated().compactMap { index, declared in
      within(.ensure(index)) { checkEnsure(declared) }
    }
  }

  private func checkEnsure(_ declared: EnsureDeclaration) -> CheckedEnsure? {
    let body = BodyChecker(checker: self)
    var domains: [CheckedEnsure.Domain] = []
    for domain in declared.domains {
      switch binding(domain.type.text) {
      case .entity(let id)?:
        domains.append(.init(name: domain.variable.text, kind: .entity(id)))
        body.declare(domain.variable.text, type: .entity(id), span: domain.variable.span)
      case .enumeration(let id)?:
        domains.append(.init(name: domain.variable.text, kind: .enumeration(id)))
        body.declare(domain.variable.text, type: .enumeration(id), span: domain.variable.span)
      default:
        report(
          .unknownType(domain.type.text, candidates: entityNames + schema.enums.filter { $0.span != nil }.map(\.name)),
          at: domain.type.span)
        return nil
      }
    }
    let filter = declared.filter.map { body.checkCondition($0, for: "`where`") }
    if let filter { body.facts.formUnion(body.implied(by: filter, when: true)) }
    let during = declared.during.map { body.check($0, as: .duration, for: "`during next`") }
    guard let expectation = declared.expectation else { return nil }
    let checked = body.checkCondition(expectation, for: "`expect`")
    let because = declared.because.map { body.check($0, as: .string, for: "`because`") }
    return CheckedEnsure(
      name: declared.name.text, titles: declared.titles.map(\.value), domains: domains, filter: filter, during: during,
      expectation: checked, because: because, slotCount: body.slotCount, span: declared.name.span)
  }
}
