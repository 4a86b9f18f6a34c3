/// Measures by columns are those of one row after the other: the same cells in the same order, the same counts, causes and
/// digits, for any number of threads. Held on generated KPIs over generated records, versions, clocks and decisions.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Foundation
import Testing

@Suite struct MeasureColumnsTests {
  private static let cases = min(
    400, max(8, (ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200) / 20))

  // MARK: - Rules

  private static let model = """
    zone "America/New_York"
    enum Tier { bronze, silver, gold }
    enum Status { open, waiting, solved }
    entity Country { key code: string  region: string?  size: int }
    entity Customer { key id: int  tier: Tier?  country: Country?  since: timestamp? }
    entity Ticket as t {
      key id: string
      product: string?
      status: Status
      customer: Customer?
      opened: timestamp
      solved: timestamp?
      due: date?
      severity: int
      score: double?
      effort: duration?
      reopened: bool?
      logged: timestamp?
      votes: int = 2
      let wait = t.solved - t.opened
      let is_late = t.wait > 20h
      let weight = t.score * 2.0
    }
    source Ticket from "Ticket.csv" as row {
      version    row.changed
      backfilled solved
    }
    entity Severe = Ticket as t where t.severity >= 3 and t.product != "c"
    let limit = 3
    table grade(severity: int, status: Status): string {
      severity | status  | result
      1..2     | _       | "low"
      _        | solved  | "done"
      3..4     | _       | "high"
    }
    func is_big(c: Customer): bool = c.tier == gold or c.id % 3 == 0
    sla answer for Ticket as t {
      start  at t.opened
      stop   at t.solved
      target 30h
    }
    route product for Ticket.product as t {
      where t.product == null
      rule gold { when t.customer.tier == gold  to "a" }
      rule severe { when t.severity / (t.votes - 2) > 0  to "b" }
      otherwise to "c"
    }

    """

  private struct KPIText {
    var random: SplitMix

    mutating func condition(_ depth: Int = 2) -> String {
      if depth > 0, random.below(2) == 0 {
        let (a, b) = (condition(depth - 1), condition(depth - 1))
        return random.pick(["(\(a) and \(b))", "(\(a) or \(b))", "not (\(a))"])
      }
      let n = random.below(6)
      return random.pick([
        "t.severity >= \(n)", "t.severity == limit", "t.severity in [1, 3, \(n)]", "t.score > \(n).5", "t.score != 3.0",
        "t.product == \"a\"", "t.product in [\"a\", \"c\"]", "has(t.product)", "t.customer != null",
        "t.customer.tier == gold", "t.customer.tier >= silver", "t.customer.country.region == \"eu\"",
        "has(t.customer.country)", "t.solved != null", "t.solved - t.opened > \(n)h", "t.effort > \(n)h",
        "t.reopened", "not t.reopened", "t.reopened == true", "t.is_late", "t.votes > \(n)", "t.status == open",
        "t.status != solved", "t.opened < @2026-02-1\(n)T00:00", "t.solved > t.opened + 5h", "t.due < @2026-02-15",
        "t.severity * 3 > t.votes + \(n)", "t.severity % 2 == 0", "t.severity / (t.votes - 2) > 0",
        "t.product.startsWith(\"a\")", "t.product.contains(\"b\")", "t.product.upperAscii() == \"A\"",
        "is_big(t.customer)", "grade(t.severity, t.status) == \"high\"", "(t.score ?? 0.0) >= 2.0",
        "(t.product ?? \"none\") == \"none\"", "t.weight > \(n).0", "t.history.size() > 1", "now - t.opened > 20d",
        "t.customer.since < t.opened", "t.customer == Customer[3]", "double(t.severity) > t.score",
        "(t.severity > 2 ? t.reopened : t.is_late)", "t.customer.id == t.severity", "t.product.matches(\"^[ab]$\")",
      ])
    }

