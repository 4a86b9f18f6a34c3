import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import Glibc
import Testing

@testable import DocketData

@Suite("Packed files, patterns of paths") struct FileTests {
  private func fixture() -> DataFixture {
    let fixture = DataFixture()
    fixture.entity("Thing", [("id", .string), ("votes", .int)])
    return fixture
  }

  @Test("a packed file is read as what it holds, in several members too, and whatever its name")
  func packed() {
    for (name, bytes) in [
      ("Thing.csv.gz", gzip(Array("id,votes\na,1\nb,2\n".utf8))),
      ("Thing.csv", gzip(Array("id,votes\na,1\nb,2\n".utf8))),
      ("Thing.csv.gz", gzip(Array("id,votes\na,".utf8)) + gzip(Array("1\nb,2\n".utf8)) + [0, 0, 0]),
      ("Thing.tsv.gz", gzip(Array("id\tvotes\na\t1\nb\t2\n".utf8))),
      ("Thing.jsonl.gz", gzip(Array("{\"id\":\"a\",\"votes\":1}\n{\"id\":\"b\",\"votes\":2}".utf8))),
      ("Thing.json.gz", gzip(Array("[{\"id\":\"a\",\"votes\":1},{\"id\":\"b\",\"votes\":2}]".utf8))),
    ] {
      let fixture = fixture()
      fixture.write(name, bytes)
      let loaded = fixture.load()
      #expect(loaded.told == [])
      #expect(loaded.rows() == [["a", "1"], ["b", "2"]])
    }
  }

  @Test("a packed file that ends in the middle, is damaged, or holds too much")
  func badPacked() {
    let whole = gzip(Array("id,votes\na,1\n".utf8))
    for count in 2..<whole.count {
      let fixture = fixture()
      fixture.write("Thing.csv.gz", Array(whole[..<count]))
      #expect(fixture.load().diagnostics.map(\.code) == [.badPackedFile])
    }
    var damaged = whole
    damaged[whole.count - 6] ^= 1
    let other = fixture()
    other.write("Thing.csv.gz", damaged)
    #expect(other.load().told.first?.contains("is damaged at byte") == true)
    let trailing = fixture()
    trailing.write("Thing.csv.gz", whole + [1, 2, 3])
    #expect(trailing.load().told.first?.contains("something else follows the packed text") == true)

    let bomb = fixture()
    bomb.write("Thing.csv.gz", gzip([UInt8](repeating: 0x61, count: 80 << 20)))
    #expect(bomb.load().told.first?.hasPrefix("D4032 `Thing.csv.gz` unpacks to more than") == true)
    let large = fixture()
    large.options.unpackedLimit = 1 << 20
    large.write("Thing.csv.gz", gzip([UInt8](repeating: 0x61, count: 2 << 20)))
    #expect(
      large.load().told
        == ["D4032 `Thing.csv.gz` holds more than 1 MB of text | unpack it first: a plain file is read piece by piece"])
  }

  @Test("a pattern stands for all files that fit, in the order of their names")
  func patterns() {
    let fixture = fixture()
    fixture.source(EntityID(index: 0), "2026-?.*")
    fixture.write("2026-2.csv", "id,votes\nb,2\n")
    fixture.write("2026-1.csv", "id,votes\na,1\n")
    fixture.write("2026-3.jsonl", "{\"id\":\"c\",\"votes\":3}\n")
    fixture.write("2026-10.csv", "id,votes\nx,9\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["a", "1"], ["b", "2"], ["c", "3"]])
    #expect(
      loaded.report.sources.map(\.path).map { FilePath.name(of: $0) } == ["2026-1.csv", "2026-2.csv", "2026-3.jsonl"])

    let none = self.fixture()
    none.source(EntityID(index: 0), "2027-*.csv")
    #expect(none.load().told == ["D4001 no file fits `2027-*.csv` | `*` stands for any text, `?` for one character"])
  }

  @Test(
    "names and patterns",
    arguments: [
      ("abc", "a*c", true), ("ac", "a*c", true), ("abd", "a*c", false), ("abc", "???", true), ("ab", "???", false),
      ("abcbc", "*bc", true), ("", "*", true), ("客户.csv", "?户.*", true), ("aXbXc", "a*X*d", false),
      ("a*b", "a*b", true),
    ])
  func matching(name: String, pattern: String, fits: Bool) {
    #expect(Glob.matches(name, pattern) == fits)
  }

  @Test("bad rows are kept as they stand, each with its reason")
  func rejects() throws {
    for (name, text) in [
      ("t.csv", "id,votes\na,1\nb,x\n\"c\nd\",y\ne\nf,2\na,3\n"),
      (
        "t.jsonl",
        "{\"id\":\"a\",\"votes\":1}\n{\"id\":\"b\",\"votes\":\"x\"}\n{\"id\":\"c\",\"votes\":[]}\n{\"id\":}\n{\"id\":\"f\",\"votes\":2}\n{\"id\":\"a\",\"votes\":3}\n"
      ),
    ] {
      let fixture = fixture()
      fixture.source(EntityID(index: 0), name) { $0.rejectLimit = 4 }
      fixture.options.keepsRejects = true
      fixture.write(name, text)
      let loaded = fixture.load()
      #expect(loaded.told == [])
      #expect(loaded.rows() == [["a", "1"], ["f", "2"]])
      let source = try #require(loaded.report.sources.first)
      #expect(source.rejectedRows == 4)
      let kept = source.rejects.map { "\($0.line) \($0.text) \($0.reason.code.rawValue)" }
      #expect(
        kept
          == (name == "t.csv"
            ? ["3 b,x D4014", "4 \"c\nd\",y D4014", "6 e D4011", "8 a,3 D4025"]
            : [
              "2 {\"id\":\"b\",\"votes\":\"x\"} D4014", "3 {\"id\":\"c\",\"votes\":[]} D4014", "4 {\"id\":} D4033",
              "6 {\"id\":\"a\",\"votes\":3} D4025",
            ]))
    }
  }
}

