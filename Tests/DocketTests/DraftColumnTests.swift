/// What `docket init --from` makes of columns: what a text means is taken from the data or said to be open, never guessed in silence.

import Docket
import DocketData
import DocketRules
import DocketRuntime
import Foundation
import Testing

@Suite("Columns of a drawn rulebook") struct DraftColumnTests {
  private struct Drawn {
    var text: String
    var session: Session

    /// The lowest and the highest value of a field, as rules see them.
    func range(_ name: String) -> String {
      let field = DataProfile(session).entities[0].fields.first { $0.name == name }
      guard let range = field?.values.range else { return "" }
      let display = session.engine.evaluator
      return "\(display.display(range.lowest)) … \(display.display(range.highest))"
    }
  }

  private func drawn(_ text: String) throws -> Drawn { try drawn("t.csv", text) }

  private func drawn(_ name: String, _ text: String) throws -> Drawn {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    var draft = try Draft.make(from: [file.path], zone: nil).get()
    let (text, rulebook) = drawnRulebook(&draft)
    var options = Session.Options(data: draft.folder, at: nil)
    options.isInstantOptional = true
    return Drawn(text: text, session: try Session.open(rulebook, options))
  }

  private func rows(_ heading: String, _ cells: [String]) -> String {
    "id,\(heading)\n" + cells.enumerated().map { "\($0 + 1),\($1)\n" }.joined()
  }

  // MARK: - Times

  @Test(arguments: [
    ["a.m.", "p.m."], ["a. m.", "p. m."], ["a.\u{A0}m.", "p.\u{A0}m."], ["오전", "오후"], ["午前", "午後"], ["ÖÖ", "ÖS"],
    ["πμ", "μμ"], ["SA", "CH"], ["de.", "du."], ["上午", "下午"],
  ])
  func halvesOfTheDayAreReadInOtherLanguages(_ halves: [String]) throws {
    let behind = try drawn(
      rows("at", ["14/3/2024 8:20 \(halves[0])", "14/3/2024 2:45 \(halves[1])", "15/3/2024 9:10 \(halves[1])"]))
    #expect(behind.range("at") == "2024-03-14 08:20 … 2024-03-15 21:10", "\(behind.text)")
    let before = try self.drawn(rows("at", ["14/3/2024 \(halves[0]) 8:20", "14/3/2024 \(halves[1]) 2:45"]))
    #expect(before.range("at") == "2024-03-14 08:20 … 2024-03-14 14:45", "\(before.text)")
  }

  @Test func aLetterIsAHalfOfTheDay() throws {
    let drawn = try drawn(rows("at", ["14/3/2024 8:20a", "14/3/2024 12:45p", "15/3/2024 9:10p"]))
    #expect(drawn.range("at") == "2024-03-14 08:20 … 2024-03-15 21:10", "\(drawn.text)")
  }

  @Test func noonAndNightHaveTheirHours() throws {
    let drawn = try drawn(
      rows("at", ["2024-03-05 凌晨12:30", "2024-03-05 中午11:45", "2024-03-05 中午12:10", "2024-03-05 晚上11:20"]))
    #expect(drawn.range("at") == "2024-03-05 00:30 … 2024-03-05 23:20", "\(drawn.text)")
    #expect(drawn.text.contains("replace(\"中午11\", \"AM11\")"))
  }

  @Test(arguments: ["xm", "пополудни", "晚上12"])
  func whatNobodyKnowsBesideTheHourLeavesTimesATextThatSaysSo(_ word: String) throws {
    let cells = word == "晚上12" ? ["2024-03-05 晚上12:30"] : ["2024-03-05 8:20 \(word)", "2024-03-06 9:20 \(word)"]
    let drawn = try drawn(rows("at", cells))
    #expect(drawn.text.contains("at: string   // what `\(word)` beside its times means is not sure"), "\(drawn.text)")
  }

  @Test func namesOfZonesAreOffsetsWhereTheyMeanOne() throws {
    let east = try drawn(rows("at", ["2024-03-05 08:00:00 EST", "2024-03-20 20:00:00 EDT"]))
    #expect(east.range("at") == "2024-03-05 13:00 … 2024-03-21 00:00", "\(east.text)")
    let offsets = try drawn(rows("at", ["2024-03-05 08:00 GMT+2", "2024-03-20 20:00 GMT+1"]))
    #expect(offsets.range("at") == "2024-03-05 06:00 … 2024-03-20 19:00", "\(offsets.text)")
    let open = try drawn(rows("at", ["2024-03-05 08:00 CST", "2024-03-20 20:00 CST"]))
    #expect(open.text.contains("at: string   // `CST` is the name of several zones"), "\(open.text)")
    let central = try drawn(rows("at", ["2024-03-05 08:00 CST", "2024-03-20 20:00 CDT"]))
    #expect(central.range("at") == "2024-03-05 14:00 … 2024-03-21 01:00", "\(central.text)")
  }

