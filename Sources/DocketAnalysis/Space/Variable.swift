/// What conditions ask about: a field along a path of references, a parameter, a membership, or a question that only the
/// engine can answer.
///
/// Its values are cut into cells by all constants that it is compared with; within a cell no condition changes. Cell 0 is
/// "nothing": absent, or undecided. The others are values.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

/// A chain of fields from the variable of a slot.
struct FieldPath: Hashable {
  var slot: Int
  var fields: [FieldReference]
}

/// What can be asked of a present value.
enum Predicate: Hashable {
  /// It lies in one of these ranges of its scale.
  case ranges([ClosedRange<Int128>])
  case texts([[UInt8]], isNegated: Bool)
  case startsWith([UInt8])
}

/// Why the analysis leaves a question to the engine.
enum OpaqueReason: Hashable {
  case clock, regex, comparison, list, lookup, rule, computed, text, view, tooLarge
}

struct Variable {
  enum Subject {
    case path(FieldPath)
    /// Whether the list at `path` holds a value.
    case member(FieldPath, Value)
    case opaque(OpaqueReason)
  }
  var subject: Subject
  var scale: Scale
  var type: Type
  /// How the rulebook spells it.
  var name: String
  /// The nearest variable before it on its path that may be absent.
  var parent: Int?
  /// Declared so that it may be absent by itself.
  var isOptional: Bool

  // As conditions are read.
  private var cuts: Set<Int128> = []
  private var constants: Set<[UInt8]> = []
  private var prefixes: Set<[UInt8]> = []

  // Once all are read.
  /// The values of cells 1…, in order.
  private(set) var segments: [ClosedRange<Int128>] = []
  /// Cells 1… of a text: these, then for each prefix the other texts whose longest prefix it is.
  private(set) var texts: [[UInt8]] = []
  private(set) var textPrefixes: [[UInt8]] = []
  /// All cells but "nothing".
  private(set) var values = CellSet.empty
  private(set) var all = CellSet.empty

  init(_ subject: Subject, scale: Scale, type: Type, name: String, parent: Int?, isOptional: Bool) {
    self.subject = subject
    self.scale = scale
    self.type = type
    self.name = name
    self.parent = parent
    self.isOptional = isOptional
    count()
  }

  var isOpaque: Bool { if case .opaque = subject { true } else { false } }

  var canBeNothing: Bool { isOptional || parent != nil || isOpaque }

  // MARK: - Cells

  mutating func note(_ predicate: Predicate) {
    switch predicate {
    case .ranges(let ranges):
      for range in ranges {
        if range.lowerBound > .min { cuts.insert(range.lowerBound) }
        if range.upperBound < .max { cuts.insert(range.upperBound + 1) }
      }
    case .texts(let texts, _): constants.formUnion(texts)
    case .startsWith(let prefix): prefixes.insert(prefix)
    }
  }

  mutating func freeze() {
    guard scale != .text else {
      texts = constants.sorted { $0.lexicographicallyPrecedes($1) }
      textPrefixes = prefixes.union([[]]).sorted { $0.lexicographicallyPrecedes($1) }
      return count()
    }
    let bounds = scale.bounds
    var start = bounds.lowerBound
    segments = []
    for cut in cuts.sorted() where cut > bounds.lowerBound && cut <= bounds.upperBound {
      segments.append(start...cut - 1)
      start = cut
    }
    segments.append(start...bounds.upperBound)
    count()
  }

  /// Both sets are asked for with every box, so they are made once.
  private mutating func count() {
    values = CellSet(1..<cellCount)
    all = CellSet(canBeNothing ? 0..<cellCount : 1..<cellCount)
  }

  /// The number of cells, "nothing" included.
  var cellCount: Int { scale == .text ? 1 + texts.count + textPrefixes.count : 1 + segments.count }

  /// The cells of values that satisfy a predicate that was noted.
  func cells(_ predicate: Predicate) -> CellSet {
    switch predicate {
    case .ranges(let ranges):
      return CellSet(
        ranges.map { range in
          let first = segments.partition { $0.lowerBound >= range.lowerBound }
          let end = segments.partition { $0.upperBound > range.upperBound }
          return first + 1..<max(first, end) + 1
        })
    case .texts(let wanted, let isNegated):
      let found = CellSet(
        wanted.compactMap { text in
          let place = texts.partition { !$0.lexicographicallyPrecedes(text) }
          return place < texts.count && texts[place] == text ? place + 1..<place + 2 : nil
        })
      return isNegated ? values.subtracting(found) : found
    case .startsWith(let prefix):
      let all = texts + textPrefixes
      return CellSet(all.indices.filter { all[$0].starts(with: prefix) }.map { $0 + 1..<$0 + 2 })
    }
  }

  /// The cell of the value at a place of the scale.
  func cell(of place: Int128) -> Int? {
    let index = segments.partition { $0.upperBound >= place }
    return index < segments.count && segments[index].contains(place) ? index + 1 : nil
  }

  /// A value of a cell.
  func value(of cell: Int, _ heap: Heap) -> Value {
    guard cell > 0 else { return .absent }
    guard scale == .text else { return scale.value(scale.plainPlace(in: segments[cell - 1])) }
    if cell <= texts.count { return heap.string(texts[cell - 1]) }
    let prefix = textPrefixes[cell - 1 - texts.count]
    let endings = prefix.isEmpty ? ["other", "another", "something else"] : ["", "…", "x", "-other"]
    for ending in endings + (0...texts.count + textPrefixes.count).map({ " \($0)" }) {
      let text = prefix + Array(ending.utf8)
      let longest = textPrefixes.filter { text.starts(with: $0) }.max { $0.count < $1.count }
      if longest == prefix, !constants.contains(text) { return heap.string(text) }
    }
    return heap.string(prefix)
  }
}

extension Array {
  /// The first place from which on the condition holds; the elements are ordered by it.
  func partition(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
