// Runs CEL's public conformance cases against Docket. `docket-conformance [FILE] [--tier T] [--verbose]`
//
// A failure that ExpectedFailures does not name ends with exit code 1; without the default file there is nothing to do.

import DocketData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs what is asked for and gives the exit code.
func runConformance(_ arguments: Arguments) -> Int32 {
  let path = arguments.path ?? Arguments.defaultPath
  let bytes: FileBytes
  switch FileBytes.open(path) {
  case .success(let opened): bytes = opened
  case .failure(.missing) where path == Arguments.defaultPath:
    print("skipped: there are no conformance cases at \(path)")
    return 0
  case .failure(let problem):
    print("\(path) cannot be read: \(problem)")
    return 2
  }
  var report = Report()
  for (index, line) in bytes.buffer.split(separator: UInt8(ascii: "\n")).enumerated() {
    guard let conformanceCase = JSONValue.parse(line).flatMap(ConformanceCase.read) else {
      print("\(path): line \(index + 1) is not a case")
      return 2
    }
    if let tier = arguments.tier, conformanceCase.tier != tier { continue }
    let outcome = CaseRunner.run(conformanceCase)
    if arguments.isVerbose { print(outcome.line(conformanceCase.id)) }
    report.add(outcome, of: conformanceCase)
  }
  print(report.text)
  return report.hasUnexpectedFailures ? 1 : 0
}

guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
  print(Arguments.usage)
  exit(2)
}
exit(runConformance(arguments))
