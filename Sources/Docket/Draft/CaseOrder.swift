/// The order of an enum's cases, the least first: by what the words say where they are known.

enum CaseOrder {
  enum Reason {
    /// By the numbers in the values, where 1 is the most urgent.
    case rank
    case numbers
    case words
    /// By what the words say, but for a few at the end, which nobody knows.
    case knownWords(unknown: [String])
    case file
  }

  /// Words that stand for steps of one thing, the least first.
  private static let scales: [[String]] = [
    [
      "none", "no_priority", "not_set", "suggestion", "hint", "lowest", "trivial", "very_low", "p5", "sev5", "s5",
      "low", "minor", "rather_low", "p4", "sev4", "s4",
      "not_urgent",
      "normal", "medium", "moderate", "average", "standard", "p3", "sev3", "s3", "rather_high",
      "important",
      "major", "severe", "high", "p2", "sev2", "s2", "very_high", "highest", "urgent", "very_urgent", "critical", "p1",
      "sev1", "s1",
      "blocker", "emergency", "immediate", "p0", "sev0", "s0",
    ],
    [
      "sehr_niedrig", "niedrig", "gering", "normal", "mittel", "hoch", "sehr_hoch", "dringend", "sofort",
      "kritisch", "notfall",
    ],
    [
      "tres_basse", "basse", "bas", "faible", "normale", "normal", "moyenne", "haute", "haut", "elevee", "urgente",
      "urgent",
      "immediat", "critique",
    ],
    ["ungenuegend", "schlecht", "mangelhaft", "ausreichend", "befriedigend", "gut", "sehr_gut"],
    [
      "neu", "offen", "zugewiesen", "in_bearbeitung", "wartend", "wartet_auf_kunden", "feedback", "rueckfrage",
      "zurueckgestellt",
      "geloest", "erledigt", "geschlossen", "abgebrochen", "abgewiesen",
    ],
    ["nouveau", "ouvert", "assigne", "en_cours", "en_attente", "resolu", "ferme", "clos", "annule"],
    [
      "new", "draft", "submitted", "unassigned", "unaccepted", "waiting", "created", "open", "to_do", "todo", "backlog",
      "accepted", "assigned", "acknowledged", "reopened", "active", "in_progress", "work_in_progress", "working",
      "in_review",
      "escalated", "replied", "waiting_for_reply", "waiting_for_customer", "waiting_on_customer", "waiting_on_contact",
      "waiting_on_us", "waiting_for_support", "waiting_for_approval", "feedback", "pending",
      "pending_reminder", "pending_auto_close",
      "awaiting_user_info",
      "awaiting_vendor", "awaiting_problem", "awaiting_evidence", "hold", "on_hold", "paused", "snoozed",
      "to_be_confirmed",
      "handled", "patch_available", "fixed", "solved", "resolved", "to_be_verified", "verified", "confirmed",
      "completed", "complete",
      "done", "closed", "closed_successful", "closed_unsuccessful", "merged", "archived", "cancelled", "canceled",
      "rejected", "deleted",
    ],
    [
      "normal", "free", "trial", "basic", "starter", "standard", "bronze", "silver", "team", "pro", "professional",
      "gold",
      "business", "premium", "platinum", "diamond", "enterprise", "vip",
    ],
    [
      "very_dissatisfied", "terrible", "bad", "dissatisfied", "negative", "unrated", "unoffered", "offered", "neutral",
      "normal",
      "okay", "good", "satisfied", "positive", "happy", "great", "very_satisfied", "amazing",
    ],
    ["small", "medium", "large"],
    ["no", "partly", "yes"],
  ]

  /// The places of `names` in their order; `texts` are the values as they stand.
  static func sorted(_ names: [String], _ texts: [String]) -> (order: [Int], reason: Reason) {
    let file = Array(names.indices)
    let numbers = texts.map(leadingNumber)
    if names.count > 1, numbers.allSatisfy({ $0 != nil }), Set(numbers).count == names.count {
      let ascending = file.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }
      // `1 - Critical` is the most urgent, `1 star` and `1 very low` the least.
      let isRank = rise(ascending.map { names[$0] }) < 0
      return (isRank ? ascending.reversed() : ascending, isRank ? .rank : .numbers)
    }
    var best: (known: Int, order: [Int])?
    for scale in scales {
      let places = names.map { name in scale.firstIndex(of: name) }
      let known = places.count { $0 != nil }
      guard known == names.count || (known >= 3 && known * 4 >= names.count * 3), known > best?.known ?? 0 else {
        continue
      }
      best = (known, file.sorted { (places[$0] ?? .max, $0) < (places[$1] ?? .max, $1) })
    }
    guard let best else { return (file, .file) }
    let unknown = best.order[best.known...].map { texts[$0] }
    return (best.order, unknown.isEmpty ? .words : .knownWords(unknown: unknown))
  }

  /// Whether the words of a row become graver (more than zero) or less grave.
  private static func rise(_ names: [String]) -> Int {
    let scale = scales[0]
    let places = names.compactMap { scale.firstIndex(of: $0) }
    if places.count > 1 { return zip(places, places.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).signum() } }
    // One grave word at the beginning is enough.
    guard let only = places.first, only > scale.firstIndex(of: "p3") ?? 0 else { return 0 }
    let place = names.firstIndex(of: scale[only]) ?? 0
    return place * 2 < names.count ? -1 : 1
  }

  /// `2 - High` begins with 2.
  private static func leadingNumber(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count < 6, digits.count < text.count else { return nil }
    let rest = text.dropFirst(digits.count)
    guard let mark = rest.first, " -.:_)、：".contains(mark) else { return nil }
    return Int(digits)
  }
}
