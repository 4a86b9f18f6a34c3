import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Testing

/// Two people, three pieces of feedback with versions, and a view: enough of a desk for the tests of records.
struct SampleWorld {
  static let priority = EnumID(index: 0)
  static let person = EntityID(index: 0)
  static let feedback = EntityID(index: 1)
  static let manager = EntityID(index: 2)

  enum PersonField: Int { case id, name, boss, capacity, load, isBusy }
  enum FeedbackField: Int { case id, owner, priority, at, votes, watchers }

  let tree: Tree

  init(zone: Zone? = nil) {
    tree = Tree(zone: zone)
    let span = SourceSpan(file: FileID(index: 0), start: 0, end: 0)
    var schema = Schema()
    schema.enums = [
      EnumType(
        id: Self.priority, name: "Priority", titles: [],
        cases: ["low", "high", "critical"].map { EnumType.Case(name: $0, labels: []) }, span: nil)
    ]
    func field(_ name: String, _ type: Type, _ kind: Field.Kind = .stored, optional: Bool = false) -> Field {
      Field(name: name, titles: [], type: type, isOptional: optional, kind: kind, span: span)
    }
    var person = EntityType(id: Self.person, name: "Person", titles: [], base: nil, span: span)
    person.fields = [
      field("id", .string, .key), field("name", .string, optional: true),
      field("manager", .entity(Self.person), optional: true),
      field("capacity", .int),
      field(
        "load", .list(.entity(Self.feedback)),
        .inverse(entity: Self.feedback, field: FeedbackField.owner.rawValue, filter: nil)),
      field("is_busy", .bool, .derived(body: 0)),
    ]
    var feedback = EntityType(id: Self.feedback, name: "Feedback", titles: [], base: nil, span: span)
    feedback.fields = [
      field("id", .string, .key), field("owner", .entity(Self.person), optional: true),
      field("priority", .enumeration(Self.priority), optional: true), field("at", .timestamp, .event),
      field("votes", .int, optional: true), field("watchers", .list(.entity(Self.person)), optional: true),
    ]
    var manager = EntityType(id: Self.manager, name: "Manager", titles: [], base: Self.person, span: span)
    manager.filterBody = 1
    schema.entities = [person, feedback, manager]
    tree.rulebook.schema = schema
    let t = tree
    let isBusy = t.call(
      .greaterOrEqual, t.call(.size, Self.read(t, t.local(0), PersonField.load)),
      Self.read(t, t.local(0), PersonField.capacity))
    let isManager = t.call(.greater, Self.read(t, t.local(0), PersonField.capacity), t.int(1))
    t.rulebook.bodies = [Body(expression: isBusy, slotCount: 1), Body(expression: isManager, slotCount: 1)]
    t.load = { Self.load($0) }
  }

  static func read(_ t: Tree, _ target: CheckedExpression, _ field: PersonField) -> CheckedExpression {
    t.node(.field(target, FieldReference(entity: person, index: field.rawValue)))
  }

  static func read(_ t: Tree, _ target: CheckedExpression, _ field: FeedbackField) -> CheckedExpression {
    t.node(.field(target, FieldReference(entity: feedback, index: field.rawValue)))
  }

  func read(_ target: CheckedExpression, _ field: PersonField) -> CheckedExpression { Self.read(tree, target, field) }
  func read(_ target: CheckedExpression, _ field: FeedbackField) -> CheckedExpression { Self.read(tree, target, field) }
  func person(_ key: String) -> CheckedExpression { tree.node(.lookup(Self.person, tree.text(key))) }
  func feedback(_ key: String) -> CheckedExpression { tree.node(.lookup(Self.feedback, tree.text(key))) }

  static func day(_ day: Int, _ hour: Int = 0) -> Instant {
    // 2026-10-01 is 20,727 days after the epoch.
    Instant(uncheckedSeconds: Int64(20_726 + day) * 86_400 + Int64(hour) * 3600)
  }

  private static func load(_ world: World) {
    let heap = world.heap
    let people = TableBuilder(schema: world.schema, entity: person, isVersioned: false, hasCreated: false)
    // Out of order: records are numbered by key. ann is 0, li is 1, zoe is 2.
    for (id, name, boss, capacity) in [("zoe", nil, nil, 5), ("ann", "Ann", 1, 1), ("li", "李", 2, 2)]
      as [(String, String?, Int64?, Int64)]
    {
      people.columns[0]?.append(heap.string(id))
      people.columns[1]?.append(name.map { heap.string($0) } ?? .absent)
      people.columns[2]?.append(boss.map { .int($0) } ?? .absent)
      people.columns[3]?.append(.int(capacity))
      people.endRow(version: nil, created: nil)
    }
    world.install(people.finish(heap: heap) { _ in })

    let feedback = TableBuilder(schema: world.schema, entity: feedback, isVersioned: true, hasCreated: false)
    let rows: [(String, Int64?, UInt16?, Instant, Int64?, [Int64]?, Instant)] = [
      ("f2", 1, 2, day(1), nil, nil, day(1)),
      ("f1", nil, 0, day(1), 3, [0, 2], day(1)),
      ("f1", 1, 1, day(1), 4, nil, day(3)),
      ("f1", 2, 2, day(1), 5, nil, day(5)),
      ("f3", 1, nil, day(9), nil, nil, day(2)),
    ]
    for (id, owner, priority, at, votes, watchers, version) in rows {
      feedback.columns[0]?.append(heap.string(id))
      feedback.columns[1]?.append(owner.map { .int($0) } ?? .absent)
      feedback.columns[2]?.append(
        priority.map { .enumeration(EnumValue(type: Self.priority.index, ordinal: $0)) } ?? .absent)
      feedback.columns[3]?.append(.timestamp(at))
      feedback.columns[4]?.append(votes.map { .int($0) } ?? .absent)
      feedback.columns[5]?.append(watchers.map { heap.list($0.map { .int($0) }) } ?? .absent)
      feedback.endRow(version: version, created: nil)
    }
    world.install(feedback.finish(heap: heap) { _ in })
  }
}