@Suite("JSON records") struct JSONTests {
  private func load(_ text: String, name: String = "Thing.jsonl", change: (DataFixture) -> Void = { _ in }) -> Loaded {
    load(Array(text.utf8), name: name, change: change)
  }

  private func load(_ bytes: [UInt8], name: String = "Thing.jsonl", change: (DataFixture) -> Void = { _ in }) -> Loaded
  {
    let fixture = DataFixture()
    fixture.entity(
      "Thing",
      [("id", .string), ("votes?", .int), ("tags?", .list(.string)), ("customer_tier?", .string), ("ok?", .bool)],
      titles: ["votes": ["票数"]])
    fixture.write(name, bytes)
    change(fixture)
    return fixture.load()
  }

  @Test("keys bind like headings, paths into objects too; null and missing are absent")
  func keys() {
    let loaded = load(
      """
      {"id":"a","Votes":1,"tags":["x","y \\"z\\""],"customer":{"tier":"gold","name":"N"},"ok":true}

      {"customer":{"Tier":"金"},"票数":12.0,"id":"b\\u00e9\\ud83d\\ude00\\n","tags":null}\r
      {"id":"c","votes":1e3,"tags":[],"customer.tier":"s","ok":false,"rest":[{"a":1},[2]]}
      """)
    #expect(loaded.told == [])
    #expect(
      loaded.rows() == [
        ["a", "1", "[x,y \"z\"]", "gold", "true"], ["bé😀\n", "12", "—", "金", "—"], ["c", "1000", "[]", "s", "false"],
      ])
    #expect(loaded.report.sources[0].unusedColumns == ["customer.name", "rest"])
    #expect(loaded.report.sources[0].emptyLines == 1)
  }

  @Test(
    "a list, a list in an object, lines under another name, one object",
    arguments: [
      ("Thing.json", "[{\"id\":\"a\"},{\"id\":\"b\"}]"),
      ("Thing.json", "\u{FEFF} [\r\n {\"id\": \"a\"} ,\n{\"id\":\"b\"}\n]\n"),
      ("Thing.json", "{\"total\":2,\"issues\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":{\"page\":[1]}}"),
      ("Thing.json", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"),
      ("Thing.ndjson", "\u{FEFF}{\"id\":\"a\"}\r\n\r\n{\"id\":\"b\"}"),
    ])
  func forms(name: String, text: String) {
    let loaded = load(text, name: name)
    #expect(loaded.told == [])
    #expect(loaded.rows().map(\.[0]) == ["a", "b"])
  }

  @Test("nothing is a list of nothing")
  func empty() {
    #expect(load("[]", name: "Thing.json").rows() == [])
    #expect(load("{\"issues\":[]}", name: "Thing.json").told == [])
    #expect(load("", name: "Thing.jsonl").told == [])
    #expect(load("{\n \"id\": \"a\",\n \"tags\": [\"x\"]\n}", name: "Thing.json").rows().map(\.[0]) == ["a"])
  }

  @Test(
    "what is wrong, with its place",
    arguments: [
      ("{\"id\":\"a\"}\n{\"id\":\"b\",\"votes\":x}\n", "2:19 D4033 `x` cannot stand here"),
      ("{\"id\":\"a\"\n", "1:10 D4033 the record is not complete | the file may have been cut off"),
      ("{\"id\":\"a\",}\n", "1:11 D4033 `}` cannot stand here"),
      ("{\"id\":\"客\",\"votes\":01}\n", "1:19 D4033 this is no number"),
      ("{\"id\":\"客\",\"votes\":1.}\n", "1:19 D4033 this is no number"),
      ("{\"id\":\"a\"} {\"id\":\"b\"}\n", "1:12 D4033 `{\"id\":\"b\"}` cannot stand here"),
      ("[1]\n", "1:1 D4033 a record is an object in braces"),
      ("{\"id\":\"a\n\"}\n", "1:7 D4033 this quote is never closed"),
      ("{\"id\":\"a\tb\"}\n", "1:9 D4033 a control character stands in a string | write `\\n`, `\\t` or `\\u00…`"),
      ("{\"id\":\"a\\x\"}\n", "1:9 D4033 there is no such escape | a backslash itself is `\\\\`"),
      (
        "{\"id\":\"\\ud800\"}\n",
        "1:8 D4033 half of a surrogate pair stands alone | whoever wrote this cut an emoji, or another rare character, in two"
      ),
      (
        "{\"id\":\"\\udc00\"}\n",
        "1:8 D4033 half of a surrogate pair stands alone | whoever wrote this cut an emoji, or another rare character, in two"
      ),
      (
        "{\"id\":\"\\ud800\\u0041\"}\n",
        "1:8 D4033 half of a surrogate pair stands alone | whoever wrote this cut an emoji, or another rare character, in two"
      ),
      ("{\"id\":\"a\\u0000\"}\n", "1:9 D4033 a string holds a NUL character"),
      ("{\"id\":\"a\0\"}\n", "1:9 D4007 there is a NUL byte at offset 8: this is not text"),
      ("{\"id\":\"a\"}\0\n", "1:11 D4007 there is a NUL byte at offset 10: this is not text"),
      ("{\"id\":\"a\",\"id\":\"b\"}\n", "1:11 D4035 the key `id` stands twice in this object"),
      ("{\"id\":\"a\",\"q\":{\"x\":1,\"x\":1}}\n", "1:22 D4035 the key `x` stands twice in this object"),
      (
        "{\"id\":\"a\",\"Votes\":1,\"VOTES\":2}\n",
        "1:21 D4013 `VOTES` fits a field that another key of this record fits as well | say which: `field = row.`VOTES``"
      ),
      (
        "{\"id\":{\"x\":1}}\n",
        "1:2 D4037 `id` is an object, where a single value is wanted | name one of its members in the source: `field = row.`id.id``"
      ),
      (
        "{\"id\":\"a\",\"votes\":1.5}\n",
        "1:19 D4014 `1.5` in column `votes` is not a whole number | Thing.votes wants an int"
      ),
      (
        "{\"id\":\"a\\n\",\"votes\":1e99}\n",
        "1:21 D4014 `1e99` in column `votes` is not a whole number | Thing.votes wants an int"
      ),
      (
        "{\"id\":\"a\",\"votes\":99999999999999999999}\n",
        "1:19 D4014 `99999999999999999999` in column `votes` is out of range | Thing.votes wants an int"
      ),
      ("{\"id\":\"a\"}\n{\"votes\":1}\n", "2:1 D4023 the key `id` is absent"),
    ])
  func wrong(text: String, expected: String) {
    let told = load(text).told
    #expect(told.first == "Thing.jsonl:\(expected)")
  }

  @Test("what is wrong with a list as a whole")
  func wrongList() {
    #expect(
      load("[{\"id\":\"a\"},\n{\"id\":\"b\"", name: "Thing.json").told
        == ["Thing.json:2:1 D4033 the record is not complete | the file may have been cut off"])
    #expect(
      load("[{\"id\":\"a\"}\n{\"id\":\"b\"}]", name: "Thing.json").told
        == ["Thing.json:2:1 D4033 `{\"id\":\"b\"}` cannot stand here"])
    #expect(
      load("[{\"id\":\"a\"},3]", name: "Thing.json").told == ["Thing.json:1:13 D4033 a record is an object in braces"])
    #expect(
      load("{\"a\":[{}],\"b\":[{}]}", name: "Thing.json").told
        == ["Thing.json:1:1 D4036 several lists of objects stand here: `a`, `b` | say which: `from \"…\" table \"a\"`"])
    #expect(
      load("{\"a\":[{\"id\":\"x\"}],\"b\":truu}", name: "Thing.json").told.first?.hasPrefix("Thing.json:1:23 D4033")
        == true)
    #expect(
      load("true", name: "Thing.json").told
        == ["Thing.json:1:1 D4036 this is no list of objects | records are objects in a list, or one on each line"])
    #expect(load("{\"key\":1}\n").told == ["D4012 `Thing.jsonl` has no column `id` | the only one is `key`"])
  }

  @Test("text in another encoding is told once")
  func encoding() {
    let line = Array("{\"id\":\"".utf8) + [0xBF, 0xCD] + Array("\"}\n".utf8)
    #expect(load(line + line).told.count == 1)
    #expect(load(line + line).told[0].hasPrefix("Thing.jsonl:1:8 D4006 the text is not UTF-8 from offset 7 on"))
  }

  @Test("deep nesting, long numbers and long strings")
  func large() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(
      load("{\"id\":\"a\",\"x\":\(deep)\n").told.first?.contains(
        "D4034 lists and objects are nested more than 128 deep") == true)
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(load("{\"id\":\"a\",\"x\":\(objects)\n").told.first?.contains("D4034") == true)
    #expect(load("[\(deep)", name: "Thing.json").told.first?.contains("D4033 the record is not complete") == true)
    let number = String(repeating: "9", count: 100_000)
    #expect(load("{\"id\":\"a\",\"votes\":\(number)}\n").told.first?.contains("is out of range") == true)
    let long = String(repeating: "长", count: 3_500_000)
    let loaded = load("{\"id\":\"a\",\"customer_tier\":\"\(long)\"}\n{\"id\":\"b\"}\n")
    #expect(loaded.told == [])
    #expect(loaded.rows()[0][3].utf8.count == 10_500_000)
  }

  @Test("many records, with keys in any order, over the borders of blocks")
  func many() {
    var text = ""
    for number in 0..<20_000 {
      text +=
        number % 3 == 0
        ? "{\"votes\":\(number),\"id\":\"k\(number)\"}\n"
        : "{\"id\":\"k\(number)\",\"extra\":{\"a\":[]},\"votes\":\(number)}\n"
      if number == 15_000 { text += "{\"id\":\"bad\n" }
    }
    let loaded = load(text) { $0.options.rejectLimit = 1 }
    #expect(loaded.told == [])
    #expect(loaded.report.sources[0].rows == 20_000)
    #expect(loaded.report.sources[0].rejected.map { $0.dataPlace?.line } == [15_002])
    let list = "[" + text.split(separator: "\n").filter { !$0.contains("bad") }.joined(separator: ",\n") + "]"
    #expect(load(list, name: "Thing.json").rows() == loaded.rows())
  }
}

