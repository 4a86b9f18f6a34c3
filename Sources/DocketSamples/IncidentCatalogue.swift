/// What the made-up desk deals with, and how often. Places, topics and groups are those that `route.docket` speaks of.
enum IncidentCatalogue {
  struct Topic {
    var category: Int
    var subcategories: [Int]
    var solver: Solver
  }

  enum Solver {
    case group(Int)
    /// The group of the place; the engineers who travel where there is none.
    case onSite
    case nearby([Int: Int], otherwise: Int)

    func group(at place: Int) -> Int {
      switch self {
      case .group(let group): group
      case .onSite: [51: 30, 93: 23, 108: 27, 143: 28, 161: 24, 204: 25][place] ?? 29
      case .nearby(let groups, let other): groups[place] ?? other
      }
    }
  }

  static let topics: [(weight: Int, value: Topic)] = [
    (26, Topic(category: 26, subcategories: [174, 174, 175, 164, 9], solver: .group(70))),
    (22, Topic(category: 42, subcategories: [223, 223, 174], solver: .group(70))),
    (16, Topic(category: 53, subcategories: [164, 174, 275, 36], solver: .group(70))),
    (14, Topic(category: 46, subcategories: [223, 125, 174], solver: .group(70))),
    (9, Topic(category: 32, subcategories: [174, 175], solver: .group(70))),
    (8, Topic(category: 9, subcategories: [164, 174], solver: .onSite)),
    (4, Topic(category: 24, subcategories: [164, 185], solver: .onSite)),
    (4, Topic(category: 34, subcategories: [174, 117], solver: .onSite)),
    (5, Topic(category: 61, subcategories: [3, 75, 135], solver: .nearby([93: 74, 143: 74], otherwise: 73))),
    (
      5,
      Topic(
        category: 37, subcategories: [135, 125], solver: .nearby([111: 46, 204: 46, 143: 48, 161: 49], otherwise: 70))
    ),
    (3, Topic(category: 57, subcategories: [159, 170], solver: .group(65))),
    (3, Topic(category: 45, subcategories: [72, 150], solver: .group(10))),
    (2, Topic(category: 46, subcategories: [255, 258, 261], solver: .group(6))),
    (2, Topic(category: 20, subcategories: [242, 246, 250], solver: .group(57))),
    (2, Topic(category: 23, subcategories: [107, 251], solver: .group(22))),
    (2, Topic(category: 44, subcategories: [9, 36], solver: .group(5))),
    (1, Topic(category: 23, subcategories: [231], solver: .group(37))),
    (1, Topic(category: 20, subcategories: [94, 305], solver: .group(33))),
    (1, Topic(category: 53, subcategories: [220], solver: .group(66))),
    (1, Topic(category: 8, subcategories: [3], solver: .group(53))),
  ]

  static let locations: [(weight: Int, value: Int)] = [
    (22, 204), (16, 161), (13, 143), (9, 108), (8, 93), (6, 51), (2, 188), (2, 179), (2, 43), (2, 111), (1, 55),
    (1, 46), (1, 7), (1, 12), (1, 19),
  ]

  static let levels: [(weight: Int, value: (impact: Incident.Level, urgency: Incident.Level))] = [
    (925, (.medium, .medium)), (27, (.low, .low)), (16, (.medium, .high)), (14, (.high, .high)), (9, (.high, .medium)),
    (5, (.low, .medium)), (3, (.medium, .low)), (1, (.low, .high)),
  ]

  /// What an incident turns out to be that was judged wrongly at first.
  static let correctedLevels: [(weight: Int, value: (impact: Incident.Level, urgency: Incident.Level))] = [
    (3, (.medium, .medium)), (2, (.low, .low)), (2, (.medium, .high)), (2, (.high, .high)),
  ]

  static let contacts: [(weight: Int, value: String)] = [
    (960, "Phone"), (24, "Self service"), (10, "Email"), (3, "IVR"), (3, "Direct opening"),
  ]

  static let openers: [(weight: Int, value: Int)] = [
    (30, 17), (6, 24), (5, 131), (5, 108), (4, 55), (4, 40), (3, 62), (3, 59), (3, 8), (1, 3), (1, 77), (1, 301),
  ]

  static let symptoms: [(weight: Int, value: Int?)] = [
    (37, 491), (24, nil), (4, 534), (3, 387), (2, 4), (2, 116), (1, 571), (1, 10), (1, 296),
  ]

  static let closedCodes: [(weight: Int, value: String)] = [
    (60, "code 6"), (18, "code 7"), (10, "code 9"), (3, "code 8"), (3, "code 5"), (2, "code 1"), (1, "code 10"),
    (1, "code 11"), (1, "code 16"),
  ]

  static let waiting: [(weight: Int, value: Incident.State)] = [
    (5, .awaitingVendor), (4, .awaitingProblem), (1, .awaitingEvidence),
  ]

  /// At most; the least is a third of it.
  static let minutesOfWork: [(weight: Int, value: Int)] = [
    (30, 120), (21, 1440), (21, 4 * 1440), (16, 12 * 1440), (10, 25 * 1440), (2, 70 * 1440),
  ]

  static let stepsOfWork: [(weight: Int, value: Int)] = [
    (42, 0), (20, 1), (14, 2), (9, 3), (7, 4), (4, 6), (3, 9), (1, 14), (1, 24),
  ]
}