    mutating func amount() -> String {
      random.pick([
        "t.severity", "t.score", "t.weight", "t.solved - t.opened", "t.effort", "t.votes", "t.severity * t.votes",
        "t.severity / (t.votes - 2)", "t.score / (t.score - 3.0)", "t.effort / 1h", "t.wait", "t.score * t.score - 1.5",
        "t.customer.country.size", "double(t.severity) / 3.0", "t.severity * 4611686018427387904",
        "t.opened - t.solved",
        "(t.solved - t.opened) / t.effort", "t.logged - t.opened", "t.product.size()", "t.effort * t.severity",
        "-t.score",
        "(t.severity > 2 ? t.score : 1.0)", "t.score * 1e300 * 1e10",
      ])
    }

    mutating func aggregate() -> String {
      switch random.below(10) {
      case 0: return "count()"
      case 1: return "count(\(condition(1)))"
      case 2, 3: return "ratio(\(condition(1)))"
      case 4:
        return
          "count_distinct(\(random.pick(["t.product", "t.customer", "t.severity", "t.due", "t.score", "t.opened", "t.logged", "t.product.upperAscii()", "t.reopened"])))"
      case 5: return "percentile(\(amount()), \(random.pick(["90", "50", "12.5", "0", "100"])))"
      default: return "\(random.pick(["sum", "mean", "min", "max", "median", "gini"]))(\(amount()))"
      }
    }

    mutating func key() -> String {
      random.pick([
        "t.product as g", "t.customer.tier as g", "t.customer.country as g", "t.status as g", "t.severity as g",
        "t.due as g", "t.reopened as g", "t.customer as g", "t.customer.country.region as g", "t.is_late as g",
        "every Country as g on t.customer.country", "grade(t.severity, t.status) as g",
        "t.severity / (t.votes - 2) as g",
        "t.product.upperAscii() as g", "t.severity > 2 as g", "t.score as g", "t.opened as g", "t.logged as g",
        "t.effort as g",
        "f\"{t.product}-{t.severity}\" as g",
      ])
    }

    mutating func text(_ name: String) -> String {
      let entity = random.pick(["Ticket", "Ticket", "Ticket", "Severe"])
      var text = "kpi \(name) over \(entity) as t {\n"
      if random.below(2) == 0 { text += "  where \(condition())\n" }
      if random.below(4) == 0 { text += "  settled when \(condition(1))\n" }
      switch random.below(5) {
      case 0, 1, 2:
        text +=
          "  every \(random.pick(["day", "week", "month", "quarter", "year"])) of \(random.pick(["t.opened", "t.solved", "t.customer.since", "t.opened + 3h", "t.logged"]))\n"
      case 3:
        text +=
          "  last \(random.pick(["20d", "300h", "limit * 10d"])) of \(random.pick(["t.opened", "t.solved", "t.logged"]))\n"
      default: break
      }
      let first = key()
      switch random.below(3) {
      case 0: text += "  by \(first)\n"
      case 1: text += "  by \(first), \(key().replacingOccurrences(of: "as g", with: "as h"))\n"
      default: break
      }
      var aggregates = [aggregate()]
      while random.below(3) == 0 { aggregates.append(aggregate()) }
      text += "  value \(aggregates.joined(separator: " + "))\n"
      text += "  absent \(random.pick(["skip", "skip", "fail", "no"]))\n"
      if random.below(2) == 0 { text += "  target >= 3\n  at least 2 rows\n" }
      return text + "}\n"
    }
  }

  private static let overResults = """
    kpi met over answer as c { every week of c.item.opened  by c.item.product as g  absent skip  value ratio(c.met) }
    kpi elapsed over answer as c { by c.item.customer.tier as g  where c.status != not_started  absent skip  value mean(c.elapsed) }
    kpi longest over answer as c { by c.status as g  absent skip  value max(c.wall_elapsed) + percentile(c.elapsed, 75) }
    kpi remaining over answer as c { where c.stopped  settled when c.met != null  absent fail  value min(c.remaining) }
    kpi causes over answer as c { by c.cause as g  value count() }
    kpi agrees over product as d { by d.rule as g  absent no  value ratio(d.to == d.item.product) }
    kpi decided over product as d { every month of d.item.opened  by d.status as g, d.item.customer as h  value count() }
    kpi why over product as d { where d.undecided.size() == 0  value count(d.item.severity > 2) }

    """

