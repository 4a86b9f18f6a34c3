/// All feedback with its messages and surveys. Volumes follow the story: a wave after Payments 4.2, and everybody writing on the
/// last days before the holidays.
struct FeedbackSheets {
  private(set) var feedback = Sheet(
    "feedback.csv",
    columns:
      "id,updated_at,subject,channel,kind,priority,severity,affected,status,customer,product,module,agent,team,owner,requirement,created_at,resolved_at,closed_at"
  )
  private(set) var messages = Sheet("messages.csv", columns: "id,feedback,at,from,author,public,text")
  private(set) var surveys = Sheet(
    "Survey.jsonl", columns: "id,customer,product,feedback,sent_at,answered_at,score,nps,comment")

  private let end: Minute
  private var random: RandomSource

  init(end: Minute, random: RandomSource) {
    self.end = end
    self.random = random
    var number = 0
    for created in openings() {
      number += 1
      var life = begin(number, created)
      if FeedbackSheets.outages[created] == nil { life.live() } else { life.arrive() }
      self.random = life.random
      add(life)
      ask(life)
    }
  }

  /// Two outages of the last day that nobody has looked at yet: one came before Berlin was open, one eight minutes ago.
  private static let outages: [Minute: (customer: String, subject: String, affected: Int)] = [
    Minute("2026-09-30T14:20"): ("C15", "Webhooks return 502 since the release", 180),
    Minute("2026-09-30T15:22"): ("C08", "收银台页面白屏，无法付款", 240),
  ]

  /// In order, a little less than three hundred.
  private mutating func openings() -> [Minute] {
    var all: [Minute] = []
    for offset in 0...90 {
      let day = Minute("2026-07-01T00:00") + offset * Minute.perDay
      let isWave = (48...50).contains(offset)
      var count = day.weekday > 4 ? random.number(in: 0...1) : random.number(in: 2...4) + random.number(in: 0...1)
      if isWave { count += 8 }
      if offset >= 89 { count += 4 }
      for _ in 0..<count {
        // From Madrid's evening to Shanghai's morning it is quiet.
        let hour = random.pick([(weight: 12, value: 9...17), (weight: 7, value: 15...22), (weight: 1, value: 0...23)])
        all.append(day + random.number(in: hour) * 60 + random.number(in: 0...59))
      }
    }
    // The last day: Europe's night, Shanghai's morning, and the last two hours.
    for (count, minutes) in [(5, 30...420), (6, 540...790), (11, 805...927)] {
      for _ in 0..<count { all.append(end.day + random.number(in: minutes)) }
    }
    return (all.filter { FeedbackSheets.outages[$0] == nil } + FeedbackSheets.outages.keys).sorted()
  }

  private mutating func begin(_ number: Int, _ created: Minute) -> FeedbackLife {
    let id = "F\(String(1000 + number).dropFirst())"
    if let outage = FeedbackSheets.outages[created],
      let customer = Company.customers.first(where: { $0.id == outage.customer }),
      let topic = (Topic.chinese + Topic.english).first(where: { $0.subject == outage.subject })
    {
      return FeedbackLife(
        id: id, created: created, end: end, customer: customer, topic: topic, channel: "phone",
        affected: outage.affected,
        random: random)
    }
    let hour = created.count % Minute.perDay / 60
    let choices = Company.customers.filter { c in
      hour < 8 || hour >= 18 ? c.market == "欧洲" : hour < 13 ? c.market == "中国" : true
    }
    let customer = random.pick(choices.map { (weight: $0.weight, value: $0) })
    let isWave = created >= Minute("2026-08-18T21:00") && created < Minute("2026-08-21T00:00")
    let products = [
      (weight: isWave ? 150 : 28, value: "pay"), (weight: 24, value: "ord"), (weight: 17, value: "ins"),
      (weight: 16, value: "app"), (weight: 15, value: "api"),
    ]
    let product = random.pick(products)
    let severities =
      isWave && product == "pay" ? ["critical": 6, "major": 4] : ["critical": 0, "major": 6, "minor": 7]
    let topics = (customer.market == "中国" ? Topic.chinese : Topic.english).filter { $0.product == product }
    let topic = random.pick(topics.map { (weight: (severities[$0.severity] ?? 0) + 1, value: $0) })
    let channel = random.pick([
      (26, "phone"), (30, "email"), (24, "chat"), (5, "survey"), (6, "slack"), (6, "teams"), (3, "meeting"),
    ])
    // Half of those who report a fault say how many people it hinders.
    var affected: Int?
    if topic.kind == "bug" && random.chance(1, in: 2) {
      affected = topic.severity == "critical" ? random.number(in: 40...600) : random.number(in: 1...140)
    }
    return FeedbackLife(
      id: id, created: created, end: end, customer: customer, topic: topic,
      channel: channel, affected: affected, random: random)
  }

