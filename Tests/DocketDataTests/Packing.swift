import CSQLite
import CZlib

/// What gzip makes of bytes.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  guard czlib_open() == nil, czlib_begin_packing(&stream) == Z_OK else { return [] }
  defer { deflateEnd(&stream) }
  var input = bytes
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

/// Runs SQL on a database file, which is made where there is none.
func sqlite(_ path: String, _ sql: String, whileOpen work: () -> Void = {}) {
  var handle: OpaquePointer?
  guard csqlite_open() == nil,
    sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK
  else { return }
  sqlite3_exec(handle, sql, nil, nil, nil)
  work()
  sqlite3_close_v2(handle)
}