  // MARK: - Records

  private static func files(_ random: inout SplitMix, rows: Int) -> [String: String] {
    var countries = "code,region,size\n"
    for (number, code) in ["at", "br", "ch", "de"].enumerated() {
      countries += "\(code),\(number == 1 ? "" : number < 2 ? "eu" : "other"),\(number * 5)\n"
    }
    var customers = "id,tier,country,since\n"
    for id in 0..<12 {
      customers +=
        "\(id),\(random.pick(["", "bronze", "silver", "gold"])),\(random.pick(["", "at", "br", "ch"])),\(random.pick(["", "2026-01-0\(1 + random.below(9))T00:00:00Z"]))\n"
    }
    func time(_ minutes: Int) -> String {
      let hours = minutes / 60
      return String(
        format: "2026-%02d-%02dT%02d:%02d:00Z", 1 + hours / 24 / 28, 1 + hours / 24 % 28, hours % 24, minutes % 60)
    }
    var tickets = "id,product,status,customer,opened,solved,due,severity,score,effort,reopened,logged,votes,changed\n"
    for id in 0..<rows {
      let opened = random.below(90 * 24 * 60)
      let solved = random.below(3) == 0 ? "" : time(min(opened + random.below(5_000), 130_000))
      let isOdd = random.below(40) == 0
      for version in 0...(random.below(4) == 0 ? 1 : 0) {
        let cells: [String] = [
          String(format: "T%05d", id), random.pick(["", "a", "b", "c", "ab"]),
          random.pick(["open", "waiting", "solved"]),
          random.pick(["", "\(random.below(12))", "\(random.below(12))"]), time(opened), solved,
          random.pick(["", "2026-02-\(10 + random.below(18))"]), "\(1 + random.below(5))",
          isOdd ? "-0.0" : random.pick(["", "\(Double(random.below(50)) / 10)", "\(random.below(6)).0"]),
          random.pick(["", "\(random.below(9))h", "30m"]), random.pick(["", "true", "false"]),
          random.pick(["", time(opened), time(opened).replacingOccurrences(of: "Z", with: ".\(1 + random.below(9))Z")]),
          random.pick(["", "\(random.below(6))"]), time(opened + version * (60 + random.below(9_000))),
        ]
        tickets += cells.joined(separator: ",") + "\n"
      }
    }
    return ["Country.csv": countries, "Customer.csv": customers, "Ticket.csv": tickets]
  }

  private func session(_ rules: String, _ files: [String: String]) throws -> Session {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    try Data(rules.utf8).write(to: folder.appendingPathComponent("desk.docket"))
    let rulebook = Rulebook.load(folder.path)
    let errors = rulebook.diagnostics.all.filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(render(errors, sources: rulebook.sources))")
    return try Session.open(rulebook, Session.Options(data: folder.path, at: "2026-03-02T10:00:00Z"))
  }

  // MARK: - Comparing

  /// Everything that a measure says, figures by their bits.
  private func told(_ set: MeasureSet, _ engine: RuleEngine) -> [String] {
    func bits(_ number: Double?) -> String { number.map { "\($0) \(String($0.bitPattern, radix: 16))" } ?? "-" }
    let cells = set.cells.map { cell in
      let group = cell.group.map { $0.isAbsent ? "(none)" : engine.machine.scalar($0) }.joined(separator: "/")
      return
        "\(cell.period.map { "\($0)" } ?? "-")|\(group)|\(bits(cell.value)) n=\(cell.rows) skipped=\(cell.skipped) pending=\(cell.pending) errors=\(cell.errors) \(cell.status.map { "\($0)" } ?? "-") [\(bits(cell.interval?.low)) \(bits(cell.interval?.high))] \(bits(cell.change)) \(cell.isPartial) \(cell.cause ?? "-")"
    }
    return cells + ["unplaced=\(set.unplaced) undecided=\(set.undecided) \(set.firstCause ?? "-")"]
  }

