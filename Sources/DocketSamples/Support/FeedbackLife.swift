/// What happens to one piece of feedback, from the first message to the survey: its versions and its messages.
///
/// Times are drawn as shares of the promised time, on the hours of the customer's desk, so that what is late is late by a
/// plausible amount. What has not happened by `end` is left out.
struct FeedbackLife {
  struct Version {
    var at: Minute
    var status: String
    var priority: String?
    var severity: String?
    var agent: String?
    var team: String?
    var owner: String?
    var requirement: String?
    var resolvedAt: Minute?
    var closedAt: Minute?
  }

  struct Message {
    var at: Minute
    var from: String
    var author: String?
    var isPublic = true
    var text: String
  }

  let id: String
  let created: Minute
  let end: Minute
  let customer: Company.Customer
  let topic: Topic
  let channel: String
  let affected: Int?
  var subject = ""
  var random: RandomSource
  private(set) var versions: [Version] = []
  private(set) var messages: [Message] = []
  private(set) var isLate = false

  private var isChinese: Bool { customer.market == "中国" }
  private var desk: Desk { isChinese ? .china : .europe }
  private var replies: Replies { isChinese ? .chinese : .english }
  private var isLarge: Bool { customer.tier != "标准" }
  private var agent = ""
  /// Open minutes in which the customer was waited for.
  private var paused = 0

  init(
    id: String, created: Minute, end: Minute, customer: Company.Customer, topic: Topic, channel: String, affected: Int?,
    random: RandomSource
  ) {
    self.id = id
    self.created = created
    self.end = end
    self.customer = customer
    self.topic = topic
    self.channel = channel
    self.affected = affected
    self.random = random
  }

  /// As the table `urgency_of` of the rulebook has it.
  private var urgency: String {
    switch (topic.kind, topic.severity) {
    case ("praise", _), ("request", _): "low"
    case ("complaint", _): customer.tier == "白金" ? "high" : "moderate"
    case (_, "critical"): isLarge || (affected ?? 0) >= 100 ? "critical" : "high"
    case (_, "major"): (affected ?? 0) >= 100 || customer.tier == "白金" ? "high" : "moderate"
    case ("question", _): isLarge ? "moderate" : "low"
    default: isLarge && affected == nil ? "moderate" : "low"
    }
  }

  private var responseMinutes: Int {
    switch urgency {
    case "critical": isLarge ? 15 : 30
    case "high": isLarge ? 60 : 120
    case "moderate": 240
    default: 480
    }
  }

  private var resolutionMinutes: Int {
    switch urgency {
    case "critical": isLarge ? 240 : 480
    case "high": isLarge ? 540 : 1080
    case "moderate": 1620
    default: 2700
    }
  }

  /// The share of answers in time, of a hundred.
  private var punctuality: Int {
    let isRollback =
      topic.product == "pay" && created >= Minute("2026-08-18T21:00") && created < Minute("2026-08-22T00:00")
    if isRollback { return 35 }
    let month = Int(created.isoDay.split(separator: "-")[1])!
    return isChinese ? [7: 97, 8: 95, 9: 97][month]! : [7: 94, 8: 76, 9: 90][month]!
  }

  private mutating func share(of minutes: Int, inTime: Int) -> Int {
    let percent = random.chance(inTime, in: 100) ? random.number(in: 8...88) : random.number(in: 108...230)
    return max(2, minutes * percent / 100)
  }

  // MARK: The life

  /// The first message, and what the customer says about it.
  mutating func arrive() {
    subject = filledIn(topic.subject, random: &random)
    let text = filledIn(topic.text, random: &random)
    // Those who report by phone are asked for the severity; in a form it may stay blank.
    let isBlank = channel != "phone" && random.chance(1, in: 10)
    versions.append(Version(at: created, status: "collected", severity: isBlank ? nil : topic.severity))
    say(created, "customer", text)
  }

  mutating func live() {
    arrive()
    agent = pickAgent()

    let response = share(of: responseMinutes, inTime: punctuality)
    if response > responseMinutes { isLate = true }
    let answered = desk.add(response, to: created)
    let classified = desk.add(max(1, desk.elapsed(from: created, to: answered) * 2 / 3), to: created)
    let (priority, severity, agent, team) = (statedPriority(), topic.severity, agent, isChinese ? "shanghai" : "berlin")
    change(classified, "classified") {
      $0.priority = priority
      $0.severity = severity
      $0.agent = agent
      $0.team = team
    }
    if topic.kind == "praise" { return finishPraise(answered) }
    say(answered, "agent", random.pick(replies.first))

    let analysed = desk.add(random.number(in: 15...90), to: answered)
    let owner = pickOwner()
    change(analysed, "analysed") { $0.owner = owner }
    if random.chance(1, in: 9) { note(desk.add(5, to: analysed)) }

    var resumed = analysed
    if random.chance(3, in: 10) && topic.kind != "request" { resumed = wait(from: analysed) }
    finish(from: resumed)
  }

  /// The desk asks, the customer takes their time, the desk answers.
  private mutating func wait(from start: Minute) -> Minute {
    let asked = desk.add(random.number(in: 5...60), to: start)
    say(asked, "agent", random.pick(replies.question))
    change(asked, "waiting_on_customer") { _ in }
    let replied = asked + random.number(in: 90...2600)
    say(replied, "customer", random.pick(replies.answer))
    change(replied, "handled") { _ in }
    let answered = desk.add(share(of: 240, inTime: punctuality), to: replied)
    say(answered, "agent", random.pick(replies.first))
    paused = desk.elapsed(from: asked, to: replied)
    return answered
  }

