/// The loader of data, on packed files: any bytes behind the head of a packed file, and what packing makes of them, which loads as
/// the bytes themselves do.

import CZlib

enum GzipTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    let isPacked = bytes.starts(with: [0x1F, 0x8B])
    let head: [UInt8] = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3]
    guard let damaged = SampleLoad(isPacked ? bytes : head + bytes) else {
      return "there is no place for a temporary file"
    }
    if let finding = damaged.finding { return finding }
    // A packed file in a packed file, and a packed database, are refused.
    guard !isPacked, !bytes.starts(with: Array("SQLite format 3".utf8)) else { return nil }
    // In two members, as tools write that pack block by block.
    let middle = bytes.count / 2
    guard let plain = SampleLoad(bytes), let packed = SampleLoad(pack(bytes[..<middle]) + pack(bytes[middle...])) else {
      return "there is no place for a temporary file"
    }
    if let finding = packed.finding { return finding }
    if packed.messages != plain.messages { return "packed it says \(packed.messages), plain \(plain.messages)" }
    if packed.rows != plain.rows { return "packed it holds \(packed.rows), plain \(plain.rows)" }
    return nil
  }

  private static func pack(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var stream = z_stream()
    guard czlib_open() == nil, czlib_begin_packing(&stream) == Z_OK else { return [] }
    defer { deflateEnd(&stream) }
    var input = Array(bytes)
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
    return input.withUnsafeMutableBufferPointer { input in
      packed.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        _ = deflate(&stream, Z_FINISH)
        return Array(output[..<(output.count - Int(stream.avail_out))])
      }
    }
  }
}
