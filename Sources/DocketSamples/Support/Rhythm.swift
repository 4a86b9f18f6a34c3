/// What comes back every week: meetings, updates of documents, measurements, shifts.
enum Rhythm {
  static let products = [("pay", "lin"), ("ord", "sun"), ("ins", "he"), ("app", "dubois"), ("api", "braun")]

  /// A sync of each product on Tuesdays; Insight's was called off three times in September.
  static var meetings: Sheet {
    var sheet = Sheet(
      "Meeting.json",
      """
      id        | title                       | kind           | product | organiser | customers[] | people[]           | at               | held?
      visit-C01 | 华东百货拜访                | customer_visit | pay     | lin       | C01         | lin zhou           | 2026-09-09T10:00 | true
      visit-C08 | 鹏城电子拜访                | customer_visit | pay     | lin       | C08         | lin xu huang       | 2026-08-21T14:00 | true
      visit-C15 | Visit to Brandt & Söhne     | customer_visit | api     | braun     | C15         | braun weber        | 2026-09-03T17:00 | true
      visit-C19 | Visit to Maison Lenoir      | customer_visit | app     | dubois    | C19         | dubois laurent     | 2026-07-29T17:00 | true
      visit-C22 | Visit to Mercado del Sol    | customer_visit | ord     | ruiz      | C22         | ruiz carmen        | 2026-09-23T18:00 | true
      visit-C05 | 京北物流拜访                | customer_visit | ord     | sun       | C05         | sun                | 2026-08-12T10:00 | false
      retro-pay | Payments 4.2 复盘           | retrospective  | pay     | xu        |             | xu lin zheng zhou  | 2026-08-21T10:00 | true
      plan-q4   | Planning of the last quarter | planning      |         | gao       |             | gao lin sun he xu  | 2026-09-16T15:00 | true
      """)
    for week in 0...12 {
      for (index, (product, organiser)) in products.enumerated() {
        let day = Minute("2026-07-07T00:00") + week * 7 * Minute.perDay
        let at = day + (["app", "api"].contains(product) ? 16 * 60 : 10 * 60) + index * 30
        let isHeld = !(product == "ins" && [9, 10, 12].contains(week)) && !(product == "app" && [5, 6].contains(week))
        sheet.rows.append([
          .text("sync-\(product)-\(week + 28)"), .text("\(product) 周例会 / weekly sync"), .text("sync"), .text(product),
          .text(organiser), .none, .list([organiser, ["app", "api"].contains(product) ? "weber" : "zhou"]),
          .text(at.iso),
          .flag(isHeld),
        ])
      }
    }
    return sheet
  }

  /// The release plans every other week, the roadmaps about every four; Insight's stopped.
  static var documentUpdates: Sheet {
    var sheet = Sheet("DocumentUpdate.csv", columns: "id,document,at,by,note")
    let lines: [(document: String, by: String, last: String, every: Int)] = [
      ("D01", "lin", "2026-09-14T17:00", 28), ("D02", "xu", "2026-09-28T11:00", 14),
      ("D03", "sun", "2026-09-23T16:00", 28), ("D04", "xu", "2026-09-21T15:00", 13),
      ("D05", "he", "2026-08-12T10:00", 28), ("D06", "he", "2026-09-02T17:00", 18),
      ("D07", "dubois", "2026-09-18T18:00", 28), ("D08", "dubois", "2026-09-17T21:00", 14),
      ("D09", "braun", "2026-09-24T17:00", 28), ("D10", "braun", "2026-09-29T18:00", 14),
      ("D11", "zhou", "2026-09-23T16:30", 7), ("D12", "wu", "2026-08-31T15:00", 60),
      ("D13", "braun", "2026-07-02T17:00", 90),
    ]
    for line in lines {
      var at = Minute(line.last)
      var all: [Minute] = []
      while at >= Minute("2026-07-01T00:00") {
        all.insert(at, at: 0)
        at = at + -line.every * Minute.perDay
        if at.weekday > 4 { at = at + -2 * Minute.perDay }
      }
      for (index, at) in all.enumerated() {
        sheet.add(["\(line.document)-\(index + 1)", line.document, at.iso, line.by, nil])
      }
    }
    return sheet
  }

  /// Every Monday, and before a release: crashes for each thousand sessions, and the slowest of a hundred requests.
  static func measurements(random: inout RandomSource) -> Sheet {
    var sheet = Sheet("Measurement.csv", columns: "id,product,release,metric,at,value,budget")
    var number = 0
    func add(_ product: String, _ release: String?, _ metric: String, _ at: Minute, _ value: String, _ budget: String) {
      number += 1
      sheet.add(["Y\(1000 + number)", product, release, metric, at.iso, value, budget])
    }
    for week in 0...12 {
      let at = Minute("2026-07-06T08:00") + week * 7 * Minute.perDay
      for (product, _) in products {
        let isBad = product == "pay" && week == 7 || product == "ins" && week >= 9
        let latency = isBad ? random.number(in: 910...1240) : random.number(in: 420...780)
        add(product, nil, "p99 latency (ms)", at, String(latency), "800")
        let crashes = isBad ? random.number(in: 52...90) : random.number(in: 8...46)
        add(product, nil, "crashes per 1000", at, "\(crashes / 10).\(crashes % 10)", "5")
      }
    }
    for (release, product, at, faults, coverage) in [
      ("pay-4.3", "pay", "2026-08-27T18:00", "0", "88"), ("ord-7.1", "ord", "2026-09-09T18:00", "1", "86"),
      ("app-5.9", "app", "2026-09-16T18:00", "0", "91"), ("api-2.7", "api", "2026-09-15T18:00", "3", "79"),
      ("ins-3.6", "ins", "2026-09-23T18:00", "4", "74"), ("pay-4.4", "pay", "2026-09-29T18:00", "2", "87"),
    ] {
      add(product, release, "open severe faults", Minute(at), faults, "2")
      add(product, release, "untested share (%)", Minute(at), String(100 - Int(coverage)!), "20")
    }
    return sheet
  }

  /// The agents' shifts of September and of the holidays, in which three of Shanghai take turns.
  static var shifts: Sheet {
    var sheet = Sheet("Shift.csv", columns: "id,person,from,to")
    var number = 0
    func add(_ person: String, _ from: Minute, _ to: Minute) {
      number += 1
      sheet.add(["W\(1000 + number)", person, from.iso, to.iso])
    }
    for offset in 0...38 {
      let day = Minute("2026-09-01T00:00") + offset * Minute.perDay
      let isHoliday = day >= Minute("2026-10-01T00:00") && day < Minute("2026-10-08T00:00")
      if isHoliday {
        add(["zhang", "liu", "huang"][offset % 3], day + Desk.china.opens, day + Desk.china.closes)
      } else if Desk.china.isWorkday(day) {
        for person in ["li", "huang"] { add(person, day + 9 * 60, day + 18 * 60) }
        for person in ["zhang", "liu"] { add(person, day + 10 * 60, day + 19 * 60) }
      }
      if Desk.europe.isWorkday(day) {
        for person in ["jonas", "carmen", "hugo"] { add(person, day + Desk.europe.opens, day + Desk.europe.closes) }
      }
    }
    return sheet
  }
}
