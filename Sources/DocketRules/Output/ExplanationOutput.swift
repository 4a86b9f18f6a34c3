/// Explanations as JSON objects. A decision's verdicts are those of the contract; the rest stands beside them.

public import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

extension RuleEngine {
  /// `{"entity","item","at","routes":[…],"clocks":[…],"measures":[…],"findings":[…]}`
  public func write(_ explanation: ItemExplanation, to json: inout JSONWriter) {
    json.object { json in
      json.field("entity", explanation.entity)
      json.key("item")
      json.raw(machine.json(world.key(of: explanation.item)).utf8)
      json.field("at", instant.rfc3339())
      json.key("routes")
      json.array { json in for route in explanation.routes { write(route, to: &json) } }
      json.key("clocks")
      json.array { json in for clock in explanation.clocks { write(clock, to: &json) } }
      json.key("measures")
      json.array { json in for membership in explanation.memberships { write(membership, to: &json) } }
      json.key("findings")
      json.array { json in
        for finding in explanation.findings.flatMap(\.findings) { write(finding, to: &json) }
      }
    }
  }

  // MARK: - Routes

  /// `{"decision","where","rules","otherwise","without_where","changes","why_not"}`
  public func write(_ explanation: RouteExplanation, to json: inout JSONWriter) {
    json.object { json in
      json.key("decision")
      write(explanation.decision, to: &json)
      json.key("where")
      write(explanation.filter, to: &json)
      json.key("rules")
      json.array { json in
        for verdict in explanation.decision.verdicts {
          json.object { json in
            json.field("rule", verdict.rule)
            json.field("file", verdict.place.path)
            json.field("line", verdict.place.line)
            json.field("verdict", verdict.verdict.rawValue)
            json.key("conditions")
            write(verdict.conditions, to: &json)
            json.key("targets")
            json.array { json in for target in verdict.targets { write(target, to: &json) } }
          }
        }
      }
      json.key("otherwise")
      json.array { json in for target in explanation.otherwise { write(target, to: &json) } }
      json.key("without_where")
      if let undisturbed = explanation.undisturbed.first { write(undisturbed, to: &json) } else { json.null() }
      json.key("changes")
      json.array { json in
        for change in explanation.changes {
          json.object { json in
            json.field("record", change.record)
            json.field("field", change.path)
            json.field("from", change.from)
            json.field("to", change.to)
            json.field("status", change.status)
            json.field("given", change.given)
            json.field("rule", change.rule)
          }
        }
      }
      json.key("why_not")
      if let whyNot = explanation.whyNot { write(whyNot, to: &json) } else { json.null() }
    }
  }

  private func write(_ notes: [ConditionNote], to json: inout JSONWriter) {
    json.array { json in
      for note in notes {
        json.object { json in
          json.field("clause", note.clause)
          json.field("line", note.place.line)
          json.field("met", note.isMet)
          json.field("cause", note.cause)
          json.key("values")
          write(note.values, to: &json)
        }
      }
    }
  }

  private func write(_ values: [ValueNote], to json: inout JSONWriter) {
    json.object { json in
      for value in values {
        json.key(value.source)
        json.raw(value.json.utf8)
      }
    }
  }

  private func write(_ target: TargetNote, to json: inout JSONWriter) {
    json.object { json in
      json.field("target", target.source)
      json.field("line", target.place.line)
      let (outcome, detail): (String, String?) =
        switch target.outcome {
        case .given(let text): ("given", text)
        case .noCandidate: ("no_candidate", nil)
        case .undecided(let cause): ("undecided", cause)
        case .notYet(let opens): ("not_yet", opens)
        case .next: ("next", nil)
        }
      json.field("outcome", outcome)
      json.field("detail", detail)
      json.key("candidates")
      guard let note = target.candidates else { return json.null() }
      json.object { json in
        json.field("entity", note.entity)
        json.field("count", note.count)
        json.key("refused")
        json.array { json in
          for refusal in note.refusals {
            json.object { json in
              json.field("condition", refusal.condition)
              json.field("line", refusal.place.line)
              json.field("count", refusal.count)
              json.key("examples")
              json.array { json in
                for example in refusal.examples {
                  json.object { json in
                    json.field("record", example.record)
                    json.key("values")
                    write(example.values, to: &json)
                  }
                }
              }
            }
          }
        }
        json.key("undecided")
        json.array { json in
          for entry in note.undecided {
            json.object { json in
              json.field("record", entry.record)
              json.field("cause", entry.cause)
            }
          }
        }
        json.key("ranking")
        json.array { json in
          for passed in note.passed {
            json.object { json in
              json.field("record", passed.record)
              json.field("preferred", passed.isPreferred)
              json.key("keys")
              json.object { json in for (key, value) in zip(note.keys, passed.keys) { json.field(key, value) } }
              json.field("turn", passed.turn)
            }
          }
        }
      }
    }
  }

