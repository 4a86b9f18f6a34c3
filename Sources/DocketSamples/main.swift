// Writes the made-up data that the shipped rulebooks run on. `DocketSamples incidents DIR`
//
// The same program writes the same bytes everywhere: the random numbers are its own and it never asks for the time.

let arguments = CommandLine.arguments.dropFirst()

guard arguments.count == 2, let name = arguments.first, let folder = arguments.last, let sample = Sample(rawValue: name)
else {
  let names = Sample.allCases.map(\.rawValue).joined(separator: " | ")
  exitWithMessage("usage: DocketSamples \(names) DIR", code: 2)
}

for file in sample.files() {
  do {
    try file.write(into: folder)
    print("\(folder)/\(file.name)")
  } catch {
    exitWithMessage("\(folder)/\(file.name): \(error)", code: 1)
  }
}