  private mutating func add(_ life: FeedbackLife) {
    for version in life.versions {
      feedback.add([
        life.id, version.at.iso, life.subject, life.channel, life.topic.kind, version.priority, version.severity,
        life.affected.map(String.init), version.status, life.customer.id, life.topic.product, life.topic.module,
        version.agent, version.team, version.owner, version.owner == nil ? nil : life.requirement, life.created.iso,
        version.resolvedAt?.iso,
        version.closedAt?.iso,
      ])
    }
    for (index, message) in life.messages.enumerated() {
      messages.add([
        "\(life.id)-\(index + 1)", life.id, message.at.iso, message.from, message.author,
        message.isPublic ? nil : "false", message.text,
      ])
    }
  }

  /// Most are asked the next morning; whoever was kept waiting answers worse.
  private mutating func ask(_ life: FeedbackLife) {
    guard let resolved = life.versions.last?.resolvedAt, random.chance(9, in: 10) else { return }
    let sent = resolved.day + Minute.perDay + 10 * 60
    guard sent <= end else { return }
    let isAnswered = random.chance(6, in: 10)
    let answered = sent + random.number(in: 20...2800)
    let isChinese = life.customer.market == "中国"
    let isGood = random.chance(life.isLate ? 12 : life.topic.kind == "complaint" ? 24 : 29, in: 30)
    let score = isGood ? random.number(in: 4...5) : random.number(in: 1...3)
    let nps = isGood ? random.number(in: 7...10) : random.number(in: 2...7)
    let comments = (isChinese ? Replies.chinese : Replies.english).comments
    let comment = random.chance(2, in: 5) ? random.pick(isGood ? comments.good : comments.bad) : nil
    let hasAnswer = isAnswered && answered <= end
    let answer: [Sheet.Cell] =
      hasAnswer
      ? [.text(answered.iso), .number(String(score)), .number(String(nps)), comment.map(Sheet.Cell.text) ?? .none]
      : [.none, .none, .none, .none]
    surveys.rows.append(
      [
        .text("S\(life.id.dropFirst())"), .text(life.customer.id), .text(life.topic.product), .text(life.id),
        .text(sent.iso),
      ]
        + answer)
  }
}

extension FeedbackLife {
  /// The requirement that a wish has become, where somebody has linked it by the end.
  var requirement: String? {
    guard topic.kind == "request", versions.count > 2 else { return nil }
    return [
      "希望支持数字人民币": "Q01", "希望按门店拆分结算": "Q02", "Please offer Bizum at the checkout": "Q03",
      "Statements in DATEV format": "Q04", "希望库存预警能发到企业微信": "Q06", "希望导入模板支持自定义列": "Q07",
      "Low stock alerts by shop": "Q08", "Colissimo pick-up points": "Q09", "希望预测能考虑节假日": "Q10",
      "Share a dashboard with people outside": "Q11", "希望看板可以定时发送": "Q12", "希望支持离线扫码": "Q13",
      "Scan several labels at once": "Q14", "Higher rate limit for the night batch": "Q15",
    ][topic.subject]
  }
}
