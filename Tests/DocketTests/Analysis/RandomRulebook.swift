/// Small rulebooks from a seed: one route and one decision table over fields of small domains.

struct RandomRulebook {
  /// A field of `Item` that conditions read, or a parameter of the table.
  struct Field {
    var name: String
    var kind: Kind
    var isOptional: Bool
  }
  enum Kind {
    case color, bool, int, double, string, customer
  }

  private var random: SplitMix
  let colors: [String]
  private(set) var fields: [Field] = []
  private(set) var parameters: [Field] = []

  init(seed: Int) {
    random = SplitMix(state: UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678)
    colors = Array(["red", "amber", "green", "blue"].prefix(2 + random.below(3)))
  }

  static let all: [Field] = [
    Field(name: "color", kind: .color, isOptional: false), Field(name: "shade", kind: .color, isOptional: true),
    Field(name: "flag", kind: .bool, isOptional: false), Field(name: "maybe", kind: .bool, isOptional: true),
    Field(name: "n", kind: .int, isOptional: false), Field(name: "m", kind: .int, isOptional: true),
    Field(name: "d", kind: .double, isOptional: false), Field(name: "s", kind: .string, isOptional: false),
    Field(name: "t", kind: .string, isOptional: true), Field(name: "customer", kind: .customer, isOptional: true),
    Field(name: "payer", kind: .customer, isOptional: false),
  ]

  mutating func text() -> String {
    var pool = Self.all
    let wanted = 2 + random.below(2)
    while fields.count < wanted { fields.append(pool.remove(at: random.below(pool.count))) }
    var plain = Self.all.filter { $0.kind != .customer }
    let columns = 1 + random.below(3)
    while parameters.count < columns { parameters.append(plain.remove(at: random.below(plain.count))) }
    return """
      enum Color { \(colors.joined(separator: ", ")) }
      entity Customer { key id: string  vip: bool  shade: Color? }
      entity Item as i {
        key id: string
        color: Color
        shade: Color?
        flag: bool
        maybe: bool?
        n: int
        m: int?
        d: double
        s: string
        t: string?
        customer: Customer?
        payer: Customer
        owner: string?
        let odd = \(condition("i", 1))
      }
      let on = true
      let off = false
      func known(i: Item): bool = \(condition("i", 1))
      func rich(c: Customer): bool = c.vip or c.shade == \(colors[0])

      \(route())

      \(table())

      """
  }

  // MARK: - The route

  private mutating func route() -> String {
    let policy = random.pick(["first", "first", "first", "unique", "all"])
    var lines = ["route owner for Item.owner as i {", "  hit \(policy)"]
    if random.chance(40) { lines.append("  where \(condition("i", 1))") }
    var earlier: [String] = []
    // Many rules, which overlap in many ways, or few, which are easier to look at.
    for number in 0..<(random.chance(8) ? 20 + random.below(20) : 2 + random.below(4)) {
      lines.append("  rule r\(number) {")
      for _ in 0..<random.pick([1, 1, 1, 2]) {
        let text = !earlier.isEmpty && random.chance(20) ? random.pick(earlier) : condition("i", 2)
        earlier.append(text)
        lines.append("    \(random.chance(15) ? "unless" : "when") \(text)")
      }
      lines.append("    to \"\(random.pick(["a", "b"]))\"\(random.chance(10) ? " else next" : "")")
      lines.append("  }")
    }
    return (lines + ["  otherwise nobody", "}"]).joined(separator: "\n")
  }

  private mutating func condition(_ item: String, _ depth: Int) -> String {
    if depth > 0, random.chance(55) {
      let word = random.pick([" and ", " or "])
      let count = random.pick([2, 2, 3])
      return (0..<count).map { _ in "(\(condition(item, depth - 1)))" }.joined(separator: word)
    }
    if random.chance(12) { return "not (\(condition(item, 0)))" }
    if random.chance(3) { return random.pick(["on", "off"]) }
    if random.chance(4), depth == 2 { return random.pick(["known(\(item))", "\(item).odd"]) }
    if random.chance(4) {
      return "(\(condition(item, 0))) ? (\(condition(item, 0))) : (\(condition(item, 0)))"
    }
    return atom(item)
  }

