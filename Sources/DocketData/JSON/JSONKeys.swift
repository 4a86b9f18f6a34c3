/// Which columns of a source the keys of JSON records are. A key inside an object is known by its path, `customer.tier`.

import CSimdjson
import DocketSemantics

final class JSONKeys {
  private let names: [[String]]
  private let folded: [Set<Heading>]
  /// What the file calls each column; `nil` until a key for it has been seen.
  private(set) var headings: [String?]
  private var ranks: [Int]
  /// Keys that nothing reads, in the order of the file.
  private(set) var unused: [String] = []
  private(set) var all: [String] = []
  private var known: Set<String> = []

  init(_ columns: [CheckedSource.Column]) {
    names = columns.map { [$0.name] + $0.alternatives }
    folded = names.map { Set($0.map { Heading($0) }) }
    headings = Array(repeating: nil, count: columns.count)
    ranks = Array(repeating: .max, count: columns.count)
  }

  /// An exact name goes before an exact label, and both before spellings that differ in case, `_`, spaces, `-` and `.`.
  func resolve(_ path: String, isObject: Bool) -> [(column: Int, rank: Int)] {
    let heading = Heading(path)
    var found: [(column: Int, rank: Int)] = []
    for column in names.indices {
      let rank: Int
      if let exact = names[column].firstIndex(of: path) {
        rank = exact
      } else if folded[column].contains(heading) {
        rank = 1000
      } else {
        continue
      }
      found.append((column, rank))
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
}
