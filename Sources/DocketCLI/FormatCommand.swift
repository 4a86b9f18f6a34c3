import ArgumentParser

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fmt", abstract: "Lay out rulebooks in the one way.")
  @Argument var paths: [String] = ["."]
  func run() throws {}
}
