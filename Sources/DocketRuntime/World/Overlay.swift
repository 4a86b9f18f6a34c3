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

    /// `nil` uncovers what lies below. INVARIANT: `before` and `after` are what the old and the new value refer to.
    mutating func set(_ record: UInt32, to value: Value?, before: [UInt32], after: [UInt32]) {
      for target in before { referring[target]?.remove(record) }
      values[record] = value
      for target in after { referring[target, default: []].insert(record) }
    }
  }

  fileprivate(set) var layers: [FieldKey: Layer] = [:]

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
    cover(FieldKey(entity: field.entity, field: field.index), UInt32(record), with: value)
  }

  /// Back to the data as loaded, without assumptions.
  public func clearOverlay() {
    assumed = Overlay()
    overlay = Overlay()
  }

  /// From here on what is set over the data counts as loaded, until `clearOverlay`.
  public func keepOverlay() { assumed = overlay }

  /// Sets a field while something is done; afterwards it is what it was.
  public func withOverride<Result>(
    _ field: FieldReference, of record: Int, with value: Value, _ body: () -> Result
  ) -> Result {
    let key = FieldKey(entity: field.entity, field: field.index)
    let isFirst = overlay.layers[key] == nil
    let previous = overlay.layers[key]?.values[UInt32(record)]
    cover(key, UInt32(record), with: value)
    defer {
      if isFirst { overlay.layers[key] = nil } else { cover(key, UInt32(record), with: previous) }
    }
    return body()
  }

  /// A field that is going to be set for many records, so that how it is read changes once and not with each of them.
  public func prepareOverrides(of field: FieldReference) {
    let key = FieldKey(entity: field.entity, field: field.index)
    if overlay.layers[key] == nil { overlay.layers[key] = Overlay.Layer() }
  }

  /// With nothing set over the data but what is assumed; afterwards there is what there was.
  public func withoutOverrides<Result>(_ body: () -> Result) -> Result {
    let outer = overlay
    overlay = assumed
    defer { overlay = outer }
    return body()
  }

  /// INVARIANT: the layer is changed where it lies. Taken out and put back it would be copied, and a run over n items would
  /// take n² steps.
  private func cover(_ key: FieldKey, _ record: UInt32, with value: Value?) {
    let before = overlay.layers[key]?.values[record].map { referredRecords($0) } ?? []
    let after = value.map { referredRecords($0) } ?? []
    overlay.layers[key, default: Overlay.Layer()].set(record, to: value, before: before, after: after)
  }

  private func referredRecords(_ value: Value) -> [UInt32] {
    switch value {
    case .entity(let reference): [UInt32(record(of: reference))]
    case .list(let list): heap[list].flatMap { referredRecords($0) }
    default: []
    }
  }
}
