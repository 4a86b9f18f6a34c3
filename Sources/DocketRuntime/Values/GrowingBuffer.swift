/// Elements that are added at the end and dropped from the end. Unlike an array of a class, reading one is a load: no check that
/// nobody else is writing, no reference counts.

final class GrowingBuffer<Element> {
  private(set) var count = 0
  private var elements: UnsafeMutablePointer<Element>
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    elements = .allocate(capacity: capacity)
  }

  deinit {
    elements.deinitialize(count: count)
    elements.deallocate()
  }

  @inline(__always) subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      precondition(index >= 0 && index < count)
      return UnsafePointer(elements + index)
    }
  }

  /// INVARIANT: used only until something is added.
  subscript(range: Range<Int>) -> UnsafeBufferPointer<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return UnsafeBufferPointer(start: elements + range.lowerBound, count: range.count)
  }

  @inline(__always) func append(_ element: Element) {
    if count == capacity { grow(to: capacity * 2) }
    (elements + count).initialize(to: element)
    count += 1
  }

  func append(contentsOf new: UnsafeBufferPointer<Element>) {
    if count + new.count > capacity {
      // The new ones may be some of our own.
      let old = elements
      let grown = UnsafeMutablePointer<Element>.allocate(capacity: max(capacity * 2, count + new.count))
      capacity = max(capacity * 2, count + new.count)
      if let start = new.baseAddress { (grown + count).initialize(from: start, count: new.count) }
      grown.moveInitialize(from: old, count: count)
      old.deallocate()
      elements = grown
    } else if let start = new.baseAddress {
      (elements + count).initialize(from: start, count: new.count)
    }
    count += new.count
  }

  func removeAll(from first: Int) {
    precondition(first >= 0 && first <= count)
    (elements + first).deinitialize(count: count - first)
    count = first
  }

  private func grow(to grown: Int) {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: grown)
    new.moveInitialize(from: elements, count: count)
    elements.deallocate()
    elements = new
    capacity = grown
  }
}
