/// Which report of `docket test` goes where: an `--out` belongs to the `--format` or `--coverage` before it, the rest is printed.

import Docket
import DocketDiagnostics

struct TestOutputs {
  enum Report: Equatable {
    case format(TestCommand.Format)
    case coverage(TestCommand.CoverageFormat)
  }
  struct Output: Equatable {
    var report: Report
    /// `nil` is standard output.
    var path: String?
  }
  private(set) var outputs: [Output] = []

  struct Problem: Error {
    var message: String
  }

  /// The argument parser keeps each option's values together; which one an `--out` follows is read from the arguments themselves.
  init(_ arguments: [String]) throws(Problem) {
    var index = 0
    func value(_ name: String) -> String? {
      let argument = arguments[index]
      if argument.hasPrefix("\(name)=") { return String(argument.dropFirst(name.count + 1)) }
      guard argument == name, index + 1 < arguments.count else { return nil }
      return arguments[index + 1]
    }
    while index < arguments.count, arguments[index] != "--" {
      if let name = value("--format"), let format = TestCommand.Format(rawValue: name) {
        outputs.append(Output(report: .format(format), path: nil))
      } else if arguments[index].hasPrefix("--coverage"), !arguments[index].hasPrefix("--coverage-") {
        let format = value("--coverage").flatMap { TestCommand.CoverageFormat(rawValue: $0) } ?? .text
        outputs.append(Output(report: .coverage(format), path: nil))
      } else if let path = value("--out") {
        guard let last = outputs.indices.last, outputs[last].path == nil else {
          throw Problem(message: "`--out \(path)` belongs to no report: write `--format junit --out \(path)`")
        }
        outputs[last].path = path
      }
      index += 1
    }
    if !outputs.contains(where: { if case .format = $0.report { true } else { false } }) {
      outputs.insert(Output(report: .format(.pretty), path: nil), at: 0)
    }
    try checkPrinted()
  }

  /// What people read may be printed one below the other; what machines read stands alone.
  private func checkPrinted() throws(Problem) {
    let printed = outputs.filter { $0.path == nil }
    guard printed.count > 1, let machine = printed.first(where: { $0.report.isForMachines }) else { return }
    throw Problem(
      message: "`\(machine.report.name)` is printed together with another report: give one of them a file with `--out`")
  }
}

extension TestOutputs.Report {
  fileprivate var name: String {
    switch self {
    case .format(let format): "--format \(format.rawValue)"
    case .coverage(let format): "--coverage \(format.rawValue)"
    }
  }

  fileprivate var isForMachines: Bool {
    switch self {
    case .format(let format):
      switch format {
      case .pretty, .github: false
      case .json, .tap, .junit: true
      }
    case .coverage(let format):
      switch format {
      case .text: false
      case .json, .lcov, .cobertura, .html: true
      }
    }
  }
}
