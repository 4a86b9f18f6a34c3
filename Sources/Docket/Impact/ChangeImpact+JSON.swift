/// The impact for machines: every rule that is in both, with all that is another.

public import DocketDiagnostics

extension ChangeImpact {
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("changed")
      json.bool(!isEmpty)
      json.key("added")
      json.array { json in for name in added { json.string(name) } }
      json.key("removed")
      json.array { json in for name in removed { json.string(name) } }
      json.key("rules")
      json.array { json in
        for rule in rules {
          json.object { json in
            json.field("kind", rule.kind.rawValue)
            json.field("name", rule.name)
            json.field("compared", rule.count)
            json.key("differences")
            json.array { json in for difference in rule.differences { Self.write(difference, to: &json) } }
            json.key("details")
            json.array { json in for difference in rule.details { Self.write(difference, to: &json) } }
          }
        }
      }
    }
    json.endLine()
  }

  private static func write(_ difference: Difference, to json: inout JSONWriter) {
    json.object { json in
      json.field("subject", difference.subject)
      json.field("before", difference.before)
      json.field("after", difference.after)
      json.field("note", difference.note)
    }
  }
}
