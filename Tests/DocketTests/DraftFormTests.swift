/// `docket init --from`, of files whose form has to be found first: titles, encodings, lists inside of answers.

import Docket
import DocketData
import DocketDiagnostics
import Foundation
import Testing

@Suite("A rulebook drawn from files of any form") struct DraftFormTests {
  private enum Outcome {
    case drawn(text: String, summary: [String])
    case refused([String])

    var text: String { if case .drawn(let text, _) = self { text } else { "" } }
    var summary: [String] { if case .drawn(_, let summary) = self { summary } else { [] } }
    var problems: [String] { if case .refused(let problems) = self { problems } else { [] } }
  }

  private func draw(_ name: String, _ data: Data) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try data.write(to: file)
    switch Draft.make(from: [file.path], zone: nil) {
    case .success(var draft):
      let problems = draft.prove()
      #expect(problems.map(\.message) == [], "\(draft.text)")
      return .drawn(text: draft.text, summary: draft.summary)
    case .failure(let failure):
      return .refused(failure.diagnostics.map { ([$0.message] + $0.help).joined(separator: " | ") })
    }
  }

  private func draw(_ name: String, _ text: String) throws -> Outcome { try draw(name, Data(text.utf8)) }

  // MARK: - Headings

  @Test func titlesAboveTheHeadingsArePassedOver() throws {
    let board = try draw("board.csv", "Support board\nAll tickets\n\nid,agent,hours\n1,Kim,0.5\n2,Lou,1.5\n3,Kim,2.5\n")
    #expect(board.text.contains("heading line 4"))
    #expect(board.text.contains("key id: int"))
    let full = try draw(
      "report.csv", "Report,,\nGenerated,2024-03-05,\n,,\nid,agent,hours\n1,Kim,0.5\n2,Lou,1.5\n3,Kim,2.5\n")
    #expect(full.text.contains("heading line 4"))
    let semicolons = try draw(
      "bericht.csv", "Bericht, erstellt heute\nid;Name;Ort\n1;Kim;Bonn\n2;Lou;Ulm\n3;Max;Kiel\n")
    #expect(
      semicolons.text.contains("delimiter \";\"") && semicolons.text.contains("heading   line 2"), "\(semicolons)")
  }

  @Test func anOrdinaryFirstLineIsTheHeading() throws {
    for text in [
      "id,name,\n1,a,\n2,b,\n", ",id,name\n0,1,a\n1,2,b\n", "id\n1\n2\n", "name,\"a note, long\"\nx,y\nz,w\n",
      "2024,2025,2026\n1,2,3\n4,5,6\n",
    ] {
      let drawn = try draw("t.csv", text)
      #expect(!drawn.text.isEmpty && !drawn.text.contains("heading line"), "\(text)")
    }
  }

  @Test func headingsInTwoLinesAreRefused() throws {
    let rows = (0..<5).map { "\($0),2024-03-0\($0 + 1),1,2\n" }.joined()
    let outcome = try draw("survey.csv", "Respondent,Start,Rating,\n,,Quality,Speed\n" + rows)
    #expect(outcome.problems.first?.contains("stand in two lines: line 2 goes on with `Quality` and `Speed`") == true)
  }

  @Test func manyColumnsTakeLittleTime() throws {
    #expect(try draw("t.csv", String(repeating: ",", count: 5000) + "\n").problems.first?.contains("is empty") == true)
    let wide = (0..<5000).map { "c\($0)" }.joined(separator: ",") + "\n"
    #expect(try draw("t.csv", wide).problems.first?.contains("has more than 4096 columns") == true)
    let same = Array(repeating: "A b", count: 600).joined(separator: ",")
    let cells = (0..<600).map { "\($0)" }.joined(separator: ",")
    #expect(try draw("t.csv", same + "\n" + cells + "\n").text.contains("a_b_1_2: int \"A b (1)\"") == false)
    let long = "id," + String(repeating: "very long question ", count: 300) + "\n1,a\n2,b\n"
    #expect(try draw("t.csv", long).text.contains("very_long_question_very_long_question: string"))
  }

  // MARK: - Rows

  @Test func aLastRowOfSumsIsNoRecord() throws {
    let total = try draw("t.csv", "id,agent,hours\n1,Kim,0.5\n2,Kim,1.5\n3,Kim,2.5\nTotal,,4.5\n")
    #expect(total.text.contains("key id: int"))
    #expect(total.text.contains("reject at most 1"))
    #expect(
      total.summary.count == 2 && total.summary[1].hasPrefix("  line 5: `Total` in column `id`"), "\(total.summary)")
    let named = try draw("t.csv", "编号,小时\nA1,0.5\nA2,1.5\nA3,2.5\n合计:,\n")
    #expect(named.text.contains("looks like the sum of the others"))
  }

  @Test func rowsThatAreCutShortAreReadAndSaid() throws {
    let drawn = try draw("t.csv", "id,status,note\n1,Open,x\n2,Closed\n3,Open\n")
    #expect(drawn.text.contains("// 2 rows end before the last columns"))
    #expect(drawn.text.contains("note: string?"))
    #expect(drawn.summary == ["t.csv: 3 rows → 3 T; no row left out"])
  }

  @Test func aTableThatIsMostlyUnreadableIsRefusedWithTheReason() throws {
    let outcome = try draw("t.csv", "id,a\n1,2,3\n4,5,6\n7,8\n")
    #expect(outcome.problems.count == 2)
    #expect(outcome.problems.first?.hasPrefix("2 of the 3 rows of") == true)
  }

  @Test func guardsOfSpreadsheetsAreTakenOff() throws {
    let excel = try draw("t.csv", "id,phone\n=\"001234\",=\"0138\"\n=\"001235\",=\"0139\"\n=\"001236\",=\"0137\"\n")
    #expect(excel.text.contains("id    = row.id.replace(\"=\\\"\", \"\").replace(\"\\\"\", \"\")"), "\(excel)")
    let tab = try draw("t.csv", "会话ID,客户\n\"\t1234567890123456789\",甲\n\"\t1234567890123456790\",乙\n")
    #expect(tab.text.contains(".replace(\"\\t\", \"\")"), "\(tab)")
  }

  // MARK: - Encodings

  @Test(
    "an encoding that is guessed is said with words of the text",
    arguments: [
      ("windows-1251", "Номер;Статус\n1;Открыт\n2;Закрыт\n3;Открыт\n"),
      ("koi8-r", "id,Статус,Исполнитель\n1,Открыт,Мария Сидорова\n2,Закрыт,Иван Петров\n3,Открыт,Иван Петров\n"),
      ("windows-1253", "id,Κατάσταση\n1,Ανοικτό αίτημα\n2,Κλειστό αίτημα\n3,Σε εξέλιξη τώρα\n"),
      ("shift_jis", "番号,状態\n1,未対応\n2,完了\n3,対応中\n"),
      ("euc-jp", "番号,ステータス,担当者\n1,未対応,鈴木\n2,完了,サトウ\n3,対応中,サトウ\n"),
      ("big5", "編號,狀態,負責人\n1,已結案,陳大文\n2,處理中,陳大文\n3,已結案,林小明\n"),
      ("euc-kr", "번호,상태,담당자\n1,닫힘,이영희\n2,열림,김철수\n3,닫힘,김철수\n"),
      ("gb18030", "编号,状态,处理人\n1,已关闭,李四\n2,处理中,张三\n3,已关闭,王小明\n"),
      ("windows-1250", "id,Stan,Osoba\n1,Zamknięte,Łukasz Żak\n2,Otwarte,Jiří Dvořák\n3,Zamknięte,Łukasz Żak\n"),
      ("windows-1254", "id,Durum\n1,Açık\n2,Kapalı\n3,Açık işlem\n4,Değiş\n"),
      ("macintosh", "id,Zustand\n1,Gelöst\n2,Müller\n3,Jäger\n"),
      ("cp850", "id,Zustand\n1,Gelöst\n2,Müller\n3,Jäger\n"),
      ("iso-8859-15", "id,Preis,Ort\n1,5 €,Köln\n2,6 €,Köln\n3,7 €,Noël\n"),
      ("windows-1252", "id,Preis,Ort\n1,5 €,Köln\n2,6 €,Köln\n3,7 €,Noël\n"),
    ])
  func aGuessedEncodingIsSaid(encoding: String, text: String) throws {
    let drawn = try draw("t.csv", try #require(encoded(text, encoding)))
    #expect(drawn.text.contains("\"\(encoding)\""), "\(drawn.text)")
    #expect(drawn.text.contains("// The encoding is a guess, by which the file says: "))
  }

  @Test func wideTextNeedsNoGuess() throws {
    for encoding in ["utf-32", "utf-16le", "utf-16be"] {
      let drawn = try draw("t.csv", try #require(encoded("id,name\n1,ab\n2,cd\n3,Zoé\n", encoding)))
      #expect(drawn.text.contains("\"\(encoding)\"") && !drawn.text.contains("is a guess, by"), "\(encoding)")
    }
  }

  @Test func aFewBadBytesDoNotMakeItAnotherEncoding() throws {
    let data = Data("id,name\n1,Müller\n2,Größe\n3,J".utf8) + Data([0xE4]) + Data("ger\n".utf8)
    let drawn = try draw("t.csv", data)
    #expect(!drawn.text.contains("encoding"))
    #expect(drawn.summary.last == "  line 4: the byte at offset 31 is no UTF-8, as the rest of the file is")
  }

  private func encoded(_ text: String, _ encoding: String) -> Data? {
    guard let converter = iconv_open(encoding, "UTF-8"), Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var input = Array(text.utf8CString.dropLast())
    var output = [CChar](repeating: 0, count: input.count * 4 + 8)
    var left = output.count
    let status = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        var count = input.count
        return iconv(converter, &from, &count, &to, &left)
      }
    }
    return status == 0 ? output.withUnsafeBytes { Data($0.prefix(output.count - left)) } : nil
  }

  // MARK: - JSON

  @Test func listsInsideOfAnswersAreNamed() throws {
    let nested = try draw(
      "answer.json", #"{"data":{"issues":{"nodes":[{"id":"I1","n":1},{"id":"I2","n":2}],"pageInfo":{"next":false}}}}"#)
    #expect(nested.text.contains(#"source Issue from "answer.json" table "data.issues.nodes""#))
    let board = try draw(
      "board.json",
      #"{"id":"b","cards":[{"id":"c1","idList":"l1"},{"id":"c2","idList":"l1"}],"lists":[{"id":"l1","name":"Now"}],"labels":[]}"#
    )
    #expect(board.text.contains(#"source Card from "board.json" table "cards""#))
    #expect(board.text.contains(#"source List from "board.json" table "lists""#))
    #expect(board.summary.count == 2)
  }

  @Test func whatHoldsNoRecordsIsSaid() throws {
    for text in ["[]", "{}", #"{"tickets":[],"count":0}"#, "[{}]"] {
      #expect(try draw("t.json", text).problems.first?.contains("holds no records") == true, "\(text)")
    }
  }

  @Test func valuesBesideObjectsAreSaid() throws {
    let drawn = try draw(
      "t.jsonl",
      #"{"id":1,"cust":{"name":"A"}}"# + "\n" + #"{"id":2,"cust":"B"}"# + "\n" + #"{"id":3,"cust":["D"]}"# + "\n")
    #expect(
      drawn.text.contains("// `cust` is an object in some records; the 2 values that it is in others cannot be read."))
  }

  @Test func deepObjectsAreNamedApartFromTheirParents() throws {
    let deep = String(repeating: #"{"k":"#, count: 60) + "1" + String(repeating: "}", count: 60)
    let drawn = try draw("t.json", #"[{"id":1,"a":"# + deep + #"},{"id":2,"a":"# + deep + "}]")
    #expect(drawn.summary == ["t.json: 2 rows → 2 T; no row left out"])
  }
}
