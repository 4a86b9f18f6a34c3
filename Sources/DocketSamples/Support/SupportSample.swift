/// A quarter of a made-up company that sells software to shops in China and Europe: what `scripts/support` runs on.
///
/// It ends on Wednesday, 30 September 2026, at 15:30 in Shanghai, when the day begins in Europe and China has half an afternoon
/// left before the holidays. Times are Shanghai's.
enum SupportSample {
  static let end = Minute("2026-09-30T15:30")

  static func files() -> [OutputFile] {
    var random = RandomSource(seed: 2042)
    let measurements = Rhythm.measurements(random: &random)
    let voices = FeedbackSheets(end: end, random: random)
    let sheets = [
      Company.customerSheet, Company.contacts, Company.people, Company.teams, Company.departments, Company.skills,
      Company.responsibilities, Company.leaves, Company.products, Company.modules,
      Plans.releases, Plans.requirements, Plans.changes, Plans.commitments, Plans.projects, Plans.iterations,
      Plans.tasks,
      Plans.risks, Plans.interviews, Plans.userTests, Plans.documents, Plans.trainings, Plans.caseStudies,
      Plans.recognitions, Plans.actions, Rhythm.meetings, Rhythm.documentUpdates, measurements, Rhythm.shifts,
      voices.feedback, voices.messages, voices.surveys,
    ]
    return sheets.map(\.file)
  }
}