@Suite("Databases") struct SQLiteTests {
  private func load(_ sql: String, table: String? = nil, path: String = "desk.sqlite", whileOpen: Bool = false)
    -> Loaded
  {
    let fixture = DataFixture()
    fixture.entity("Thing", [("id", .string), ("votes?", .int), ("share?", .double)])
    let source = path
    if table != nil { fixture.source(EntityID(index: 0), source) { $0.table = table } }
    var loaded: Loaded?
    sqlite("\(fixture.directory)/\(path)", sql) { if whileOpen { loaded = fixture.load() } }
    return loaded ?? fixture.load()
  }

  @Test("a table that is named, or is named after its entity")
  func tables() {
    let sql = """
      create table "odd ""name" (id text, Votes int, share real, other blob);
      insert into "odd ""name" values ('a', 1, 0.1, x'61'), ('b', null, 1e300, null), (3, '4', 2, 'x');
      """
    let rows = [["3", "4", "2.0"], ["a", "1", "0.1"], ["b", "—", "1e+300"]]
    let named = load(sql, table: "odd \"name")
    #expect(named.told == [])
    #expect(named.rows() == rows)
    let found = load(
      sql.replacing("odd \"\"name", with: "things") + "create view thing as select * from things;", path: "x.db")
    #expect(found.told == [])
    #expect(found.rows() == rows)
  }

