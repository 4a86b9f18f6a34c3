/// Standard output as the session sees it, the pager, and the editor.

import Glibc

enum Screen {
  static var isInteractive: Bool { isatty(0) == 1 && isatty(1) == 1 }

  static var width: Int? { size.map { Int($0.ws_col) } }
  static var height: Int? { size.map { Int($0.ws_row) } }

  private static var size: winsize? {
    guard isatty(1) == 1 else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return size
  }

  static func wantsColor(_ descriptor: Int32 = 1) -> Bool {
    guard isatty(descriptor) == 1, UserFolders.environment("NO_COLOR") == nil else { return false }
    return UserFolders.environment("TERM") != "dumb"
  }

  static func write(_ text: String, to descriptor: Int32 = 1) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          return
        }
        offset += count
      }
    }
  }

  /// Through `$PAGER` where the text is longer than the screen; `false` where it should be printed.
  static func page(_ text: String) -> Bool {
    guard let height, text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) > height - 2 else { return false }
    guard UserFolders.environment("TERM") != "dumb" else { return false }
    let command = UserFolders.environment("DOCKET_PAGER") ?? UserFolders.environment("PAGER") ?? "less -FRX"
    guard command != "cat", let pager = popen(command, "w") else { return false }
    var text = text
    text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, pager) }
    // A shell says so that there is no such program.
    return pclose(pager) >> 8 != 127
  }

  /// Lets a person edit a text with `$VISUAL` or `$EDITOR`; `nil` where that fails.
  static func edit(_ text: String) -> String? {
    var template = Array("/tmp/docket-XXXXXX.docket".utf8CString)
    let descriptor = mkstemps(&template, 7)
    guard descriptor >= 0 else { return nil }
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { unlink(path) }
    write(text, to: descriptor)
    close(descriptor)
    let editor = UserFolders.environment("VISUAL") ?? UserFolders.environment("EDITOR") ?? "vi"
    guard system("\(editor) \(path)") == 0, let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
