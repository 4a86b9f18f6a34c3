import DocketTime
import Testing

@Suite struct TimeFormatTests {
  private func describe(_ time: ParsedTime) -> String {
    switch time {
    case .instant(let instant): instant.description
    case .local(let local): local.description
    case .date(let date): date.description
    case .mismatch: "mismatch"
    }
  }

  @Test(arguments: [
    ("d/M/yyyy H:mm", "29/2/2016 1:23", "2016-02-29T01:23:00"),
    ("d/M/yyyy H:mm", "09/02/2016 01:23", "2016-02-09T01:23:00"),
    ("d/M/yyyy H:mm", "29/2/2017 1:23", "mismatch"),
    ("d/M/yyyy H:mm", "31/4/2017 1:23", "mismatch"),
    ("d/M/yyyy H:mm", "2/29/2016 1:23", "mismatch"),
    ("d/M/yyyy H:mm", "1/2/2016 24:00", "mismatch"),
    ("d/M/yyyy H:mm", "1/2/2016 1:23 ", "mismatch"),
    ("d/M/yyyy H:mm", " 1/2/2016 1:23", "mismatch"),
    ("d/M/yyyy H:mm", "", "mismatch"),
    ("d/M/yyyy H:mm", "1/2/16 1:23", "mismatch"),
    ("dd/MM/yyyy", "1/02/2016", "mismatch"),
    ("dd/MM/yyyy", "01/02/2016", "2016-02-01"),
    ("yyyy-MM-dd HH:mm:ss.SSS", "2026-10-09 14:05:06.070", "2026-10-09T14:05:06.07"),
    ("yyyy-MM-dd HH:mm:ss.SSS", "2026-10-09 14:05:06.07", "mismatch"),
    ("M/d/yy h:mm a", "10/9/26 2:05 PM", "2026-10-09T14:05:00"),
    ("M/d/yy h:mm a", "10/9/70 12:00 am", "1970-10-09T00:00:00"),
    ("M/d/yy h:mm a", "10/9/69 12:00 pm", "2069-10-09T12:00:00"),
    ("M/d/yy h:mm a", "10/9/26 13:05 PM", "mismatch"),
    ("dd-MMM-yyyy", "09-Oct-2026", "2026-10-09"),
    ("dd-MMM-yyyy", "09-OCT-2026", "2026-10-09"),
    ("dd-MMM-yyyy", "09-Okt-2026", "mismatch"),
    ("d MMMM yyyy", "9 October 2026", "2026-10-09"),
    ("EEE d MMM yyyy", "Fri 9 Oct 2026", "2026-10-09"),
    ("EEE d MMM yyyy", "Thu 9 Oct 2026", "mismatch"),
    ("yyyyMMdd", "20261009", "2026-10-09"),
    ("yyyyMMddHHmmss", "20261009140506", "2026-10-09T14:05:06"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-10-09T14:05:06+08:00", "2026-10-09T06:05:06Z"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-10-09T14:05:06Z", "2026-10-09T14:05:06Z"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-10-09T14:05:06+0800", "mismatch"),
    ("yyyy-MM-dd HH:mm:ss Z", "2026-10-09 14:05:06 -0230", "2026-10-09T16:35:06Z"),
    ("yyyy-MM-dd HH:mmX", "2026-10-09 14:05+08", "2026-10-09T06:05:00Z"),
    ("yyyy年M月d日 H时m分", "2026年10月9日 14时5分", "2026-10-09T14:05:00"),
    ("h 'o''clock' a, d.M.yyyy", "3 o'clock pm, 9.10.2026", "2026-10-09T15:00:00"),
    ("unix", "1234567890", "2009-02-13T23:31:30Z"),
    ("unix", "-0.25", "1969-12-31T23:59:59.75Z"),
    ("unix", "1234567890.5", "2009-02-13T23:31:30.5Z"),
    ("unix", "253402300800", "mismatch"),
    ("unix", "99999999999999999999", "mismatch"),
    ("unix", "12a", "mismatch"),
    ("unix", "", "mismatch"),
    ("unix", "-", "mismatch"),
    ("unix_ms", "1234567890123", "2009-02-13T23:31:30.123Z"),
    ("unix_ms", "-1", "1969-12-31T23:59:59.999Z"),
    ("iso", "2026-10-09", "2026-10-09"),
    ("iso", "2026-10-09T14:05", "2026-10-09T14:05:00"),
    ("iso", "2026-10-09 14:05:06,5", "2026-10-09T14:05:06.5"),
    ("iso", "2026-10-09T14:05:06.123456789Z", "2026-10-09T14:05:06.123456789Z"),
    ("iso", "2026-10-09T14:05+0800", "2026-10-09T06:05:00Z"),
    ("iso", "2026-10-09T14:05:06+08", "2026-10-09T06:05:06Z"),
    ("iso", "2026-10-09T", "mismatch"),
    ("iso", "2026-10-9", "mismatch"),
    ("iso", "2026-02-30T00:00:00Z", "mismatch"),
    ("iso", "9999-12-31T23:59:59-01:00", "mismatch"),
  ])
  func `an export's times are read strictly`(_ pattern: String, _ text: String, _ expected: String) throws {
    #expect(describe(try TimeFormat.compile(pattern).get().parse(text)) == expected)
  }

  @Test(
    arguments: [
      ("", .empty), ("yyyy-MM-dd Q", .unknownField("Q", offset: 11)),
      ("yyyyy-MM-dd", .unknownField("yyyyy", offset: 0)),
      ("yyyy-MM-dd 'T", .unterminatedQuote(offset: 11)), ("yyyy-MM-dd dd", .repeatedField(.day, offset: 11)),
      ("yyyyMd", .ambiguousWidth(offset: 5)), ("HH:mm", .missingField(.year)), ("yyyy-MM", .missingField(.day)),
      ("yyyy-MM-dd h:mm", .halfDayMismatch(offset: 11)), ("yyyy-MM-dd HH:mm a", .halfDayMismatch(offset: 17)),
      ("yyyy-MM-dd ss", .missingField(.minute)), ("yyyy-MM-dd XXX", .missingField(.hour)),
      ("日yyyy-MM-dd Q", .unknownField("Q", offset: 14)),
    ] as [(String, TimeFormatProblem)])
  func `a bad pattern says what is wrong and where`(_ pattern: String, _ problem: TimeFormatProblem) {
    #expect(TimeFormat.compile(pattern) == .failure(problem))
  }

  @Test func `no bytes trap`() throws {
    let patterns = [
      "d/M/yyyy H:mm", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "EEEE, d MMMM yy h:mm a", "unix", "unix_ms", "iso",
    ]
    let formats = try patterns.map { try TimeFormat.compile($0).get() }
    let alphabet = Array("0123456789-+:./ TZaApPmMonjune,e'\u{0}\u{ff}".utf8)
    var random = SeededGenerator(13)
    for _ in 0..<caseCount * 10 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      bytes.withUnsafeBufferPointer { buffer in
        for format in formats { _ = format.parse(buffer) }
        _ = Instant.parseRFC3339(buffer)
        _ = TimeDuration.parseCEL(buffer)
        _ = TimeDuration.parseLiteral(buffer)
        _ = CivilDate.parse(buffer)
      }
      _ = TimeFormat.compile(String(decoding: bytes, as: UTF8.self))
      _ = Zone.named(String(decoding: bytes, as: UTF8.self))
    }
  }
}
