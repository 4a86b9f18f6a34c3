import ArgumentParser

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "test", abstract: "Run the tests of a rulebook.")
  @OptionGroup var options: RulebookOptions
  func run() throws { _ = try options.load() }
}