  @Test("what is wrong, with a suggestion")
  func wrong() {
    let sql = "create table incidents (id, votes); create table other (a); insert into incidents values ('a', 'x');"
    #expect(
      load(sql, table: "incident").told == ["D4038 `desk.sqlite` has no table `incident` | did you mean `incidents`?"])
    #expect(
      load(sql, table: "incidents").told
        == ["desk.sqlite#incidents:1:2 D4014 `x` in column `votes` is not a whole number | Thing.votes wants an int"])
    #expect(load(sql, table: "x\"; drop table incidents; --").diagnostics.map(\.code) == [.noSuchTable])
    #expect(
      load("begin exclusive; create table a (id);", table: "a", whileOpen: true).diagnostics.map(\.code) == [
        .unreadableDatabase
      ])
    #expect(
      load(sql + "begin exclusive;", table: "incidents", whileOpen: true).told
        == ["D4039 `desk.sqlite` is locked: another program is writing to it | try again, or load a copy"])

    let text = DataFixture()
    text.entity("Thing", [("id", .string)])
    text.source(EntityID(index: 0), "t.csv") { $0.table = "a" }
    text.write("t.csv", "id\na\n")
    #expect(
      text.load().told == ["D4039 `t.csv` is no SQLite database | leave out `table`, which is for databases and JSON"])
  }

  @Test("a damaged database is reported")
  func damaged() {
    let fixture = DataFixture()
    fixture.entity("Thing", [("id", .string), ("votes?", .int)])
    let path = "\(fixture.directory)/Thing.sqlite"
    sqlite(path, "create table thing (id text, votes int);")
    sqlite(
      path,
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) insert into thing select 'k' || i, i from n;"
    )
    guard case .success(let file) = FileBytes.open(path) else { return }
    let whole = Array(file.buffer)
    var random = SplitMix(state: 3)
    for _ in 0..<max(20, caseCount / 50) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        bytes[Int.random(in: 100..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count - 100, using: &random)) }
      fixture.write("Thing.sqlite", bytes)
      _ = fixture.load()
    }
  }
}

