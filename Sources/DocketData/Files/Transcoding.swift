/// Text of another encoding as UTF-8, by the C library's converter.

import Glibc

enum TranscodingProblem: Error {
  case unknownEncoding
  /// Where the first byte stands that has no meaning.
  case invalidText(offset: Int)
}

enum Transcoding {
  static func isUTF8(_ name: String) -> Bool { ["utf-8", "utf8"].contains(name.lowercased()) }

  static func utf8(_ bytes: UnsafeBufferPointer<UInt8>, from encoding: String) -> Result<[UInt8], TranscodingProblem> {
    guard let converter = iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else {
      return .failure(.unknownEncoding)
    }
    defer { iconv_close(converter) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 3 / 2)
    var block = [CChar](repeating: 0, count: 1 << 16)
    var input = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
    var inputLeft = bytes.count
    while inputLeft > 0 {
      var outputLeft = block.count
      let status = block.withUnsafeMutableBufferPointer { buffer in
        var output = buffer.baseAddress
        return iconv(converter, &input, &inputLeft, &output, &outputLeft)
      }
      let goesOn = status != -1 || errno == E2BIG
      let made = block.count - outputLeft
      block.withUnsafeBytes { result.append(contentsOf: $0[0..<made]) }
      if !goesOn { return .failure(.invalidText(offset: bytes.count - inputLeft)) }
    }
    return .success(result)
  }
}
