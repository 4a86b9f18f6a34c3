import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Testing

@testable import DocketData

@Suite("Loading files into a world") struct DataLoaderTests {
  @Test("a file named after an entity needs no source")
  func byName() {
    let fixture = DataFixture()
    let feedback = fixture.entity("Feedback", [("id", .string), ("votes?", .int), ("subject?", .string)])
    fixture.write("Feedback.csv", "id,subject,votes\nF2,二,\nF1,\"one, two\",3\n")
    fixture.write("notes.csv", "x\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows(feedback) == [["F1", "3", "one, two"], ["F2", "—", "二"]])
    #expect(loaded.world.hasSource == [true])
    #expect(loaded.report.unusedFiles == ["notes.csv"])
    #expect(loaded.report.tables.map(\.records) == [2])
  }

  @Test("headings bind by name or label, in any case, with `_`, spaces and `-` alike")
  func headings() throws {
    let fixture = DataFixture()
    let feedback = fixture.entity(
      "Feedback", [("id", .string), ("created_at?", .string), ("tier?", .string), ("owner?", .string)],
      titles: ["tier": ["Customer tier", "客户等级"], "id": ["编号"]])
    fixture.write("Feedback.csv", "\u{FEFF}编号,Created-At,客户 等级,备注,OWNER\r\nF1,a,b,c,d\r\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows(feedback) == [["F1", "a", "b", "d"]])
    #expect(try #require(loaded.report.sources.first).unusedColumns == ["备注"])
  }

  @Test("columns of one heading fill a list, or are told apart by their numbers")
  func repeatedHeadings() throws {
    let fixture = DataFixture()
    fixture.entity(
      "Issue", [("id", .string), ("labels?", .list(.string)), ("points?", .list(.int)), ("owner?", .string)],
      titles: ["labels": ["Label"], "owner": ["Owner (2)"]])
    fixture.write(
      "Issue.csv",
      "id,Label,Label,points,Owner,Label,points,Owner,Note,Note\nA,x,,1,ann,\"y;z\",2,eu,p,q\nB,,,,bob,,,us,,\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["A", "[x,y;z]", "[1,2]", "eu"], ["B", "—", "—", "us"]])
    #expect(try #require(loaded.report.sources.first).unusedColumns == ["Owner (1)", "Note (1)", "Note (2)"])
  }

  @Test("an element of a list that several columns fill is told by what it says")
  func badElement() {
    let fixture = DataFixture()
    fixture.entity("Issue", [("id", .string), ("points?", .list(.int))])
    fixture.write("Issue.csv", "id,points,points\nA,1,2\nB,3,many\n")
    #expect(fixture.load().told.contains { $0.hasPrefix("Issue.csv:3:1 ") && $0.contains("many") })
  }

  @Test("a first line may say what separates the cells")
  func separatorLine() {
    for end in ["\n", "\r\n"] {
      let fixture = DataFixture()
      fixture.entity("Thing", [("a", .int), ("b?", .string)])
      fixture.write("Thing.csv", "\u{FEFF}sep=;\(end)a;b\(end)1;x,y\(end)")
      let loaded = fixture.load()
      #expect(loaded.told == [])
      #expect(loaded.rows() == [["1", "x,y"]])
    }
  }

  @Test("nothing more is read once nobody wants it")
  func cancelled() {
    let fixture = DataFixture()
    fixture.entity("Thing", [("a", .int)])
    fixture.write("Thing.csv", "a\n" + (0..<20_000).map { "\($0)\n" }.joined())
    fixture.options.isCancelled = { true }
    let loaded = fixture.load()
    #expect(loaded.report.isCancelled)
    #expect(loaded.report.sources.isEmpty)
  }

  @Test("tabs separate where the name or the heading says so")
  func tabs() {
    for (name, path) in [("Thing.tsv", "a\tb\n1\t\"x,y\"\n"), ("Thing.csv", "a\tb\n1\tx,y\n")] {
      let fixture = DataFixture()
      fixture.entity("Thing", [("a", .int), ("b?", .string)])
      fixture.write(name, path)
      let loaded = fixture.load()
      #expect(loaded.told == [])
      #expect(loaded.rows() == [["1", "x,y"]])
    }
  }

  @Test("missing texts are absent, and accepted texts what the source says")
  func missingAndAccepted() {
    let fixture = DataFixture()
    let state = fixture.enumeration("State", ("new", ["New"]), ("closed", ["Closed"]))
    let thing = fixture.entity("Thing", [("id", .string), ("state?", state), ("count", .int)])
    fixture.source(thing, "t.csv") { source in
      source.missing = ["?", "n/a"]
      source.accepted = [
        .init(field: 1, texts: ["-100", "?"], value: nil),
        .init(
          field: 2, texts: ["none"], value: CheckedExpression(.constant(0), type: .int, span: DataFixture.span)),
      ]
    }
    fixture.evaluate = { _, body, _ in if case .constant = body.expression.kind { .int(0) } else { .absent } }
    fixture.write("t.csv", "id,state,count\na,New,none\nb,-100,?\nc,?,7\nd,n/a,\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["a", "new", "0"], ["b", "—", "—"], ["c", "—", "7"], ["d", "—", "—"]])
    #expect(loaded.report.sources[0].absentCells.map { "\($0.field) \($0.count)" } == ["count 2"])
  }

  @Test("a column that an optional field lacks is no column of the table")
  func lackingColumn() {
    let fixture = DataFixture()
    let thing = fixture.entity("Thing", [("id", .string), ("note?", .string)])
    fixture.write("Thing.csv", "id\na\n\nb\n")
    let loaded = fixture.load()
    #expect(loaded.diagnostics.map(\.code) == [.absentKey])
    fixture.write("Thing.csv", "id,x\na,\n\nb,\n")
    let again = fixture.load()
    #expect(again.told == [])
    #expect(again.rows(thing) == [["a", "—"], ["b", "—"]])
    #expect(again.world.table(thing)?.columns[1] == nil)
    #expect(again.report.sources[0].emptyLines == 1)
  }

  @Test("expressions of a source are evaluated over the row's texts, and a text is parsed")
  func expressions() {
    let fixture = DataFixture()
    let thing = fixture.entity("Thing", [("id", .string), ("count?", .int), ("length?", .int)])
    fixture.source(thing, "t.csv", extra: ["raw"]) { source in
      source.columns[1].isRequired = false
      source.columns[2].isRequired = false
      source.mappings[1].value = .expression(DataFixture.rowColumn(3))
      source.mappings[2].value = .expression(DataFixture.rowColumn(3, .int))
      source.missing = ["?"]
    }
    var calls = 0
    fixture.evaluate = { heap, body, row in
      calls += 1
      guard case .string(let symbol) = row[3] else { return heap.error(.absent(path: "row.raw")) }
      if body.expression.type == .int { return .int(Int64(heap.symbols.byteCount(of: symbol))) }
      return heap.text(symbol) == "boom" ? heap.error(.divisionByZero) : row[3]
    }
    fixture.write("t.csv", "id,raw\na,12\nb,12\nc,?\nd,\ne,345\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(
      loaded.rows() == [["a", "12", "2"], ["b", "12", "2"], ["c", "—", "—"], ["d", "—", "—"], ["e", "345", "3"]])
    #expect(calls == 6, "one for each different text of each expression")
    fixture.write("t.csv", "id,raw\na,boom\nb,x\n")
    #expect(
      fixture.load().told == [
        "t.csv:2:3 D4022 cannot compute Thing.count: division by zero",
        "t.csv:3:3 D4014 `x` is not a whole number | Thing.count wants an int",
      ])
  }
}

@Suite("History from files") struct HistoryTests {
  private func incidents(_ text: String, order: [Int]? = nil) -> (DataFixture, Loaded) {
    let fixture = DataFixture()
    let incident = fixture.entity(
      "Incident", [("number", .string), ("state", .string), ("opened_at", .timestamp), ("closed_at?", .timestamp)])
    fixture.source(incident, "log.csv", extra: ["updated", "mod_count"], times: ["d/M/yyyy H:mm"]) { source in
      source.missing = ["?"]
      source.created = .column(2)
      source.version = .column(4)
      source.tieBreakers = [.expression(DataFixture.rowColumn(5, .int))]
      source.backfilled = [3]
    }
    fixture.evaluate = { heap, _, row in
      guard case .string(let symbol) = row[5] else { return .absent }
      return .int(Int64(heap.text(symbol)) ?? 0)
    }
    var lines = text.split(separator: "\n").map(String.init)
    if let order { lines = [lines[0]] + order.map { lines[$0 + 1] } }
    fixture.write("log.csv", lines.joined(separator: "\n"))
    return (fixture, fixture.load())
  }

  private let log = """
    number,state,opened_at,closed_at,updated,mod_count
    B,New,1/3/2016 09:00,3/3/2016 10:00,1/3/2016 09:30,0
    B,Active,1/3/2016 09:00,3/3/2016 10:00,1/3/2016 09:31,2
    B,Resolved,1/3/2016 09:00,3/3/2016 10:00,1/3/2016 09:31,10
    B,Closed,1/3/2016 09:00,3/3/2016 10:00,3/3/2016 10:00,11
    A,New,2/3/2016 09:00,?,2/3/2016 09:00,0
    """

  @Test("versions stand by instant, and changes of one minute by the tie-breaker as a number")
  func versions() {
    let (_, loaded) = incidents(log)
    #expect(loaded.told == [])
    #expect(loaded.rows().map { "\($0[0]) \($0[1])" } == ["A New", "B New", "B Active", "B Resolved", "B Closed"])
    #expect(
      loaded.report.tables.map { "\($0.records) \($0.rows) \($0.versions.map { "\($0)" } ?? "")" }
        == ["2 5 2016-03-01T09:30:00Z...2016-03-03T10:00:00Z"])
  }

  @Test("a record does not exist before it was created, and shows its first version until the first version's instant")
  func created() throws {
    let (_, loaded) = incidents(log)
    let world = loaded.world
    let id = EntityID(index: 0)
    func state(_ time: String) throws -> String {
      let instant = try #require(Instant.parseRFC3339(time))
      guard case .entity(let reference) = world.entity(id, record: 1, at: instant) else { return "none" }
      return loaded.show(world.storedField(1, of: reference, at: instant))
    }
    #expect(try state("2016-03-01T08:59:59Z") == "none")
    #expect(try state("2016-03-01T09:00:00Z") == "New")
    #expect(try state("2016-03-01T09:31:00Z") == "Resolved")
    #expect(world.newestInstant == Instant.parseRFC3339("2016-03-03T10:00:00Z"))
  }

  @Test("a backfilled time is not seen before its instant")
  func backfilled() throws {
    let (_, loaded) = incidents(log)
    func closed(_ time: String) throws -> String {
      let instant = try #require(Instant.parseRFC3339(time))
      guard case .entity(let reference) = loaded.world.entity(EntityID(index: 0), record: 1, at: instant) else {
        return "none"
      }
      return loaded.show(loaded.world.storedField(3, of: reference, at: instant))
    }
    #expect(try closed("2016-03-02T00:00:00Z") == "—")
    #expect(try closed("2016-03-03T10:00:00Z") == "2016-03-03T10:00:00Z")
  }

  @Test("the order of a file's rows changes nothing")
  func anyOrder() {
    let expected = incidents(log).1.rows()
    var random = SplitMix(state: 4)
    for _ in 0..<20 {
      let (_, loaded) = incidents(log, order: Array(0..<5).shuffled(using: &random))
      #expect(loaded.told == [])
      #expect(loaded.rows() == expected)
    }
  }

  @Test("a tie with different content is an error, one with the same content is not")
  func ties() {
    let same = log + "\nA,New,2/3/2016 09:00,?,2/3/2016 09:00,0"
    #expect(incidents(same).1.told == [])
    let different = log + "\nA,Active,2/3/2016 09:00,?,2/3/2016 09:00,0"
    #expect(
      incidents(different).1.told == [
        "log.csv:7:1 D4026 two versions of the Incident `A` at 2016-03-02T09:00:00Z differ; the other is in line 6 | add a column that tells their order to `version`, such as a counter of changes"
      ])
  }

  @Test("version and created are in every row")
  func absentInstants() {
    let text =
      "number,state,opened_at,closed_at,updated,mod_count\nA,New,?,?,1/3/2016 09:00,0\nB,New,1/3/2016 09:00,?,,0\nC,New,1/3/2016 09:00,?,soon,0"
    #expect(
      incidents(text).1.told == [
        "log.csv:2:7 D4024 `created` is absent in column `opened_at` | every row needs an instant here",
        "log.csv:3:24 D4024 `version` is absent in column `updated` | every row needs an instant here",
        "log.csv:4:24 D4016 `soon` in column `updated` is not a time | version wants a timestamp; tried `d/M/yyyy H:mm` and `iso`",
      ])
  }
}