  private mutating func finish(from start: Minute) {
    if topic.kind == "request" && random.chance(1, in: 3) { return }
    let spent = desk.elapsed(from: created, to: start) - paused
    let inTime = punctuality - (isChinese ? 4 : 6)
    let whole = share(of: resolutionMinutes, inTime: inTime)
    if whole > resolutionMinutes { isLate = true }
    let rest = max(20, whole - spent)
    let resolved = desk.add(rest, to: start)
    chaseAndUpdate(from: start, to: resolved)
    let isWish = topic.kind == "request" || topic.kind == "question"
    say(resolved, "agent", random.pick(isWish ? replies.decision : replies.solution))
    change(resolved, "resolved") { $0.resolvedAt = resolved }
    if topic.kind == "bug" && random.chance(1, in: 12) { return reopen(resolved) }
    if random.chance(3, in: 10) { close(after: resolved) }
  }

  /// Whoever waits long asks; whoever knows more says so.
  private mutating func chaseAndUpdate(from start: Minute, to end: Minute) {
    let every = urgency == "critical" ? 200 : urgency == "high" ? 460 : 560
    var at = desk.add(random.number(in: every / 2...every), to: start)
    while at < end {
      if random.chance(1, in: 4) {
        say(at, "customer", random.pick(replies.chase))
        at = desk.add(share(of: 240, inTime: punctuality), to: at)
        if at >= end { return }
        say(at, "agent", random.pick(replies.update))
      } else if random.chance(9, in: 10) {
        say(at, "agent", random.pick(replies.update))
      }
      at = desk.add(random.number(in: every * 3 / 4...every), to: at)
    }
  }

  private mutating func reopen(_ resolved: Minute) {
    let again = resolved + random.number(in: 300...2200)
    say(again, "customer", random.pick(replies.reopened))
    change(again, "handled") { $0.resolvedAt = nil }
    let answered = desk.add(share(of: 240, inTime: punctuality), to: again)
    say(answered, "agent", random.pick(replies.first))
    let fixed = desk.add(random.number(in: 120...900), to: answered)
    say(fixed, "agent", random.pick(replies.solution))
    change(fixed, "resolved") { $0.resolvedAt = fixed }
  }

  private mutating func close(after resolved: Minute) {
    let thanked = resolved + random.number(in: 30...1500)
    say(thanked, "customer", random.pick(replies.thanks))
    change(thanked, "closed") { $0.closedAt = thanked }
  }

  private mutating func finishPraise(_ answered: Minute) {
    say(
      answered, "agent",
      random.pick(isChinese ? ["谢谢您的肯定！", "已转告团队，非常感谢。"] : ["Thank you, that made our day!", "We told the team."]))
    let owner = pickOwner()
    change(answered + 1, "closed") {
      $0.owner = owner
      $0.resolvedAt = answered
      $0.closedAt = answered + 1
    }
  }

  // MARK: Who and what

  /// One in twelve is set by feeling.
  private mutating func statedPriority() -> String {
    random.chance(1, in: 12) ? random.pick(["low", "moderate", "high"]) : urgency
  }

  private mutating func pickAgent() -> String {
    if isChinese { return random.pick([(30, "li"), (28, "zhang"), (16, "liu"), (26, "huang")]) }
    let isSummer = created >= Minute("2026-08-03T00:00") && created < Minute("2026-08-29T00:00")
    if isSummer { return random.pick([(80, "jonas"), (20, "weber")]) }
    if customer.city == "Madrid" || customer.city == "Valencia" { return random.pick([(4, "carmen"), (1, "jonas")]) }
    if customer.city == "Paris" || customer.city == "Lyon" { return random.pick([(4, "hugo"), (1, "carmen")]) }
    return random.pick([(5, "jonas"), (1, "weber")])
  }

  /// Whoever answers for the duty, now and then somebody else.
  private mutating func pickOwner() -> String {
    if random.chance(1, in: 11) { return random.pick(["wu", "lin", "ruiz"]) }
    let usual = ["pay": "lin", "ord": "sun", "ins": "he", "app": "dubois", "api": "braun"]
    let releases = ["pay": "xu", "ord": "xu", "ins": "he", "app": "xu", "api": "braun"]
    let isSevere = topic.kind == "bug" && topic.severity != "minor"
    return (isSevere ? releases : usual)[topic.product]!
  }

  // MARK: Writing it down

  private mutating func say(_ at: Minute, _ from: String, _ text: String) {
    guard at <= end else { return }
    messages.append(Message(at: at, from: from, author: from == "agent" ? agent : nil, text: text))
  }

  private mutating func note(_ at: Minute) {
    guard at <= end else { return }
    let text = isChinese ? "内部备注：与上次发布有关，请研发确认。" : "Internal: related to the last release, engineering to check."
    messages.append(Message(at: at, from: "agent", author: agent, isPublic: false, text: text))
  }

  private mutating func change(_ at: Minute, _ status: String, _ body: (inout Version) -> Void) {
    guard at <= end, var version = versions.last else { return }
    version.at = at
    version.status = status
    body(&version)
    versions.append(version)
  }
}