  @Test func aZoneThatEveryTimeNamesIsTheZoneOfTheSource() throws {
    let drawn = try drawn(rows("at", ["2024-03-05 08:00 America/New_York", "2024-03-20 20:00 America/New_York"]))
    #expect(drawn.text.contains("times \"iso\" zone \"America/New_York\""), "\(drawn.text)")
    #expect(drawn.range("at") == "2024-03-05 13:00 … 2024-03-21 00:00", "\(drawn.text)")
    let two = try self.drawn(rows("at", ["2024-03-05 08:00 America/New_York", "2024-03-20 20:00 Europe/Paris"]))
    #expect(two.text.contains("at: string"), "\(two.text)")
  }

  @Test func monthsHaveNamesInOtherLanguages() throws {
    let french = try drawn(rows("date", ["1 mars 2024", "3 févr. 2024", "15 août 2024"]))
    #expect(french.range("date") == "2024-02-03 … 2024-08-15", "\(french.text)")
    let german = try drawn(rows("Erstellt", ["05/Mrz/24 3:04 PM", "15/Mai/24 3:04 PM", "11/Dez/24 3:04 AM"]))
    #expect(german.range("erstellt") == "2024-03-05 15:04 … 2024-12-11 03:04", "\(german.text)")
  }

  @Test func digitsAreTimesWhereTheHeadingSaysSoAndZeroIsNone() throws {
    let drawn = try drawn(
      "编号,接入时间,basic,due\n1,1709618400,20240305T101112Z,0000-00-00\n2,0,20240306T101112Z,2024-03-05\n")
    #expect(drawn.range("received_at") == "2024-03-05 14:00 … 2024-03-05 14:00", "\(drawn.text)")
    #expect(drawn.text.contains("\"yyyyMMdd'T'HHmmssX\""))
    #expect(drawn.text.contains("due: date?"))
  }

  @Test func secondsAndMillisecondsStandInOneFile() throws {
    let drawn = try drawn("id,updated_at,created_at\n1,1709280568000,1709287053\n2,1709285934000,1709291788\n")
    #expect(drawn.range("updated_at") == "2024-03-01 08:09:28 … 2024-03-01 09:38:54", "\(drawn.text)")
    #expect(drawn.range("created_at") == "2024-03-01 09:57:33 … 2024-03-01 11:16:28", "\(drawn.text)")
  }

  @Test func rowsThatFollowTheDaysSayWhichNumberIsTheDay() throws {
    let drawn = try drawn(rows("opened", (1...5).map { "0\($0)/03/2024 8:00 AM" }))
    #expect(drawn.range("opened") == "2024-03-01 08:00 … 2024-03-05 08:00")
    #expect(!drawn.text.contains("the data does not say"))
  }

  @Test func aDayOfCreationCountsFromItsBeginning() throws {
    let iso = try drawn("id,Created At\n1,2024-03-05\n2,2024-03-06\n")
    #expect(iso.text.contains("created row.`Created At` + \" 00:00\""), "\(iso.text)")
    let german = try drawn("id,Erstellt\n1,25.03.2024\n2,26.03.2024\n")
    #expect(german.text.contains("times   \"d.M.yyyy\", \"d.M.yyyy H:mm\""), "\(german.text)")
  }

  // MARK: - Versions

  @Test func noTextOrdersTheChangesOfAnInstant() throws {
    let drawn = try drawn(
      "number,state,updated_at\nI1,New,2024-03-05 10:00\nI1,Closed,2024-03-05 10:00\nI2,New,2024-03-06 10:00\n"
        + "I2,Closed,2024-03-06 11:00\n")
    #expect(drawn.text.contains("version row.updated_at\n"), "\(drawn.text)")
    #expect(drawn.text.contains("1 are changes of one instant, and nothing tells their order."))
  }

  @Test func aLogOfChangesHasEventsAndNoStates() throws {
    let drawn = try drawn(
      "Case History.csv",
      "Case Number,Field,Old Value,New Value,Edit Date\n"
        + "1,Status,New,Working,2024-03-05 10:00\n1,Owner,Queue,Kim,2024-03-05 10:00\n1,Status,Working,Closed,2024-03-06 10:00\n"
    )
    #expect(drawn.text.contains("entity CaseChange {"), "\(drawn.text)")
    #expect(drawn.text.contains("edit_date: timestamp \"Edit Date\" event"))
    #expect(drawn.session.report.tables.map(\.records) == [3])
    #expect(!drawn.text.contains("version"))
  }

  // MARK: - Numbers and durations

  @Test func pointsStandBetweenThousandsWhereCommasStandBeforeFractions() throws {
    let german = try drawn("nr;umsatz;satz\n1;1.234;0,5\n2;12.345;1,5\n3;2.500;2,25\n")
    #expect(german.range("umsatz") == "1234 … 12345", "\(german.text)")
    #expect(german.text.contains("// `1.234` is read as thousands: a comma stands before fractions in this file"))
    let english = try drawn("nr,ratio,rate\n1,1.234,0.5\n2,12.345,1.5\n")
    #expect(english.range("ratio") == "1.234 … 12.345", "\(english.text)")
  }

