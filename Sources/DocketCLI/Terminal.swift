/// Standard output and error, and what is known of the terminal behind them.

import DocketDiagnostics
import Glibc

enum Terminal {
  static func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: 1) }

  static func write(_ text: String) { write(text, to: 1) }

  static func write(_ bytes: [UInt8]) { write(bytes, to: 1) }

  static func printError(_ text: String) { write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n", to: 2) }

  /// One JSON object a line, written in pieces so that nothing grows with the output.
  static func writeLines<Items: Sequence>(_ items: Items, _ write: (Items.Element, inout JSONWriter) -> Void) {
    var json = JSONWriter(reservingCapacity: 1 << 20)
    for item in items {
      write(item, &json)
      json.endLine()
      if json.bytes.count > 1 << 19 {
        Terminal.write(json.bytes)
        json.removeAll()
      }
    }
    Terminal.write(json.bytes)
  }

  /// Whether people read standard output, and its width in cells.
  static var isOutput: Bool { isatty(1) == 1 }
  static var isError: Bool { isatty(2) == 1 }

  static var width: Int? {
    guard isOutput else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Colour only for people, and not where `NO_COLOR` is set.
  static func wantsColor(_ descriptor: Int32 = 1) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    if let term = getenv("TERM"), String(cString: term) == "dumb" { return false }
    return true
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var offset = 0
    while offset < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0 {
        if errno == EINTR { continue }
        // Nobody reads any more, which is no mistake; anything else loses what was to be told.
        if errno != EPIPE, descriptor == 1 {
          let reason = String(cString: strerror(errno))
          write("error: the output cannot be written: \(reason)\n", to: 2)
          Glibc.exit(ExitStatus.internal.rawValue)
        }
        return
      }
      offset += count
    }
  }
}
