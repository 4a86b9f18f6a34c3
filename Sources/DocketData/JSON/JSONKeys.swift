/// Which columns of a source the keys of JSON records are. A key inside an object is known by its path, `customer.tier`.

import CSimdjson
import DocketSemantics

final class JSONKeys {
  /// The columns that take a key of exactly this name, with its place among their names; and those that take it in another
  /// spelling.
  private var exact: [String: [(column: Int, rank: Int)]] = [:]
  private var folded: [Heading: [Int]] = [:]
  /// What the file calls each column; `nil` until a key for it has been seen.
  private(set) var headings: [String?]
  private var ranks: [Int]
  /// Keys that nothing reads, in the order of the file.
  private(set) var unused: [String] = []
  private(set) var all: [String] = []
  private var known: Set<String> = []

  init(_ columns: [CheckedSource.Column]) {
    for (column, item) in columns.enumerated() {
      let names = [item.name] + item.alternatives
      for (rank, name) in names.enumerated() where names.firstIndex(of: name) == rank {
        exact[name, default: []].append((column, rank))
      }
      for heading in Set(names.map { Heading($0) }) { folded[heading, default: []].append(column) }
    }
    headings = Array(repeating: nil, count: columns.count)
    ranks = Array(repeating: .max, count: columns.count)
  }

  /// An exact name goes before an exact label, and both before spellings that differ in case, `_`, spaces, `-` and `.`.
  func resolve(_ path: String, isObject: Bool) -> [(column: Int, rank: Int)] {
    var found = exact[path] ?? []
    for column in folded.isEmpty ? [] : folded[Heading(path)] ?? []
    where !found.contains(where: { $0.column == column }) {
      found.append((column, 1000))
    }
    found.sort { $0.column < $1.column }
    for (column, rank) in found {
      if rank < ranks[column] {
        ranks[column] = rank
        headings[column] = path
      }
    }
    if !isObject, known.insert(path).inserted {
      all.append(path)
      if found.isEmpty { unused.append(path) }
    }
    return found
  }
}

/// One pass over records: the reader in C++ and what it asks.
final class JSONRecordReader {
  let keys: JSONKeys
  let handle: OpaquePointer

  init(_ keys: JSONKeys, width: Int) {
    self.keys = keys
    // INVARIANT: the keys live as long as this object, and so longer than the reader.
    handle = csimdjson_create(
      Int32(width),
      { context, path, length, isObject, columns, ranks, capacity in
        guard let context else { return 0 }
        let keys = Unmanaged<JSONKeys>.fromOpaque(context).takeUnretainedValue()
        let name = String(decoding: UnsafeBufferPointer(start: path, count: length), as: UTF8.self)
        let found = keys.resolve(name, isObject: isObject).prefix(Int(capacity))
        for (place, item) in found.enumerated() {
          columns[place] = Int32(item.column)
          ranks[place] = Int32(item.rank)
        }
        return Int32(found.count)
      }, Unmanaged.passUnretained(keys).toOpaque())
  }

  deinit { csimdjson_free(handle) }

  /// Keys that hold an object in some records and a value in others, by their paths, with the number of these.
  var mixed: [(path: String, values: Int)] {
    final class Found { var keys: [(path: String, values: Int)] = [] }
    let found = Found()
    csimdjson_mixed(
      handle,
      { context, path, length, values in
        guard let context else { return }
        let name = String(decoding: UnsafeBufferPointer(start: path, count: length), as: UTF8.self)
        Unmanaged<Found>.fromOpaque(context).takeUnretainedValue().keys.append((name, Int(clamping: values)))
      }, Unmanaged.passUnretained(found).toOpaque())
    return withExtendedLifetime(found) { found.keys }
  }
}
