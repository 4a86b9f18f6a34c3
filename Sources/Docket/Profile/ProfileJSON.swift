/// A profile for machines: one object, values as in all machine output.

import DocketData
public import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketTime

extension DataProfile {
  public func write(of session: Session, to json: inout JSONWriter) {
    let world = session.engine.world
    let machine = MachineText(heap: world.heap, schema: world.schema, world: world)
    json.object { json in
      json.field("at", instant.rfc3339())
      json.key("entities")
      json.array { json in for entity in entities { write(entity, machine, to: &json) } }
      json.field("without_data", withoutData)
      json.field("unused_files", unusedFiles)
    }
  }

  private func write(_ entity: Entity, _ machine: MachineText, to json: inout JSONWriter) {
    json.object { json in
      json.field("entity", entity.name)
      json.field("records", entity.records)
      json.field("existing", entity.existing)
      json.field("rows", entity.rows)
      json.key("versions")
      if let versions = entity.versions {
        json.array {
          $0.string(versions.lowerBound.rfc3339())
          $0.string(versions.upperBound.rfc3339())
        }
      } else {
        json.null()
      }
      json.key("sources")
      json.array { json in
        for source in entity.sources {
          json.object {
            $0.field("path", source.path)
            $0.field("rows", source.rows)
            $0.field("rejected", source.rejectedRows)
            $0.field("unused_columns", source.unusedColumns)
          }
        }
      }
      json.key("fields")
      json.array { json in for field in entity.fields { write(field, machine, to: &json) } }
      json.key("views")
      json.array { json in
        for view in entity.views {
          json.object {
            $0.field("view", view.name)
            $0.field("members", view.members)
            $0.field("undecided", view.undecided)
          }
        }
      }
    }
  }

  private func write(_ field: Field, _ machine: MachineText, to json: inout JSONWriter) {
    json.object { json in
      json.field("field", field.name)
      json.field("type", field.type)
      json.field("filled", field.values.filled)
      json.field("distinct", field.values.distinct)
      json.key("lowest")
      json.raw(machine.json(field.values.range?.lowest ?? .absent).utf8)
      json.key("highest")
      json.raw(machine.json(field.values.range?.highest ?? .absent).utf8)
      json.key("top")
      json.array { json in
        for item in field.values.top {
          json.object {
            $0.key("value")
            $0.raw(machine.json(item.value).utf8)
            $0.field("count", item.count)
          }
        }
      }
      json.key("dangling")
      if let dangling = field.dangling { write(dangling, to: &json) } else { json.null() }
      json.key("later_than_version")
      if let later = field.laterTimes {
        json.object {
          $0.field("count", later.count)
          $0.field("key", later.key)
          $0.field("time", later.time.rfc3339())
          $0.field("version", later.version.rfc3339())
        }
      } else {
        json.null()
      }
    }
  }

  private func write(_ dangling: LoadReport.Dangling, to json: inout JSONWriter) {
    json.object { json in
      json.field("target", dangling.target)
      json.field("count", dangling.count)
      json.field("distinct", dangling.distinct)
      json.key("keys")
      json.array { json in
        for item in dangling.keys {
          json.object {
            $0.field("key", item.key)
            $0.field("count", item.count)
          }
        }
      }
    }
  }
}
