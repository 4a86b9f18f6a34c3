/// Values of fields set while rules run, over the data as loaded: routed fields, whose inverse lists follow them.

public import DocketSemantics

struct FieldKey: Hashable {
  var entity: EntityID
  var field: Int
}

public struct Overlay {
  struct Layer {
    /// By record: the value, with references to the newest rows; absent clears the field.
    var values: [UInt32: Value] = [:]
    /// By referred record: the records whose value here refers to it.
    var referring: [UInt32: Set<UInt32>] = [:]
  }

  var layers: [FieldKey: Layer] = [:]

  public init() {}

  public var isEmpty: Bool { layers.isEmpty }

  /// Whether these, each once, are the fields that have values here.
  func covers(exactly fields: [FieldKey]) -> Bool {
    layers.count == fields.count && fields.allSatisfy { layers[$0] != nil }
  }
}

extension World {
  /// Sets a field of a record over the data: a value of the field's type, a reference, a list of references, or absent.
  public func override(_ field: FieldReference, of record: Int, with value: Value) {
    let key = FieldKey(entity: field.entity, field: field.index)
    let number = UInt32(record)
    var layer = overlay.layers[key] ?? Overlay.Layer()
    if let previous = layer.values[number] {
      for target in referredRecords(previous) { layer.referring[target]?.remove(number) }
    }
    layer.values[number] = value
    for target in referredRecords(value) { layer.referring[target, default: []].insert(number) }
    overlay.layers[key] = layer
  }

  /// Back to the data as loaded.
  public func clearOverlay() { overlay = Overlay() }

  private func referredRecords(_ value: Value) -> [UInt32] {
    switch value {
    case .entity(let reference): [UInt32(record(of: reference))]
    case .list(let list): heap[list].flatMap { referredRecords($0) }
    default: []
    }
  }
}
