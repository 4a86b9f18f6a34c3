// `docket-bench`: what an evaluation costs.
//
// `docket-bench` prints a table for people; `docket-bench expressions --json --cases bench/expressions.json` times the
// expressions that other engines of CEL are timed on as well, one JSON object a line; `docket-bench routing RULEBOOK DATA`
// times the decisions of a route.

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.count {
case 0:
  ExpressionBench().run()
  ClockBench().run()
case 1 where arguments == ["clocks"]:
  ClockBench().run()
case 1...3 where arguments[0] == "kpi":
  KPIBench(rows: arguments.count > 1 ? Int(arguments[1]) ?? 0 : 10_000_000).run(
    rounds: 5, isJSON: arguments.last == "--json")
case 4 where arguments[..<3] == ["expressions", "--json", "--cases"]:
  do throws(SharedCase.Unreadable) {
    for sharedCase in try SharedCase.read(arguments[3]) { try SharedCaseRun(sharedCase).run() }
  } catch {
    fatalError("docket-bench: \(error.what)")
  }
case 3... where arguments[0] == "routing":
  do throws(RoutingBench.Failure) {
    try RoutingBench(arguments.dropFirst()).run()
  } catch {
    fatalError("docket-bench: \(error.what)")
  }
default:
  print(
    """
    usage: docket-bench [clocks | kpi [ROWS [--json]] | expressions --json --cases bench/expressions.json]
           docket-bench routing RULEBOOK DATA [--rounds N] [--matches FILE]
    """)
}
if checksum == .min { print(checksum) }
