/// Coverage for machines, one object:
/// `{"reached","all","percent","files":[{"file","reached","all","points":[{"kind","line","text","outcomes":{…}}]}]}`

import DocketDiagnostics

public enum CoverageJSON {
  public static func render(_ coverages: [Coverage]) -> String {
    var json = JSONWriter()
    let total = Coverage.total(coverages)
    json.object { json in
      json.field("reached", total.reached)
      json.field("all", total.all)
      json.field("percent", total.percent)
      json.key("files")
      json.array { json in
        for file in coverages.flatMap(\.files) { write(file, &json) }
      }
    }
    json.endLine()
    return json.text
  }

  private static func write(_ file: Coverage.File, _ json: inout JSONWriter) {
    json.object { json in
      json.field("file", file.path)
      json.field("reached", file.total.reached)
      json.field("all", file.total.all)
      json.key("points")
      json.array { json in
        for point in file.points {
          json.object { json in
            json.field("kind", point.kind.rawValue)
            json.field("line", point.line)
            json.field("text", point.text)
            json.key("outcomes")
            json.object { json in
              for outcome in point.outcomes { json.field(outcome.name, outcome.count) }
            }
          }
        }
      }
    }
  }
}