@Suite("References between files") struct ReferenceTests {
  private func world(_ people: String, _ tasks: String, change: (DataFixture) -> Void = { _ in }) -> Loaded {
    let fixture = DataFixture()
    let person = EntityID(index: 1)
    fixture.entity("Task", [("id", .int), ("owner?", .entity(person)), ("helpers?", .list(.entity(person)))])
    fixture.entity("Person", [("name", .string), ("boss?", .entity(person))])
    fixture.write("Person.csv", people)
    fixture.write("Task.csv", tasks)
    change(fixture)
    return fixture.load()
  }

  @Test("keys become records, forward and within one table")
  func resolved() {
    let loaded = world("name,boss\nzoe,\nli,zoe\nann,li\n", "id,owner,helpers\n2,zoe,li;ann\n1,ann,\n")
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["1", "→ann", "—"], ["2", "→zoe", "[→li,→ann]"]])
    #expect(loaded.rows(EntityID(index: 1)) == [["ann", "→li"], ["li", "→zoe"], ["zoe", "—"]])
  }

  @Test("a reference to nothing is an error with the nearest key")
  func dangling() {
    #expect(
      world("name,boss\nzoe,\nmarie,\n", "id,owner,helpers\n1,zoe,\n2,maria,zoe;bob\n").told == [
        "Task.csv:3:3 D4027 `Task.owner` names the Person `maria`, which does not exist | did you mean `marie`?",
        "Task.csv:3:9 D4027 `Task.helpers` names the Person `bob`, which does not exist | the only one is `zoe`",
      ])
  }

  @Test("an entity without any data is told once")
  func noData() {
    let fixture = DataFixture()
    let person = EntityID(index: 1)
    fixture.entity("Task", [("id", .int), ("owner?", .entity(person))])
    fixture.entity("Person", [("name", .string)])
    fixture.write("Task.csv", "id,owner\n1,a\n2,b\n3,\n")
    #expect(
      fixture.load().told == [
        "D4028 `Task.owner` names a Person 2 times, but no data of Person was loaded | add `Person.csv` to the data, or a `source Person from …`"
      ])
  }

  @Test("what is missing because a row or a file could not be read is not told again")
  func oneCause() {
    #expect(
      world("name,boss\nzoe,\n,zoe\n", "id,owner,helpers\n1,zoe,\n2,maria,\n").diagnostics.map(\.code) == [.absentKey])
    #expect(
      world("name;boss\nzoe;\n", "id,owner,helpers\n1,zoe,\n").diagnostics.map(\.code) == [.wrongDelimiter])
  }

  @Test("rows that name rejected rows are rejected too")
  func rejectedInTurn() {
    let loaded = world("name,boss\nzoe,\nli,nobody\n", "id,owner,helpers\n1,zoe,\n2,li,\n") {
      $0.options.rejectLimit = 5
    }
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["1", "→zoe", "—"]])
    #expect(loaded.report.sources.map(\.rejectedRows) == [1, 1])
    #expect(loaded.report.sources.map(\.rows) == [1, 1])
    #expect(
      loaded.report.sources[0].rejected.map(\.message) == ["`Task.owner` names the Person `li`, which does not exist"])
  }

  @Test("keys that are numbers are compared as numbers")
  func numbers() {
    let fixture = DataFixture()
    let item = EntityID(index: 0)
    fixture.entity("Item", [("id", .int), ("parent?", .entity(item))])
    fixture.write("Item.csv", "id,parent\n1,\n2,001\n10, 2\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["1", "—"], ["2", "→1"], ["10", "→2"]])
  }
}
