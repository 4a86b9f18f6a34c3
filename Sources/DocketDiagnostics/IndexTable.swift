/// Finds elements of an array by their hashes, beside the array.
///
/// What a `Set` or a `Dictionary` of the elements does, without a type of its own: the runtime makes such a type when a program first
/// needs it, and looks for what its elements conform to among all types of the program. That took a fifth of the start of
/// `docket eval`.
public struct IndexTable: Sendable {
  /// Pairs of an index + 1, or 0 in a free place, and a hash; a power of two of them.
  private var places: [Int] = []
  private var count = 0

  public init() {}

  /// The index of an element that `isSame` takes for what is sought.
  public func index(hash: Int, where isSame: (_ index: Int) -> Bool) -> Int? {
    guard count > 0 else { return nil }
    let mask = places.count / 2 - 1
    var place = hash & mask
    while places[2 * place] != 0 {
      if places[2 * place + 1] == hash, isSame(places[2 * place] - 1) { return places[2 * place] - 1 }
      place = (place + 1) & mask
    }
    return nil
  }

  /// Remembers the element at `index`, which is not there yet.
  public mutating func add(_ index: Int, hash: Int) {
    if 8 * count >= 3 * places.count { grow() }
    count += 1
    insert(index + 1, hash)
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: 0, count: max(32, 2 * old.count))
    for i in stride(from: 0, to: old.count, by: 2) where old[i] != 0 { insert(old[i], old[i + 1]) }
  }

  private mutating func insert(_ entry: Int, _ hash: Int) {
    let mask = places.count / 2 - 1
    var place = hash & mask
    while places[2 * place] != 0 { place = (place + 1) & mask }
    places[2 * place] = entry
    places[2 * place + 1] = hash
  }
}