@Suite("The same records in every format") struct FormatProperties {
  @Test("a table is the same from CSV, TSV, JSON, JSON Lines, packed files and a database")
  func equality() {
    var random = SplitMix(state: 11)
    let texts = [
      "", "a", "客户", "with \"quotes\"", "back\\slash", "two\nlines", "tab\there", "comma, semicolon; bar|", "😀", "null",
      "\u{7F}", "/",
    ]
    for _ in 0..<max(10, caseCount / 50) {
      let records = (0..<Int.random(in: 1...30, using: &random)).map { number in
        (
          id: "k\(number)", text: texts.randomElement(using: &random)!,
          count: Int.random(in: -1000...1000, using: &random),
          share: Double.random(in: -1e6...1e6, using: &random), ok: Bool.random(using: &random)
        )
      }
      func csvCell(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
      func jsonText(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
          .replacing("\t", with: "\\t")
        return "\"\(escaped)\""
      }
      func separated(_ delimiter: String) -> String {
        (["id\(delimiter)text\(delimiter)count\(delimiter)share\(delimiter)ok"]
          + records.map {
            [csvCell($0.id), csvCell($0.text), "\($0.count)", "\($0.share)", "\($0.ok)"].joined(separator: delimiter)
          })
          .joined(separator: "\r\n")
      }
      let objects = records.map {
        "{\"ok\":\($0.ok),\"id\":\(jsonText($0.id)),\"text\":\(jsonText($0.text)),\"count\":\($0.count),\"share\":\($0.share)}"
      }
      let lines = objects.joined(separator: "\n")
      let sql =
        "create table thing (id text, text text, count int, share real, ok text);"
        + records.map {
          "insert into thing values ('\($0.id)', '\($0.text.replacing("'", with: "''"))', \($0.count), \($0.share), '\($0.ok)');"
        }.joined()
      func rows(_ name: String, _ bytes: [UInt8]?) -> [[String]] {
        let fixture = DataFixture()
        fixture.entity(
          "Thing", [("id", .string), ("text?", .string), ("count?", .int), ("share?", .double), ("ok?", .bool)])
        if let bytes { fixture.write(name, bytes) } else { sqlite("\(fixture.directory)/\(name)", sql) }
        let loaded = fixture.load()
        #expect(loaded.told == [])
        return loaded.rows()
      }
      let expected = rows("Thing.csv", Array(separated(",").utf8))
      #expect(expected.count == records.count)
      #expect(rows("Thing.tsv", Array(separated("\t").utf8)) == expected)
      #expect(rows("Thing.csv.gz", gzip(Array(separated(",").utf8))) == expected)
      #expect(rows("Thing.jsonl", Array(lines.utf8)) == expected)
      #expect(rows("Thing.jsonl.gz", gzip(Array(lines.utf8))) == expected)
      #expect(rows("Thing.json", Array("[\(objects.joined(separator: " , "))]".utf8)) == expected)
      #expect(rows("Thing.json", Array("{\"n\":1,\"items\":[\(objects.joined(separator: ","))]}".utf8)) == expected)
      #expect(rows("Thing.sqlite", nil) == expected)
    }
  }

  @Test("arbitrary bytes never crash")
  func anyBytes() {
    var random = SplitMix(state: 17)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"id\"", "\"b\"", "\"", "1", "-", "1e5", "true", "null", "\\u12", "\\ud800", "\n",
      " ", "客", "\0", "\u{FEFF}",
      "{\"id\":\"a\"}", "{\"id\":\"b\",\"b\":[1]}\n",
    ]
    for number in 0..<max(50, caseCount / 2) {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        if number % 5 == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += Array(pieces.randomElement(using: &random)!.utf8)
        }
      }
      let fixture = DataFixture()
      fixture.entity("Thing", [("id", .string), ("b?", .int)])
      fixture.options.keepsRejects = true
      fixture.options.rejectLimit = number % 3
      if number % 7 == 0 {
        var packed = gzip(bytes)
        packed[Int.random(in: 2..<packed.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        bytes = packed
      }
      fixture.write(number % 2 == 0 ? "Thing.json" : "Thing.jsonl", bytes)
      _ = fixture.load()
    }
  }
}
