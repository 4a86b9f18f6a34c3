/// The life of one incident, from its opening to its closure, and the line that each change leaves in the log.
struct IncidentLife {
  var random: RandomSource
  private var incident: Incident
  private var versions: [Incident] = []
  private var outcome: Incident.Outcome
  /// Who solves it in the end.
  private let solver: String?

  init(number: Int, opened: Minute, random: RandomSource) {
    var random = random
    let topic = random.pick(IncidentCatalogue.topics)
    let place = random.pick(IncidentCatalogue.locations)
    let level = random.pick(IncidentCatalogue.levels)
    var incident = Incident(
      number: number, opened: opened, updated: opened, updatedBy: "Updated by \(random.number(in: 1...90))",
      caller: "Caller \(random.number(in: 1...240))",
      contact: random.pick(IncidentCatalogue.contacts), impact: level.impact, urgency: level.urgency)
    incident.openedBy = random.chance(1, in: 29) ? nil : "Opened by  \(random.pick(IncidentCatalogue.openers))"
    incident.location = random.chance(1, in: 250) ? nil : "Location \(place)"
    if !random.chance(1, in: 250) {
      incident.category = "Category \(topic.category)"
      incident.subcategory = "Subcategory \(random.pick(topic.subcategories))"
    }
    incident.symptom = random.pick(IncidentCatalogue.symptoms).map { "Symptom \($0)" }
    if random.chance(1, in: 120) { incident.item = "cmdb_ci \(random.number(in: 1...12))" }
    if random.chance(5, in: 8) {
      incident.createdBy = "Created by \(random.number(in: 1...40))"
      incident.created = opened + random.number(in: 0...9)
    }
    if random.chance(1, in: 200) { incident.notify = "Send Email" }

    let owner = random.chance(1, in: 6) ? random.number(in: 1...80) : topic.solver.group(at: place)
    solver = random.chance(1, in: 12) ? nil : "Group \(owner)"
    self.incident = incident
    self.random = random
    outcome = Incident.Outcome(closed: opened)
  }

  mutating func live() {
    open()
    work()
    resolve()
    reopenSometimes()
    close()
    closeByMistakeSometimes()
    outcome.closed = incident.updated
    outcome.code = random.chance(1, in: 230) ? nil : random.pick(IncidentCatalogue.closedCodes)
    outcome.resolvedBy = random.chance(1, in: 300) ? nil : "Resolved by \(random.number(in: 1...80))"
    if random.chance(1, in: 16) { outcome.resolved = nil }
  }

  func lines() -> [String] { versions.map { $0.line(outcome: outcome) } }

  // MARK: - Stages

  private mutating func open() {
    incident.updated = incident.created ?? incident.opened + random.number(in: 0...12)
    incident.state = random.chance(2, in: 3) ? .new : .active
    // The desk takes it first, unless the caller's choice went straight to a group.
    incident.group = solver == nil ? nil : random.chance(1, in: 2) ? solver : "Group 70"
    incident.priorityIsConfirmed = random.chance(1, in: 6)
    record()
  }

  private mutating func work() {
    var rest = random.pick(IncidentCatalogue.minutesOfWork)
    rest = random.number(in: rest / 3...rest)
    if incident.state == .new && random.chance(1, in: 2) {
      // Taken up within the minute: only the count tells which came first.
      pass(random.chance(3, in: 5) ? 0 : random.number(in: 1...90))
      incident.state = .active
      assign()
      record()
    }
    if random.chance(1, in: 150) { visit(.unknown, minutes: min(rest, 60)) }
    for _ in 0..<random.pick(IncidentCatalogue.stepsOfWork) {
      let minutes = random.number(in: 0...rest / 2)
      rest -= minutes
      pass(minutes)
      step()
      record()
    }
    if let solver, incident.group != solver { handOver(to: solver, after: rest / 2) }
    pass(rest / 2)
  }

  private mutating func step() {
    switch random.number(in: 1...12) {
    case 1...3: incident.state = .awaitingUserInfo
    case 4: incident.state = random.pick(IncidentCatalogue.waiting)
    case 5...7: incident.state = .active
    case 8: incident.priorityIsConfirmed = true
    case 9 where solver != nil:
      incident.group = "Group \(random.number(in: 1...80))"
      incident.reassignments += 1
    case 10 where random.chance(1, in: 6):
      // Priority follows impact and urgency.
      let level = random.pick(IncidentCatalogue.correctedLevels)
      (incident.impact, incident.urgency) = (level.impact, level.urgency)
    default: assign()
    }
    switch incident.state {
    case .awaitingProblem: incident.problem = incident.problem ?? "Problem ID  \(random.number(in: 1...40))"
    case .awaitingVendor: incident.vendor = random.chance(1, in: 3) ? "Vendor \(random.number(in: 1...3))" : nil
    default: break
    }
    if random.chance(1, in: 400) { incident.change = "CHG000\(random.number(in: 1000...2400))" }
  }

  private mutating func resolve() {
    if random.chance(2, in: 3) { pass(random.number(in: 1...240)) }
    incident.state = .resolved
    incident.priorityIsConfirmed = incident.priorityIsConfirmed || random.chance(3, in: 4)
    incident.knowledge = random.chance(1, in: 7)
    if incident.assignee == nil { assign() }
    record()
    outcome.resolved = incident.updated
    if random.chance(1, in: 12) {
      pass(random.number(in: 0...300))
      record()
    }
  }

  private mutating func reopenSometimes() {
    while random.chance(1, in: 60) {
      pass(random.number(in: 60...4000))
      incident.state = .active
      incident.reopenings += 1
      record()
      pass(random.number(in: 60...3000))
      incident.state = .resolved
      record()
      outcome.resolved = incident.updated
    }
  }

  /// The system closes what stayed resolved for five days, seven minutes past the hour. People may be faster, mostly
  /// where it is urgent.
  private mutating func close() {
    if random.chance(incident.urgency == .high ? 8 : 1, in: 40) {
      pass(random.number(in: 0...30))
    } else {
      let earliest = incident.updated + 5 * Minute.perDay
      pass(5 * Minute.perDay + 60 - earliest.count % 60 + 7)
      incident.updatedBy = "Updated by 90"
    }
    incident.state = .closed
    record(by: incident.updatedBy)
  }

  private mutating func closeByMistakeSometimes() {
    guard random.chance(1, in: 160) else { return }
    pass(random.number(in: 5...600))
    incident.state = .active
    record()
    pass(random.number(in: 30...900))
    incident.state = .resolved
    record()
    outcome.resolved = incident.updated
    pass(random.number(in: 5...600))
    incident.state = .closed
    record()
  }

  // MARK: - Changes

  private mutating func pass(_ minutes: Int) { incident.updated = incident.updated + minutes }

  private mutating func assign() { incident.assignee = "Resolver \(random.number(in: 1...60))" }

  private mutating func handOver(to group: String, after minutes: Int) {
    pass(minutes)
    incident.group = group
    incident.reassignments += 1
    incident.state = random.chance(1, in: 3) ? .active : incident.state
    assign()
    record()
  }

  private mutating func visit(_ state: Incident.State, minutes: Int) {
    let before = incident.state
    incident.state = state
    record()
    pass(minutes)
    incident.state = before
    record()
  }

  /// The count goes up by one, or by more where the export left a change out.
  private mutating func record(by person: String? = nil) {
    incident.modifications = versions.isEmpty ? 0 : incident.modifications + (random.chance(1, in: 8) ? 2 : 1)
    incident.updatedBy = person ?? "Updated by \(random.number(in: 1...89))"
    versions.append(incident)
  }
}
