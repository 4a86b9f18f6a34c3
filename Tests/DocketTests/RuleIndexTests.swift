/// The index of a route's rules finds what trying the rules one by one finds: on generated rulebooks and data, with absent
/// cells, references, conditions that cannot be decided and conditions that no index answers.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import Foundation
import Testing

@Suite struct RuleIndexTests {
  private static let cases = min(
    400, max(6, (ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200) / 20))

  // MARK: - Rulebooks and data

  private static let model = """
    zone "UTC"
    enum Kind { bug, request, question, praise }
    enum Tier { standard, silver, gold }
    entity Region { key id: string  open: bool?  rank: int? }
    entity Customer { key id: string  tier: Tier?  region: Region?  seats: int  name: string }
    entity Ticket as t {
      key id: string
      kind: Kind?
      product: string?
      severity: int?
      votes: int = 3
      score: double?
      amount: int?
      created: timestamp
      day: date?
      vip: bool?
      customer: Customer?
      owner: string?
      let heavy = t.votes > 4
    }
    func known(t: Ticket): bool = has(t.product)

    """

  private func condition(_ random: inout SplitMix, depth: Int = 0) -> String {
    if depth < 2, random.chance(25) {
      let (a, b) = (condition(&random, depth: depth + 1), condition(&random, depth: depth + 1))
      return random.pick(["(\(a) and \(b))", "(\(a) or \(b))", "not (\(a))"])
    }
    let relation = random.pick(["==", "!=", "<", "<=", ">", ">="])
    let kinds = ["bug", "request", "question", "praise"]
    switch random.below(26) {
    case 0: return "t.kind == \(random.pick(kinds))"
    case 1: return "t.kind \(relation) \(random.pick(kinds))"
    case 2: return "t.kind in [\(random.pick(kinds)), \(random.pick(kinds))]"
    case 3: return "t.product == \"p\(random.below(9))\""
    case 4: return "t.product in [\"p1\", \"p\(random.below(9))\"]"
    case 5: return "t.product.startsWith(\"p\(random.below(9))\")"
    case 6: return "t.severity \(relation) \(random.below(6))"
    case 7: return "t.severity % 2 == 0"
    case 8: return "t.votes \(relation) \(random.below(7))"
    case 9: return "t.score \(relation) \(Double(random.below(50)) / 10)"
    case 10: return "t.amount \(relation) \(random.below(10_000))"
    case 11: return "\(random.below(10_000)) \(relation) t.amount"
    case 12: return "t.amount in [\(random.below(10_000)), \(random.below(10_000)), 17]"
    case 13: return "t.created \(relation) @2026-01-0\(1 + random.below(8))T12:00"
    case 14: return "t.day \(relation) @2026-01-0\(1 + random.below(8))"
    case 15: return random.pick(["t.vip", "t.vip == true", "t.vip == null", "t.vip != null and t.vip"])
    case 16: return "t.customer.tier \(relation) \(random.pick(["standard", "silver", "gold"]))"
    case 17: return "t.customer.seats \(relation) \(random.below(60))"
    case 18: return "t.customer.region.open"
    case 19: return "t.customer.region.rank \(relation) \(random.below(4))"
    case 20: return random.pick(["t.customer == null", "has(t.customer.tier)", "t.customer.region == null"])
    case 21: return "(t.severity ?? \(random.below(5))) \(relation) 2"
    case 22: return "t.amount + t.votes \(relation) \(random.below(10_000))"
    case 23: return random.pick(["t.heavy", "known(t)", "true", "false"])
    case 24: return "t.amount / t.severity > \(random.below(2_000))"
    default: return "t.customer.name.size() \(relation) \(2 + random.below(3))"
    }
  }

