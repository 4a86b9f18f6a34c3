/// A record of a test with its versions, and all records of an entity.

import DocketDiagnostics
import DocketRuntime
import DocketTime

struct TestRecord {
  struct Version {
    /// `nil` where the test has no clock.
    var at: Instant?
    /// By field; a reference is the key of its record, a list of references a list of keys. Absent where nothing is given.
    var cells: [Value]
  }
  var key: Value
  /// `nil` for a record that is there from the start.
  var created: Instant?
  /// Oldest first, never empty.
  var versions: [Version]
}

struct TestRecords {
  private(set) var all: [TestRecord] = []
  private var places: [MapKey: Int] = [:]
  /// The places in the order of the keys, which numbers the records, and the number of each place.
  private(set) var order: [Int] = []
  private var numbers: [Int] = []

  func place(of key: Value) -> Int? { MapKey(key).flatMap { places[$0] } }

  /// The record's number in the table that is built of `order`.
  func number(of key: Value) -> Int? { place(of: key).map { numbers[$0] } }

  mutating func add(_ record: TestRecord) {
    if let key = MapKey(record.key) { places[key] = all.count }
    all.append(record)
  }

  subscript(place: Int) -> TestRecord {
    get { all[place] }
    set { all[place] = newValue }
  }

  mutating func sort(_ heap: Heap) {
    order = all.indices.sorted { heap.orders(all[$0].key, before: all[$1].key) }
    numbers = Array(repeating: 0, count: all.count)
    for (number, place) in order.enumerated() { numbers[place] = number }
  }
}

/// A step that cannot be carried out.
struct StepFailure: Error {
  var message: String
  var span: SourceSpan?
}
