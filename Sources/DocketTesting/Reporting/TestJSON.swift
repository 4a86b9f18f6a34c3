/// Results for machines: one JSON object a line, keys in the order of the contract.

public import DocketDiagnostics
import DocketTime

public enum TestJSON {
  /// JSON Lines.
  public static func lines(_ results: [TestResult]) -> String {
    var json = JSONWriter()
    for result in results {
      write(result, to: &json)
      json.endLine()
    }
    return json.text
  }

  /// `{"test","file","line","status","duration","message"}`
  public static func write(_ result: TestResult, to json: inout JSONWriter) {
    json.object { json in
      json.field("test", result.name)
      json.field("file", result.file)
      json.field("line", result.line)
      json.field("status", result.status.rawValue)
      json.field("duration", length(result.duration).celString())
      json.field("message", result.message)
    }
  }

  private static func length(_ duration: Duration) -> TimeDuration {
    let (seconds, attoseconds) = duration.components
    return TimeDuration(uncheckedSeconds: seconds, nanoseconds: Int32(attoseconds / 1_000_000_000))
  }
}
