/// What can be made up. To add one: a case here, and a generator in a file of its own.
enum Sample: String, CaseIterable {
  case incidents
  case support

  func files() -> [OutputFile] {
    switch self {
    case .incidents: [IncidentLog.sample()]
    case .support: SupportSample.files()
    }
  }
}
