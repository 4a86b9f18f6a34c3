/// Results as JSON objects, keys in the order of the contract (language section 9).

public import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension RuleEngine {
  public func write(_ decision: Decision, to json: inout JSONWriter) {
    write(decision, to: &json) { $0.raw(machine.json(world.key(of: decision.item)).utf8) }
  }

  /// Writes a decision with `item` in the place of its item: all else is the same for decisions of one outcome.
  public func write(_ decision: Decision, to json: inout JSONWriter, item: (inout JSONWriter) -> Void) {
    json.object { json in
      json.field("route", rulebook.routes[decision.route].name)
      json.key("item")
      item(&json)
      json.field(
        "field",
        rulebook.schema[rulebook.routes[decision.route].field.entity].fields[
          rulebook.routes[decision.route].field.index
        ].name)
      json.key("to")
      if rulebook.routes[decision.route].hitPolicy == .all {
        json.array { json in for value in decision.to { json.raw(machine.json(value).utf8) } }
      } else {
        json.raw(machine.json(decision.to.first ?? .absent).utf8)
      }
      json.field("rule", decision.rule)
      json.field("status", decision.status.name)
      json.field("because", decision.because)
      json.key("undecided")
      json.array { json in
        for entry in decision.undecided {
          json.object { json in
            json.field("rule", entry.rule)
            json.field("cause", entry.cause)
          }
        }
      }
      json.key("refused")
      json.object { json in for entry in decision.refused { json.field(entry.condition, entry.count) } }
      json.key("verdicts")
      json.array { json in
        for verdict in decision.verdicts {
          json.object { json in
            json.field("rule", verdict.rule)
            json.field("verdict", verdict.verdict.rawValue)
            json.field("clause", verdict.clause)
            json.key("values")
            json.object { json in
              for value in verdict.values {
                json.key(value.source)
                json.raw(value.json.utf8)
              }
            }
          }
        }
      }
      write(decision.effects, to: &json)
    }
  }

  public func write(_ clock: Clock, to json: inout JSONWriter) {
    json.object { json in
      json.field("sla", rulebook.slas[clock.sla].name)
      json.key("item")
      json.raw(machine.json(world.key(of: clock.item)).utf8)
      json.field("cycle", clock.cycle)
      json.field("status", clock.status.name)
      json.field("stopped", clock.stop != nil)
      json.field("met", clock.met)
      json.field("start", clock.start?.rfc3339())
      json.field("stop", clock.stop?.rfc3339())
      json.field("due", clock.due?.rfc3339())
      json.field("breach_from", clock.breachFrom?.rfc3339())
      json.field("elapsed", clock.elapsed?.celString())
      json.field("wall_elapsed", clock.wallElapsed?.celString())
      json.field("remaining", clock.remaining?.celString())
      json.key("pauses")
      json.array { json in
        for pause in clock.pauses {
          json.array { json in
            json.string(pause.from.rfc3339())
            if let end = pause.to { json.string(end.rfc3339()) } else { json.null() }
          }
        }
      }
      json.field("provisional", clock.isProvisional)
      json.field("cause", clock.cause)
      write(clock.effects, to: &json)
    }
  }

  public func write(_ measure: Measure, to json: inout JSONWriter) {
    let kpi = rulebook.kpis[measure.kpi]
    json.object { json in
      json.field("kpi", kpi.name)
      json.field("period", measure.period.map { "\($0)" })
      json.field("partial", measure.isPartial)
      json.key("group")
      if kpi.groups.isEmpty {
        json.null()
      } else {
        json.object { json in
          for (group, value) in zip(kpi.groups, measure.group) {
            json.key(group.name)
            json.raw(machine.json(value).utf8)
          }
        }
      }
      json.field("value", measure.value)
      json.field("n", measure.rows)
      json.field("skipped", measure.skipped)
      json.field("pending", measure.pending)
      json.field("errors", measure.errors)
      json.field("status", measure.status?.name)
      json.key("interval")
      if let interval = measure.interval {
        json.array { json in
          json.double(interval.low)
          json.double(interval.high)
        }
      } else {
        json.null()
      }
      json.field("change", measure.change)
      write(measure.effects, to: &json)
    }
  }

  public func write(_ row: MeasuredRow, to json: inout JSONWriter) {
    let kpi = rulebook.kpis[row.kpi]
    json.object { json in
      json.field("kpi", kpi.name)
      json.field("row", row.name)
      json.field("fate", row.fate.rawValue)
      json.field("period", row.period.map { "\($0)" })
      json.key("group")
      if kpi.groups.isEmpty || !row.hasCell {
        json.null()
      } else {
        json.object { json in
          for (group, value) in zip(kpi.groups, row.group) {
            json.key(group.name)
            json.raw(machine.json(value).utf8)
          }
        }
      }
      json.key("notes")
      json.object { json in for note in row.notes { json.field(note.what, note.text) } }
    }
  }

  public func write(_ finding: Finding, to json: inout JSONWriter) {
    let ensure = rulebook.ensures[finding.ensure]
    json.object { json in
      json.field("ensure", ensure.name)
      json.key("for")
      json.object { json in
        for (domain, value) in zip(ensure.domains, finding.combination) {
          json.key(domain.name)
          json.raw(machine.json(value).utf8)
        }
      }
      json.field("from", finding.from.rfc3339())
      json.field("until", finding.until?.rfc3339())
      json.field("because", finding.because ?? finding.cause.map { "undecided: \($0)" })
    }
  }

  private func write(_ effects: [EffectRecord], to json: inout JSONWriter) {
    json.key("effects")
    json.array { json in
      for effect in effects {
        write(effect, to: &json)
      }
    }
  }

  public func write(_ effect: EffectRecord, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", effect.id)
      json.field("at", effect.at.rfc3339())
      json.field("kind", effect.kind.rawValue)
      json.field("to", effect.to)
      json.field("text", effect.text)
    }
  }
}