  private mutating func atom(_ item: String) -> String {
    let field = random.pick(fields)
    let path = "\(item).\(field.name)"
    if field.isOptional, random.chance(20) {
      return random.pick(["has(\(path))", "\(path) == null", "\(path) != null"])
    }
    if field.kind == .customer {
      switch random.below(6) {
      case 0: return "\(path).vip"
      case 1: return "\(path).shade == null"
      case 2: return "rich(\(path))"
      case 3: return "(\(path).shade ?? \(colors[0])) == \(random.pick(colors))"
      default: return "\(path).shade \(relation()) \(random.pick(colors))"
      }
    }
    let read = field.isOptional && random.chance(20) ? "(\(path) ?? \(constant(field.kind)))" : path
    switch field.kind {
    case .bool: return random.chance(50) ? read : "\(read) == \(random.pick(["true", "false"]))"
    case .string:
      switch random.below(5) {
      case 0: return "\(read).startsWith(\"x\")"
      case 1: return "\(read) in [\(constant(.string)), \(constant(.string))]"
      case 2: return "\(read) != \(constant(.string))"
      default: return "\(read) == \(constant(.string))"
      }
    case .color, .int, .double, .customer:
      if random.chance(20) {
        return "\(read) \(random.pick(["in", "not in"])) [\(constant(field.kind)), \(constant(field.kind))]"
      }
      if random.chance(10) { return "\(constant(field.kind)) \(relation()) \(path)" }
      return "\(read) \(relation()) \(constant(field.kind))"
    }
  }

  private mutating func relation() -> String { random.pick(["==", "!=", "<", "<=", ">", ">="]) }

  private mutating func constant(_ kind: Kind) -> String {
    switch kind {
    case .color: random.pick(colors)
    case .bool: random.pick(["true", "false"])
    case .int: "\(random.below(6))"
    case .double: random.pick(["0.0", "1.0", "2.0"])
    case .string: random.pick(["\"x\"", "\"xa\"", "\"y\""])
    case .customer: "null"
    }
  }

  // MARK: - The table

  private mutating func table() -> String {
    let types: [String] = parameters.map { field in
      let type =
        switch field.kind {
        case .color: "Color"
        case .bool: "bool"
        case .int: "int"
        case .double: "double"
        case .string: "string"
        case .customer: "Customer"
        }
      return "\(field.name): \(type)\(field.isOptional ? "?" : "")"
    }
    var lines = [
      "table choice(\(types.joined(separator: ", "))): int {",
      "  hit \(random.pick(["first", "first", "unique", "all"]))",
      "  " + (parameters.map(\.name) + ["result"]).joined(separator: " | "),
    ]
    for number in 0..<1 + random.below(6) {
      var cells: [String] = []
      for field in parameters { cells.append(cell(field)) }
      lines.append("  " + (cells + ["\(number)"]).joined(separator: " | "))
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  private mutating func cell(_ field: Field) -> String {
    if random.chance(25) { return "_" }
    if field.isOptional, random.chance(20) { return "null" }
    if field.kind == .bool || field.kind == .string {
      return random.chance(20) ? "!= \(constant(field.kind))" : constant(field.kind)
    }
    switch random.below(5) {
    case 0: return "\(random.pick(["<", "<=", ">", ">=", "!="])) \(constant(field.kind))"
    case 1: return "\(constant(field.kind)), \(constant(field.kind))"
    case 2: return "\(constant(field.kind))..\(constant(field.kind))"
    case 3: return field.isOptional ? "null, \(constant(field.kind))" : constant(field.kind)
    default: return constant(field.kind)
    }
  }
}
