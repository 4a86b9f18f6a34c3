import Docket
import DocketDiagnostics

let rulebook = Rulebook.load(CommandLine.arguments.dropFirst().first ?? ".")
print(render(rulebook.diagnostics.all, sources: rulebook.sources))
