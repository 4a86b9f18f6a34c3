/// An incident log in the format of a ServiceNow export: one line per change, `?` for what is missing, day-first dates.
///
/// Every incident lives its life: opened, passed on, waiting, resolved, closed by the system five days later. What an
/// export does that a reader must survive is in it as well: changes within one minute that only `sys_mod_count` orders,
/// the final `resolved_at` and `closed_at` on every line, and now and then the state `-100`.
enum IncidentLog {
  static func sample() -> OutputFile {
    var random = RandomSource(seed: 2016)
    var lines = [Incident.Column.allCases.map(\.rawValue).joined(separator: ",")]
    var number = 0
    for opened in openings(count: 500, random: &random) {
      number += random.number(in: 1...9)
      var life = IncidentLife(number: number, opened: opened, random: random)
      life.live()
      random = life.random
      lines += life.lines()
    }
    return OutputFile(name: "incident_event_log.csv", text: lines.joined(separator: "\n") + "\n")
  }
}

/// In order. Three busy months, then a thin tail, as in an export of what was closed by a certain day.
private func openings(count: Int, random: inout RandomSource) -> [Minute] {
  let start = Minute(year: 2016, month: 2, day: 29)
  var openings: [Minute] = []
  while openings.count < count {
    let day = random.chance(1, in: 90) ? random.number(in: 94...340) : random.number(in: 0...93)
    let hour = random.pick([(weight: 8, value: 7...18), (weight: 1, value: 0...23)])
    let opened = start + day * Minute.perDay + random.number(in: hour) * 60 + random.number(in: 0...59)
    if opened.weekday > 4 && !random.chance(1, in: 6) { continue }
    openings.append(opened)
  }
  return openings.sorted()
}

/// What a line of the log says. A property that is `nil` is written as `?`.
struct Incident {
  enum Column: String, CaseIterable {
    case number
    case incident_state, active, reassignment_count, reopen_count, sys_mod_count, made_sla
    case caller_id, opened_by, opened_at, sys_created_by, sys_created_at, sys_updated_by, sys_updated_at
    case contact_type, location, category, subcategory, u_symptom, cmdb_ci
    case impact, urgency, priority, assignment_group, assigned_to
    case knowledge, u_priority_confirmation, notify, problem_id, rfc, vendor, caused_by
    case closed_code, resolved_by, resolved_at, closed_at
  }

  enum State: String {
    case new = "New"
    case active = "Active"
    case awaitingUserInfo = "Awaiting User Info"
    case awaitingVendor = "Awaiting Vendor"
    case awaitingProblem = "Awaiting Problem"
    case awaitingEvidence = "Awaiting Evidence"
    case resolved = "Resolved"
    case closed = "Closed"
    case unknown = "-100"
  }

  enum Level: Int {
    case high = 1
    case medium, low
    var label: String { ["1 - High", "2 - Medium", "3 - Low"][rawValue - 1] }
  }

  enum Priority: String {
    case critical = "1 - Critical"
    case high = "2 - High"
    case moderate = "3 - Moderate"
    case low = "4 - Low"

    /// The matrix of `rules.docket`.
    init(impact: Level, urgency: Level) {
      switch impact.rawValue + urgency.rawValue {
      case 2: self = .critical
      case 3: self = .high
      case 4: self = .moderate
      default: self = .low
      }
    }

    /// The times to close of `rules.docket`, in minutes on weekdays.
    var minutesToClose: Int {
      switch self {
      case .critical: 8 * 60
      case .high: 24 * 60
      case .moderate: 154 * 60 + 50
      case .low: 348 * 60
      }
    }
  }

  let number: Int
  let opened: Minute
  var state = State.new
  var reassignments = 0
  var reopenings = 0
  var modifications = 0
  var updated: Minute
  var updatedBy: String
  var caller: String
  var openedBy: String?
  var createdBy: String?
  var created: Minute?
  var contact: String
  var location: String?
  var category: String?
  var subcategory: String?
  var symptom: String?
  var item: String?
  var impact: Level
  var urgency: Level
  var group: String?
  var assignee: String?
  var knowledge = false
  var priorityIsConfirmed = false
  var notify = "Do Not Notify"
  var problem: String?
  var change: String?
  var vendor: String?
  var cause: String?

  var priority: Priority { Priority(impact: impact, urgency: urgency) }

  /// True until the time to close has passed.
  var isInTime: Bool {
    Minute.onWeekdays(from: opened, to: updated) <= priority.minutesToClose
  }

  /// `outcome` is known only at the end, and stands on every line.
  func line(outcome: Outcome) -> String {
    Column.allCases.map { text(of: $0, outcome: outcome) ?? "?" }.joined(separator: ",")
  }

  private func text(of column: Column, outcome: Outcome) -> String? {
    switch column {
    case .number: "INC" + String(10_000_000 + number).dropFirst()
    case .incident_state: state.rawValue
    case .active: String(state != .closed)
    case .reassignment_count: String(reassignments)
    case .reopen_count: String(reopenings)
    case .sys_mod_count: String(modifications)
    case .made_sla: String(isInTime)
    case .caller_id: caller
    case .opened_by: openedBy
    case .opened_at: opened.dayFirst
    case .sys_created_by: createdBy
    case .sys_created_at: created?.dayFirst
    case .sys_updated_by: updatedBy
    case .sys_updated_at: updated.dayFirst
    case .contact_type: contact
    case .location: location
    case .category: category
    case .subcategory: subcategory
    case .u_symptom: symptom
    case .cmdb_ci: item
    case .impact: impact.label
    case .urgency: urgency.label
    case .priority: priority.rawValue
    case .assignment_group: group
    case .assigned_to: assignee
    case .knowledge: String(knowledge)
    case .u_priority_confirmation: String(priorityIsConfirmed)
    case .notify: notify
    case .problem_id: problem
    case .rfc: change
    case .vendor: vendor
    case .caused_by: cause
    case .closed_code: outcome.code
    case .resolved_by: outcome.resolvedBy
    case .resolved_at: outcome.resolved?.dayFirst
    case .closed_at: outcome.closed.dayFirst
    }
  }

  struct Outcome {
    var code: String?
    var resolvedBy: String?
    var resolved: Minute?
    var closed: Minute
  }
}