  /// All KPIs row by row and by columns; gives how many of their cells have a value.
  private func compare(_ session: Session, _ label: String, threads: [Int] = [1]) -> Int {
    let engine = session.engine
    var valued = 0
    func measures(columns: Bool, threads: Int) -> [[String]] {
      engine.rowsForColumns = columns ? 0 : .max
      engine.rowsForThread = 2_048
      engine.threads = threads
      engine.restart(at: engine.instant)
      return engine.rulebook.kpis.indices.map { told(engine.measures(kpi: $0), engine) }
    }
    let wanted = measures(columns: false, threads: 1)
    for index in engine.rulebook.kpis.indices { valued += engine.measures(kpi: index).cells.count { $0.value != nil } }
    for threads in threads {
      for (index, found) in measures(columns: true, threads: threads).enumerated() where found != wanted[index] {
        let kpi = engine.rulebook.kpis[index]
        let differing = zip(found, wanted[index]).first { $0 != $1 }
        Issue.record(
          "\(label), \(threads) threads: \(session.rulebook.sources.text(kpi.span)) \(kpi.name)\ncolumns \(differing?.0 ?? "\(found.count) cells")\nrows    \(differing?.1 ?? "\(wanted[index].count) cells")"
        )
      }
    }
    return valued
  }

  /// The KPIs of a seed that check; few do not.
  private func rules(_ random: inout SplitMix, count: Int) -> (text: String, left: Int) {
    var generator = KPIText(random: random)
    var texts: [String] = []
    var left = 0
    for number in 0..<count {
      let text = generator.text("k\(number)")
      var sources = SourceMap()
      sources.add(path: "desk.docket", text: Self.model + text)
      if Rulebook.check(sources).diagnostics.hasErrors { left += 1 } else { texts.append(text) }
    }
    random = generator.random
    return (Self.model + texts.joined() + Self.overResults, left)
  }

  @Test func columnsGiveWhatRowsGive() throws {
    var (valued, left) = (0, 0)
    for seed in 1...UInt64(Self.cases) {
      var random = SplitMix(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
      let (text, unchecked) = rules(&random, count: 24)
      left += unchecked
      let files = Self.files(&random, rows: 40 + random.below(300))
      valued += compare(try session(text, files), "seed \(seed)")
    }
    #expect(valued > 40 * Self.cases)
    #expect(left < 8 * Self.cases, "\(left) KPIs did not check")
  }

  @Test func threadsDoNotShow() throws {
    var random = SplitMix(state: 77)
    let (text, _) = rules(&random, count: 60)
    let files = Self.files(&random, rows: 9_000)
    #expect(compare(try session(text, files), "threads", threads: [1, 2, 3]) > 500)
  }

  /// Percentiles of many rows look at a sample first; here it is wrong about most cells, of which all numbers are looked at again.
  @Test func aSampleThatMisleadsDoesNotShow() throws {
    let rules = """
      zone "UTC"
      entity Visit as v { key id: int  shop: string  at: timestamp  score: int? }
      kpi middle over Visit as v { by v.shop  absent skip  value median(v.score) }
      kpi tail over Visit as v { every month of v.at  by v.shop  absent skip  value percentile(v.score, 90) + mean(v.score) }
      kpi both over Visit as v { absent skip  value percentile(v.score, 1) + percentile(v.score, 99.5) + gini(v.score) }

      """
    var visits = "id,shop,at,score\n"
    for id in 0..<140_000 {
      // The first rows of each batch are the sample.
      let isSampled = id % 2_048 < 128
      let score = id % 97 == 0 ? "" : "\(isSampled ? id % 10 : 1_000 + id * 7_919 % 5_003)"
      // Nobody misleads about shop `b`, and `c` comes late.
      let shop = id % 3 == 0 ? "b" : id > 130_000 ? "c" : "a"
      visits += "\(id),\(shop),2026-0\(1 + id / 1_000 % 3)-05T00:00:00Z,\(shop == "b" ? "\(id % 5_003)" : score)\n"
    }
    let session = try session(rules, ["Visit.csv": visits])
    #expect(compare(session, "sample", threads: [1, 2]) == 3 + 9 + 1)
  }
}
