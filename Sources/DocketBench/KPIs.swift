/// Measures over ten million rows in memory: product by month, with a count, a ratio, a mean and an exact 90th percentile.
///
/// `bench/kpis.py` makes the same rows by the same formulas for other engines.

import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime
import Glibc

struct KPIBench {
  static let rulebook = """
    zone "UTC"
    entity Ticket as t { key id: int  product: string  created: timestamp  severity: int  csat: double }
    kpi tickets over Ticket as t { every month of t.created  by t.product  value count() }
    kpi satisfied over Ticket as t { every month of t.created  by t.product  value ratio(t.csat >= 4.0) }
    kpi mean_csat over Ticket as t { every month of t.created  by t.product  value mean(t.csat) }
    kpi slow_tail over Ticket as t { every month of t.created  by t.product  value percentile(t.csat, 90) }
    kpi four over Ticket as t {
      every month of t.created
      by t.product
      value count() + ratio(t.csat >= 4.0) + mean(t.csat) + percentile(t.csat, 90)
    }
    kpi three over Ticket as t {
      every month of t.created
      by t.product
      value count() + ratio(t.csat >= 4.0) + mean(t.csat)
    }
    """

  private let checked: CheckedRulebook
  private let sources: SourceMap
  private let rows: Int

  init(rows: Int) {
    let rulebook = BenchRulebook("kpis.docket", Self.rulebook)
    (checked, sources) = (rulebook.checked, rulebook.sources)
    self.rows = rows
  }

  /// Prints for people, or one JSON object a line.
  func run(rounds: Int, isJSON: Bool) {
    let before = Memory.resident
    let world = makeWorld()
    let bytes = Double(Memory.resident - before) / Double(rows)
    let now = Instant(uncheckedSeconds: Self.begin + Self.span)
    if !isJSON {
      print("\nMeasures over \(rows) rows by month and product, \(digits(bytes)) bytes a row, best of \(rounds)")
    }
    let cases = [("four aggregates in one KPI", [4]), ("without the percentile", [5]), ("four KPIs", [0, 1, 2, 3])]
    for threads in [1, 2] {
      for (name, kpis) in cases {
        var best = Double.infinity
        var cells = 0
        Memory.resetPeak()
        for _ in 0..<rounds {
          let engine = RuleEngine(rulebook: checked, world: world, instant: now, sources: sources)
          engine.threads = threads
          let time = ContinuousClock().measure {
            cells = kpis.reduce(0) { $0 + engine.measures(kpi: $1).cells.count }
          }
          best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
          checksum &+= cells
        }
        let peak = Memory.peak >> 20
        if isJSON {
          print(
            #"{"case":"\#(name)","threads":\#(threads),"seconds":\#(best),"peak_mb":\#(peak),"bytes_a_row":\#(bytes),"cells":\#(cells)}"#
          )
        } else {
          print(
            "  \(padded(name, to: 28))\(threads) thread\(threads == 1 ? " " : "s")"
              + "\(padded(digits(best * 1000), to: 10, left: true)) ms"
              + "\(padded(digits(best * 1e9 / Double(rows)), to: 8, left: true)) ns a row\(padded("\(peak)", to: 7, left: true)) MB"
          )
        }
      }
    }
    if isJSON { printCells(world, now) }
  }

  /// Some cells, so that others can be held against them.
  private func printCells(_ world: World, _ now: Instant) {
    let engine = RuleEngine(rulebook: checked, world: world, instant: now, sources: sources)
    for kpi in 0..<4 {
      for cell in engine.measures(kpi: kpi).cells.prefix(40) {
        guard let value = cell.value, let period = cell.period else { continue }
        print(
          #"{"kpi":"\#(checked.kpis[kpi].name)","period":"\#(period)","product":"\#(engine.machine.scalar(cell.group[0]))","value":\#(value)}"#
        )
      }
    }
  }

  // MARK: - Rows

  /// The years 2024 and 2025.
  private static let begin: Int64 = 1_704_067_200
  private static let span: Int64 = 63_158_400

  /// A number for a row and a column: the finalizer of splitmix64 (G. L. Steele and others, 2014).
  private static func number(_ row: Int, _ column: UInt64) -> UInt64 {
    var x = (UInt64(row) &* 8 &+ column) &* 0x9E37_79B9_7F4A_7C15
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  private func makeWorld() -> World {
    let heap = Heap()
    let world = World(schema: checked.schema, heap: heap)
    guard let entity = checked.schema.entity(named: "Ticket") else { preconditionFailure("the rulebook has it") }
    let table = TableBuilder(
      schema: checked.schema, entity: entity, isVersioned: false, hasCreated: false, capacity: rows)
    let products = (0..<40).map { product -> UInt32 in
      guard case .string(let symbol) = heap.string("product \(product)") else { return 0 }
      return symbol.index
    }
    let cells = table.columns.map { $0?.extend(by: rows) }
    for row in 0..<rows {
      cells[0]?.store(UInt64(row), at: row)
      cells[1]?.store(products[Int(Self.number(row, 1) % 40)], at: row)
      cells[2]?.store(UInt64(Self.begin) + Self.number(row, 2) % UInt64(Self.span), at: row)
      cells[3]?.store(1 + Self.number(row, 3) % 5, at: row)
      cells[4]?.store((1 + Double(Self.number(row, 4) >> 11) * 0x1p-51).bitPattern, at: row)
    }
    table.endRows(rows, version: nil, ties: [], created: nil)
    world.install(table.finish(heap: heap) { _ in })
    return world
  }
}

/// The memory of this process, as the system sees it.
enum Memory {
  static var resident: Int { read("VmRSS:") }
  static var peak: Int { read("VmHWM:") }

  /// The peak starts anew from what is in use.
  static func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func read(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(name) else { continue }
      return (Int(text.filter(\.isNumber)) ?? 0) << 10
    }
    return 0
  }
}
