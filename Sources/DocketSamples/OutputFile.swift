/// Files are written with the system's calls, so that the program needs no Foundation.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

struct OutputFile {
  var name: String
  var text: String

  /// The folder is made if it is missing; its parent is not.
  func write(into folder: String) throws(SystemError) {
    if mkdir(folder, 0o755) != 0 && errno != EEXIST { throw SystemError(number: errno) }
    let file = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw SystemError(number: errno) }
    defer { close(file) }
    try writeAll(text, to: file)
  }
}

struct SystemError: Error, CustomStringConvertible {
  var number: Int32
  var description: String { String(cString: strerror(number)) }
}

func exitWithMessage(_ message: String, code: Int32) -> Never {
  try? writeAll(message + "\n", to: STDERR_FILENO)
  exit(code)
}

private func writeAll(_ text: String, to file: Int32) throws(SystemError) {
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes[start...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count >= 0 else {
      if errno == EINTR { continue }
      throw SystemError(number: errno)
    }
    start += count
  }
}
