/// What `type(x)` gives, and how types are called.

public import DocketSemantics

extension Heap {
  /// The type of a value, without parameters. Errors and absent values have none: `dyn`.
  public func type(of value: Value) -> Type {
    switch value {
    case .absent, .error: .dyn
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .date: .date
    case .enumeration(let value): .enumeration(EnumID(index: Int(value.type)))
    case .entity(let reference): .entity(EntityID(index: Int(reference.entity)))
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .type: .type(.dyn)
    case .optionalNone, .optionalSome: .optional(.dyn)
    case .calendar: .calendar
    case .result(let result):
      switch result.kind {
      case .decision: .result(.decision(route: 0))
      case .clock: .result(.clock(sla: 0))
      case .measure: .result(.measure(kpi: 0))
      case .finding: .result(.finding(ensure: 0))
      }
    }
  }
}

extension Type {
  /// The name that CEL has for a type, `google.protobuf.Timestamp` for one; other types as Docket writes them.
  public func celName(_ schema: Schema) -> String {
    switch self {
    case .null: "null_type"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .type: "type"
    default: schema.describe(self)
    }
  }
}

extension Evaluator {
  /// The type of a value for messages.
  func typeName(_ value: Value) -> String {
    switch value {
    case .absent: "absent"
    case .null: "null"
    case .optionalNone, .optionalSome: "optional"
    case .timestamp: "timestamp"
    case .duration: "duration"
    default: heap.type(of: value).celName(schema)
    }
  }
}