  private func write(_ whyNot: WhyNot, to json: inout JSONWriter) {
    json.object { json in
      json.field("value", whyNot.value)
      json.key("reasons")
      json.array { json in
        for (rule, place, reason) in whyNot.reasons {
          json.object { json in
            json.field("rule", rule)
            json.field("line", place?.line)
            write(reason, to: &json)
          }
        }
      }
    }
  }

  private func write(_ reason: WhyNot.Reason, to json: inout JSONWriter) {
    switch reason {
    case .chosen: json.field("reason", "chosen")
    case .decidedBefore(let rule):
      json.field("reason", "decided_before")
      json.field("by", rule)
    case .notMatched(let conditions):
      json.field("reason", "not_matched")
      json.key("conditions")
      write(conditions, to: &json)
    case .notYet(let opens):
      json.field("reason", "not_yet")
      json.field("opens", opens)
    case .noCandidate(let entity):
      json.field("reason", "no_candidate")
      json.field("of", entity)
    case .refused(let condition, let values):
      json.field("reason", "refused")
      json.field("condition", condition)
      json.key("values")
      write(values, to: &json)
    case .undecided(let cause):
      json.field("reason", "undecided")
      json.field("cause", cause)
    case .outranked(let by, let key, let theirs, let its):
      json.field("reason", "outranked")
      json.field("by", by)
      json.field("key", key)
      json.field("theirs", theirs)
      json.field("its", its)
    }
  }

  // MARK: - Clocks

  /// `{"clocks","where","timeline"}`
  public func write(_ explanation: ClockExplanation, to json: inout JSONWriter) {
    json.object { json in
      json.key("clocks")
      json.array { json in for clock in explanation.clocks { write(clock, to: &json) } }
      json.key("where")
      write(explanation.filter, to: &json)
      json.key("timeline")
      json.array { json in
        for entry in explanation.entries {
          json.object { json in
            json.field("at", entry.at.rfc3339())
            json.field("cycle", entry.cycle)
            json.field("elapsed", entry.total?.celString())
            json.field("ahead", entry.isAhead)
            write(entry.kind, to: &json)
          }
        }
      }
    }
  }

  private func write(_ kind: TimelineEntry.Kind, to json: inout JSONWriter) {
    switch kind {
    case .change(let changes, let steps):
      json.field("kind", "change")
      json.key("steps")
      json.array { json in
        for step in steps {
          json.object { json in
            json.field("step", step.kind.rawValue)
            json.field("clause", step.clause)
            json.field("line", step.place?.line)
            json.key("values")
            write(step.values, to: &json)
          }
        }
      }
      json.key("records")
      json.array { json in
        for change in changes {
          json.object { json in
            json.field("entity", change.entity)
            json.field("key", change.key)
            json.field("new", change.isNew)
            json.key("fields")
            json.object { json in
              for field in change.fields {
                json.key(field.name)
                json.array { json in
                  if let from = field.from { json.string(from) } else { json.null() }
                  json.string(field.to)
                }
              }
            }
          }
        }
      }
    case .closed(let first, let last, let reason):
      json.field("kind", "closed")
      json.field("from", "\(first)")
      json.field("to", "\(last)")
      switch reason {
      case .weekday: json.field("because", "weekday")
      case .holiday(let name): json.field("because", name)
      }
    case .open(let date, let name):
      json.field("kind", "open")
      json.field("from", "\(date)")
      json.field("because", name)
    case .effect(let effect):
      json.field("kind", "effect")
      json.key("effect")
      write(effect, to: &json)
    case .due: json.field("kind", "due")
    case .breach: json.field("kind", "breach_from")
    case .now: json.field("kind", "now")
    }
  }

  // MARK: - Measures

  private func write(_ membership: Membership, to json: inout JSONWriter) {
    let kpi = rulebook.kpis[membership.kpi]
    json.object { json in
      json.field("kpi", kpi.name)
      json.field("cycle", membership.cycle)
      json.field("fate", membership.fate.rawValue)
      json.field("period", membership.period.map { "\($0)" })
      json.key("group")
      if kpi.groups.isEmpty || membership.group.isEmpty {
        json.null()
      } else {
        json.object { json in for (group, value) in zip(kpi.groups, membership.group) { json.field(group.name, value) }
        }
      }
      json.key("notes")
      json.object { json in for note in membership.notes { json.field(note.what, note.text) } }
      json.key("where")
      write(membership.conditions, to: &json)
      json.key("cell")
      if let cell = membership.cell { write(cell, to: &json) } else { json.null() }
    }
  }
}