  @Test func amountsHaveTheirSignsAndGroups() throws {
    let drawn = try drawn(
      "id|usd|brl|kr|inr\n1|-$9.00|R$ 1.234,00|1.234,00 kr|₹1,23,456.00\n2|$1,005.00|R$ 55,00|55,00 kr|₹456.50\n")
    #expect(drawn.range("usd") == "-9 … 1005", "\(drawn.text)")
    #expect(drawn.range("brl") == "55 … 1234", "\(drawn.text)")
    #expect(drawn.range("kr") == "55 … 1234", "\(drawn.text)")
    #expect(drawn.range("inr") == "456.5 … 123456", "\(drawn.text)")
  }

  @Test func allDigitsOfADoubleMakeNoText() throws {
    let drawn = try drawn(rows("h", ["0.5", "0.30000000000000004"]))
    #expect(drawn.text.contains("h: double"), "\(drawn.text)")
  }

  @Test func lengthsOfTimeInWords() throws {
    let drawn = try drawn(
      "id,wait,iso,snow,zoho,Resolution time in hours\n1,2 hours,PT1H30M,1 Day 2 Hours,14:51 hrs,1.05\n"
        + "2,a day,PT45M,5 Minutes,00:31 hrs,7.5\n3,an hour,P1DT2H,1 Minute,102:00 hrs,0.25\n")
    #expect(drawn.range("wait") == "1h … 24h", "\(drawn.text)")
    #expect(drawn.range("iso") == "45m … 26h", "\(drawn.text)")
    #expect(drawn.range("snow") == "1m … 26h", "\(drawn.text)")
    #expect(drawn.range("zoho") == "31m … 102h", "\(drawn.text)")
    #expect(drawn.range("resolution_time_in_hours") == "15m … 7h 30m", "\(drawn.text)")
  }

  // MARK: - Words

  @Test func wordsDecideTheDirectionOfNumberedSteps() throws {
    let up = try drawn(rows("priority", ["1 very low", "2 low", "3 normal", "4 high", "5 very high"]))
    #expect(up.text.contains("enum Priority {\n  very_low "), "\(up.text)")
    let down = try drawn(rows("priority", ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"]))
    #expect(down.text.contains("enum Priority {\n  low "), "\(down.text)")
  }

  @Test func aWordOfUnknownRankIsSaidToBeOne() throws {
    let drawn = try drawn(rows("status", ["New", "Frobnicated", "Open", "Closed"]))
    #expect(drawn.text.contains("where `Frobnicated` belongs is not known"), "\(drawn.text)")
  }

  @Test func wordsForNothingAreNothingInTextsToo() throws {
    let drawn = try drawn(
      "id,assignee,owner,account,note\n1,N/A,None,-None-,(空)\n2,Ann Lee,Unassigned,Acme,x\n3,Bob Ray,Kim,Acme,NA\n")
    for line in ["assignee: string?", "owner: string?", "account: string?", "note: string?"] {
      #expect(drawn.text.contains("  \(line)"), "\(drawn.text)")
    }
    #expect(drawn.text.contains("accept  owner \"None\", \"Unassigned\" as absent"), "\(drawn.text)")
  }

  @Test func cellsWithSeveralThingsAreLists() throws {
    let drawn = try drawn(
      "id,py,topic,channel,steps,owner,who\n1,\"['a', 'b']\",A;B,\"web,phone\",[Steps] click,\"Doe, Kim\",[Kim]\n"
        + "2,[],B,phone,[步骤] b,\"Ray, Bob\",[]\n3,\"['b']\",B;C,\"mail,web\",[Steps],\"Lee, Ann\",[Kim]\n")
    #expect(drawn.text.contains("who: list<string>"))
    #expect(drawn.text.contains("py      = row.py.replace(\"'\", \"\\\"\")"), "\(drawn.text)")
    #expect(drawn.text.contains("topic: list<string>"))
    #expect(drawn.text.contains("channel: list<string>"))
    #expect(drawn.text.contains("steps: string"))
    #expect(drawn.text.contains("owner: string"))
  }

  @Test func marksAndEmptyCellsAreYesAndNo() throws {
    let drawn = try drawn("id,closed,box,right,kept\n1,✓,☑,对,X\n2,,☐,错,\n3,✓,☐,对,X\n")
    for field in ["closed", "box", "right", "kept"] {
      #expect(drawn.text.contains("  \(field): bool"), "\(drawn.text)")
    }
    #expect(drawn.text.contains("(row.closed ?? \"\") == \"✓\""))
  }

  @Test func theFirstUniqueColumnIsTheKeyBeforeACode() throws {
    let drawn = try drawn("postcode.csv", "ticket,postcode\n0,15915\n1,20303\n2,099887\n")
    #expect(drawn.text.contains("key ticket: int"), "\(drawn.text)")
  }

  @Test func namesHoldNothingInvisible() throws {
    let drawn = try drawn(rows("priority,Gelöst", ["Critical ⚠️,a", "High,b"]) + "3,解决中,c\n")
    #expect(!drawn.text.contains("critical_"), "\(drawn.text)")
    #expect(drawn.text.contains("geloest: string \"Gelöst\""))
    #expect(drawn.text.contains("in_progress \"解决中\""))
  }
}
