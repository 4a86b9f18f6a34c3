/// Regular expressions on RE2, compiled once each: linear time for any pattern and text.

internal import CRE2

final class RegexCache {
  final class Regex {
    fileprivate let pattern: [UInt8]
    fileprivate let handle: OpaquePointer

    fileprivate init(pattern: [UInt8], memory: Int) {
      self.pattern = pattern
      handle = pattern.withUnsafeBytes {
        cre2_compile($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, Int64(memory))
      }
    }

    deinit { cre2_free(handle) }

    func search(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      UnsafeRawBufferPointer(text).withMemoryRebound(to: CChar.self) {
        cre2_search(handle, $0.baseAddress, $0.count, 0, nil, 0)
      }
    }
  }

  enum Outcome {
    case match(Bool)
    case invalid(String)
  }

  /// More patterns than any rulebook writes; a pattern that is computed for each record must not fill the memory.
  private static let capacity = 256
  private var regexes: [UInt32: Regex] = [:]

  /// Whether the pattern is found anywhere in the text.
  func search(_ pattern: Symbol, in text: Symbol, heap: Heap, memory: Int) -> Outcome {
    let regex = regex(pattern, heap, memory)
    guard cre2_ok(regex.handle) else { return .invalid(String(cString: cre2_error(regex.handle))) }
    return .match(heap.symbols.withBytes(of: text) { regex.search($0) })
  }

  /// A pattern for whoever searches with it often; `nil` where it is wrong.
  func compiled(_ pattern: Symbol, heap: Heap, memory: Int) -> Regex? {
    let regex = regex(pattern, heap, memory)
    return cre2_ok(regex.handle) ? regex : nil
  }

  private func regex(_ pattern: Symbol, _ heap: Heap, _ memory: Int) -> Regex {
    // A symbol may have been reset and given to another text, so the pattern itself is compared.
    if let known = regexes[pattern.index], heap.symbols.withBytes(of: pattern, { $0.elementsEqual(known.pattern) }) {
      return known
    }
    let regex = Regex(pattern: heap.symbols.withBytes(of: pattern) { Array($0) }, memory: memory)
    if regexes.count >= RegexCache.capacity { regexes = [:] }
    regexes[pattern.index] = regex
    return regex
  }
}
