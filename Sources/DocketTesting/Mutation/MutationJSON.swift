/// Mutants for machines, one JSON object a line:
/// `{"kind","file","line","old":[…],"new":[…],"outcome":"killed|survived|equivalent|invalid","killed_by","reason","reached_by":[…],"test"}`

public import DocketDiagnostics

public enum MutationJSON {
  public static func lines(_ report: MutationReport) -> String {
    var json = JSONWriter()
    for mutant in report.mutants {
      write(mutant, to: &json)
      json.endLine()
    }
    return json.text
  }

  public static func write(_ mutant: MutationReport.Mutant, to json: inout JSONWriter) {
    var (outcome, killer, reason): (String, String?, String?) = ("survived", nil, nil)
    switch mutant.outcome {
    case .killed(let test): (outcome, killer) = ("killed", test)
    case .survived: break
    case .equivalent(let why): (outcome, reason) = ("equivalent", why)
    case .invalid: outcome = "invalid"
    }
    json.object { json in
      json.field("kind", mutant.mutation.kind.rawValue)
      json.field("file", mutant.file)
      json.field("line", mutant.line)
      json.field("old", mutant.old)
      json.field("new", mutant.new)
      json.field("outcome", outcome)
      json.field("killed_by", killer)
      json.field("reason", reason)
      json.field("reached_by", mutant.reachedBy)
      json.field("test", mutant.proposal?.test)
    }
  }
}
