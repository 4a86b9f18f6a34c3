/// Text that is being written and stops growing at a limit: values may share their parts, so that a small one can be
/// endless when it is written out.

struct BoundedText {
  private(set) var bytes: [UInt8] = []
  private let limit: Int
  /// Something did not fit: nothing more is written.
  private(set) var isFull = false

  init(limit: Int) { self.limit = limit }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  mutating func append(_ text: some Collection<UInt8>) {
    guard !isFull, bytes.count + text.count <= limit else {
      isFull = true
      return
    }
    bytes.append(contentsOf: text)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
