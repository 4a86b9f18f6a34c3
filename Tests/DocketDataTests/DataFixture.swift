import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Glibc

@testable import DocketData

/// A model and its files in a folder of their own, for loading in tests.
final class DataFixture {
  var schema = Schema()
  var sources: [CheckedSource] = []
  var options = DataLoader.Options(zone: .utc)
  /// Stands for the evaluator: the value of each body, told apart by the column that it reads.
  var evaluate: (Heap, Body, [Value]) -> Value = { _, _, _ in .absent }
  let directory: String
  let heap = Heap()

  static let span = SourceSpan(file: FileID(index: 0), start: 0, end: 1)

  init() {
    var template = Array("/tmp/docket-data-XXXXXX".utf8CString)
    directory = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    for name in (try? FilePath.list(directory).get()) ?? [] { unlink("\(directory)/\(name)") }
    rmdir(directory)
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    guard let file = fopen("\(directory)/\(name)", "wb") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

  func enumeration(_ name: String, _ cases: (String, [String])...) -> Type {
    let id = EnumID(index: schema.enums.count)
    schema.enums.append(
      EnumType(
        id: id, name: name, titles: [], cases: cases.map { EnumType.Case(name: $0.0, labels: $0.1) }, span: nil))
    return .enumeration(id)
  }

  /// The first field is the key; a `?` after a field's name makes it optional.
  @discardableResult
  func entity(_ name: String, _ fields: [(String, Type)], titles: [String: [String]] = [:]) -> EntityID {
    var entity = EntityType(
      id: EntityID(index: schema.entities.count), name: name, titles: [], base: nil, span: Self.span)
    for (index, (name, type)) in fields.enumerated() {
      let plain = name.hasSuffix("?") ? String(name.dropLast()) : name
      entity.fields.append(
        Field(
          name: plain, titles: titles[plain] ?? [], type: type, isOptional: name.hasSuffix("?"),
          kind: index == 0 ? .key : .stored, span: Self.span))
    }
    schema.entities.append(entity)
    return entity.id
  }

  /// A source of all fields by their names, and further columns.
  func source(
    _ entity: EntityID, _ path: String, extra: [String] = [], times: [String] = [],
    change: (inout CheckedSource) -> Void = { _ in }
  ) {
    var source = CheckedSource.implicit(schema[entity], path: path)
    source.pathSpan = Self.span
    for name in extra {
      source.columns.append(.init(name: name, alternatives: [], isRequired: true, span: Self.span))
    }
    source.timeFormats = times.map { try! TimeFormat.compile($0).get() }
    change(&source)
    sources.append(source)
  }

  func load() -> Loaded {
    var diagnostics = Diagnostics()
    var sourceMap = SourceMap()
    sourceMap.add(path: "\(directory)/rules.docket", text: "source")
    let (world, report) = DataLoader.load(
      sources, directory: directory, sourceMap: sourceMap, schema: schema, heap: heap, options: options,
      evaluate: { self.evaluate(self.heap, $0, $1) }, diagnostics: &diagnostics)
    return Loaded(world: world, report: report, diagnostics: diagnostics.all, directory: directory)
  }

  static func rowColumn(_ index: Int, _ type: Type = .string) -> Body {
    Body(expression: CheckedExpression(.rowColumn(index), type: type, span: span), slotCount: 0)
  }
}

struct Loaded {
  var world: World
  var report: LoadReport
  var diagnostics: [Diagnostic]
  var directory: String

  /// `Feedback.csv:2:5 D4020 message | help | help`
  var told: [String] {
    diagnostics.map { diagnostic in
      let place = diagnostic.dataPlace.map { "\($0.path):\($0.line):\($0.column) " } ?? ""
      return (["\(place)\(diagnostic.code.rawValue) \(diagnostic.message)"] + diagnostic.help).joined(separator: " | ")
        .replacing("\(directory)/", with: "")
    }
  }

  /// All rows as text, fields in the order of the entity.
  func rows(_ entity: EntityID = EntityID(index: 0)) -> [[String]] {
    guard let table = world.table(entity) else { return [] }
    return (0..<table.rowCount).map { row in
      table.columns.indices.map { field in
        show(world.storedField(field, of: EntityReference(entity: entity.index, row: UInt32(row)), at: nil))
      }
    }
  }

  func show(_ value: Value) -> String {
    switch value {
    case .absent: "—"
    case .bool(let bit): "\(bit)"
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)u"
    case .double(let number): "\(number)"
    case .string(let symbol), .bytes(let symbol): world.heap.text(symbol)
    case .timestamp(let instant): instant.rfc3339()
    case .duration(let duration): duration.celString()
    case .date(let date): "\(date)"
    case .enumeration(let value): world.schema.enums[Int(value.type)].cases[Int(value.ordinal)].name
    case .entity(let reference): "→" + world.heap.keyText(world.key(of: reference))
    case .list(let list): "[" + world.heap[list].map { show($0) }.joined(separator: ",") + "]"
    default: "?"
    }
  }
}

/// A deterministic source of randomness for properties.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// How many random cases a property tries; `DOCKET_CASES` says more.
let caseCount = getenv("DOCKET_CASES").flatMap { Int(String(cString: $0)) } ?? 2000
