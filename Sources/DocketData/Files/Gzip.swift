/// Text out of `.gz` files, piece by piece, with an eye on what a small file may turn into.

import CZlib
import Glibc

enum GzipProblem: Error, Hashable, Sendable {
  /// The file ends in the middle: at `packed` bytes, after `unpacked` bytes of text.
  case truncated(packed: Int, unpacked: Int)
  /// The bytes at `packed` are no gzip, in zlib's words.
  case damaged(packed: Int, reason: String)
  /// More text than is allowed.
  case tooLarge(limit: Int)
  /// So much text out of so few bytes is made to fill the memory.
  case suspicious(packed: Int, ratio: Int)
  /// zlib itself cannot be loaded, in the system's words.
  case noLibrary(String)
}

enum Gzip {
  /// Exports come to a tenth or a thirtieth of their size; DEFLATE ends near 1030.
  static let ratioLimit = 250
  /// Up to here nobody is harmed, whatever the ratio.
  static let harmlessSize = 1 << 26

  static func unpack(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Result<FileBytes, GzipProblem> {
    // INVARIANT: nothing else of zlib is called before.
    if let failure = czlib_open() { return .failure(.noLibrary(String(cString: failure))) }
    var stream = z_stream()
    guard czlib_begin_gzip(&stream) == Z_OK else { return .failure(.damaged(packed: 0, reason: "not enough memory")) }
    defer { inflateEnd(&stream) }
    var capacity = min(limit, max(1 << 16, bytes.count * 4))
    // `realloc` moves large blocks without copying them.
    guard var memory = malloc(capacity) else { return .failure(.tooLarge(limit: capacity)) }
    var isHandedOver = false
    defer { if !isHandedOver { free(memory) } }
    var (packed, unpacked) = (0, 0)
    while true {
      if unpacked == capacity {
        guard capacity < limit else { return .failure(.tooLarge(limit: limit)) }
        let wanted = min(limit, capacity * 2)
        guard let larger = realloc(memory, wanted) else { return .failure(.tooLarge(limit: capacity)) }
        (memory, capacity) = (larger, wanted)
      }
      // zlib counts in 32 bits.
      let given = min(bytes.count - packed, 1 << 20)
      let room = min(capacity - unpacked, 1 << 20)
      stream.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0 + packed) }
      stream.avail_in = UInt32(given)
      stream.next_out = memory.assumingMemoryBound(to: UInt8.self) + unpacked
      stream.avail_out = UInt32(room)
      let status = inflate(&stream, Z_NO_FLUSH)
      packed += given - Int(stream.avail_in)
      unpacked += room - Int(stream.avail_out)
      if unpacked > harmlessSize, unpacked / max(1, packed) > ratioLimit {
        return .failure(.suspicious(packed: packed, ratio: unpacked / max(1, packed)))
      }
      switch status {
      case Z_STREAM_END:
        // Further members follow each other; tools that write in blocks pad the end with zeros.
        let rest = bytes[packed...]
        if rest.allSatisfy({ $0 == 0 }) {
          isHandedOver = true
          return .success(FileBytes(taking: memory, count: unpacked))
        }
        guard rest.count > 1, rest[packed] == 0x1F, rest[packed + 1] == 0x8B, inflateReset(&stream) == Z_OK else {
          return .failure(.damaged(packed: packed, reason: "something else follows the packed text"))
        }
      case Z_OK, Z_BUF_ERROR:
        if packed == bytes.count, stream.avail_out > 0 {
          return .failure(.truncated(packed: packed, unpacked: unpacked))
        }
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "error \(status)"
        return .failure(.damaged(packed: packed, reason: reason))
      }
    }
  }
}