  private func rulebook(_ random: inout SplitMix) -> String {
    let policy = random.pick(["first", "first", "unique", "all"])
    let reads = random.chance(30) ? " and t.owner == null" : ""
    var text = Self.model
    text += "route owner for Ticket.owner as t {\n"
    if policy == "unique" { text += "  hit unique\n" }
    if random.chance(70) { text += "  where \(condition(&random))\(reads)\n" }
    for number in 0..<(1 + random.below(90)) {
      text += "  rule r\(number) {\n"
      for _ in 0..<(1 + random.below(3)) {
        text += "    \(random.chance(80) ? "when" : "unless") \(condition(&random))\n"
      }
      text +=
        "    to \(random.pick(["\"team \(number % 5)\"", "\"team \(number % 5)\"", "t.product", "t.customer.name"]))\n"
      if random.chance(20) { text += "    else next\n" }
      if random.chance(15) { text += "    because f\"{t.id} of {t.product}\"\n" }
      if random.chance(10) { text += "    notify \"desk\" f\"{t.id} to {t.owner}\"\n" }
      text += "  }\n"
    }
    text += random.chance(50) ? "  otherwise \"triage\"\n}\n" : "  otherwise nobody\n}\n"
    return text.replacing("otherwise \"triage\"", with: "otherwise to \"triage\"")
  }

  private func files(_ random: inout SplitMix, tickets: Int) -> [String: String] {
    func cell(_ percent: Int, _ text: String, _ random: inout SplitMix) -> String {
      random.chance(percent) ? text : ""
    }
    var files = ["Region.csv": "id,open,rank\n", "Customer.csv": "id,tier,region,seats,name\n"]
    for number in 0..<4 {
      files["Region.csv"]! +=
        "g\(number),\(cell(70, random.pick(["true", "false"]), &random)),\(cell(70, "\(random.below(4))", &random))\n"
    }
    for number in 0..<30 {
      files["Customer.csv"]! +=
        "c\(number),\(cell(80, random.pick(["standard", "silver", "gold"]), &random))"
        + ",\(cell(80, "g\(random.below(4))", &random)),\(random.below(60)),n\(number)\n"
    }
    var text = "id,kind,product,severity,votes,score,amount,created,day,vip,customer,owner\n"
    for number in 0..<tickets {
      text += "t\(number),\(cell(90, random.pick(["bug", "request", "question", "praise"]), &random))"
      text += ",\(cell(85, "p\(random.below(12))", &random)),\(cell(90, "\(random.below(6))", &random))"
      text += ",\(cell(70, "\(random.below(7))", &random)),\(cell(85, "\(Double(random.below(50)) / 10)", &random))"
      text += ",\(cell(95, "\(random.below(10_000))", &random))"
      text += ",2026-01-0\(1 + random.below(8))T\(10 + random.below(14)):\(10 + random.below(50))"
      text += ",\(cell(80, "2026-01-0\(1 + random.below(8))", &random))"
      text += ",\(cell(60, random.pick(["true", "false"]), &random)),\(cell(90, "c\(random.below(30))", &random))"
      text += ",\(cell(30, "someone", &random))\n"
    }
    files["Ticket.csv"] = text
    return files
  }

  // MARK: - Comparing

  private func session(_ rules: String, _ files: [String: String]) throws -> Session? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    try Data(rules.utf8).write(to: folder.appendingPathComponent("rules.docket"))
    let rulebook = Rulebook.load(folder.path)
    guard !rulebook.diagnostics.hasErrors else {
      Issue.record("\(rulebook.diagnostics.all.filter { $0.severity == .error }.map(\.message))")
      return nil
    }
    return try Session.open(rulebook, Session.Options(data: folder.path, at: "2026-01-20T10:00:00Z"))
  }

  private func text(_ decision: Decision, _ engine: RuleEngine) -> String {
    let to = decision.to.map { engine.machine.scalar($0) }
    let undecided = decision.undecided.map { "\($0.rule): \($0.cause)" }
    let effects = decision.effects.map { "\($0.id) \($0.to ?? "—") \($0.text)" }
    return "\(engine.keyText(decision.item)) \(decision.status) \(to) by \(decision.rule ?? "—") "
      + "because \(decision.because ?? "—") matched \(decision.matchedRules) undecided \(undecided) effects \(effects)"
  }

  /// Whether several items shared an outcome, which only those of an index do.
  private func compare(seed: UInt64, tickets: Int) throws -> Bool {
    var random = SplitMix(state: seed)
    let rules = rulebook(&random)
    return try compare(rules, files(&random, tickets: tickets), "seed \(seed)")
  }

  private func compare(_ rules: String, _ files: [String: String], _ name: String) throws -> Bool {
    guard let session = try session(rules, files) else { return false }
    let fast = session.engine
    let made = fast.decisions(route: 0)
    let slow = RuleEngine(
      rulebook: fast.rulebook, world: fast.world, instant: fast.instant, sources: session.rulebook.sources)
    slow.observe = { _ in }
    let expected = slow.decisions(route: 0)
    try #require(made.count == expected.count)
    for place in made.indices {
      let (a, b) = (text(made[place], fast), text(expected[place], fast))
      if a != b {
        Issue.record("\(name)\n\(rules)\nindex: \(a)\ntried: \(b)")
        return false
      }
    }
    let grouped = made.grouped
    #expect(grouped.reduce(0) { $0 + $1.count } == made.count)
    var counts: [String: Int] = [:]
    for decision in made { counts["\(decision.status) \(decision.rule ?? "")", default: 0] += 1 }
    for (decision, count) in grouped { counts["\(decision.status) \(decision.rule ?? "")", default: 0] -= count }
    #expect(counts.values.allSatisfy { $0 == 0 })
    return grouped.count < made.count
  }

  @Test func theIndexDecidesAsTryingTheRulesDoes() throws {
    let shared = try (1...UInt64(Self.cases)).count { try compare(seed: $0, tickets: 300 + Int($0 % 7) * 300) }
    #expect(shared * 2 > Self.cases)
  }

  /// More different values than a dictionary takes.
  @Test func manyValuesAreToldApartByTheLimitsOfTheRules() throws {
    let seeds = 1_001...UInt64(1_000 + max(2, Self.cases / 10))
    #expect(try seeds.count { try compare(seed: $0, tickets: 9_000) } > 0)
  }

  /// Too many questions about too many values to ask each of each.
  @Test func aRuleForEachOfManyNames() throws {
    var rules = "zone \"UTC\"\nentity Ticket as t { key id: string  name: string  team: string? }\n"
    rules += "route team for Ticket.team as t {\n"
    for number in 0..<700 { rules += "  rule r\(number) { when t.name == \"n\(number * 3)\" to \"t\(number % 4)\" }\n" }
    rules += "  otherwise to \"desk\"\n}\n"
    var file = "id,name,team\n"
    for number in 0..<3_400 { file += "\(number),n\(number * 7 % 3_400),\n" }
    #expect(try compare(rules, ["Ticket.csv": file], "names"))
  }
}
