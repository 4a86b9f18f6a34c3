/// The bytes of a file, mapped rather than read where that is possible: what has been converted need not stay in memory.

import Glibc

/// Why a file has no bytes to give.
public enum FileProblem: Error, Hashable, Sendable {
  case missing
  case directory
  /// The system's words.
  case unreadable(String)

  /// For "cannot be read: …".
  public var reason: String {
    switch self {
    case .missing: "no such file or directory"
    case .directory: "is a directory"
    case .unreadable(let words): words
    }
  }
}

public final class FileBytes {
  public let buffer: UnsafeBufferPointer<UInt8>
  private let isMapped: Bool
  /// Up to here the system has been asked for the file's pages.
  private var windowEnd = 0
  private static let window = 8 << 20

  private init(_ buffer: UnsafeBufferPointer<UInt8>, isMapped: Bool) {
    self.buffer = buffer
    self.isMapped = isMapped
  }

  /// A copy of bytes that are in memory already.
  public convenience init(_ bytes: [UInt8]) {
    guard let memory = malloc(max(1, bytes.count)) else { fatalError("not enough memory for \(bytes.count) bytes") }
    bytes.withUnsafeBytes { if let start = $0.baseAddress { memcpy(memory, start, $0.count) } }
    self.init(taking: memory, count: bytes.count)
  }

  /// Memory from `malloc` that is this object's from now on.
  convenience init(taking memory: UnsafeMutableRawPointer, count: Int) {
    self.init(UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: count), isMapped: false)
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    } else {
      free(UnsafeMutableRawPointer(mutating: buffer.baseAddress))
    }
  }

  /// `-` is standard input.
  public static func open(_ path: String) -> Result<FileBytes, FileProblem> {
    withFile(path) { file, status in
      let size = Int(status.st_size)
      if status.st_mode & S_IFMT == S_IFREG, size > 0 {
        if let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), address != MAP_FAILED {
          madvise(address, size, MADV_SEQUENTIAL)
          let start = address.assumingMemoryBound(to: UInt8.self)
          return .success(FileBytes(UnsafeBufferPointer(start: start, count: size), isMapped: true))
        }
      }
      return readAll(file, limit: .max).map { FileBytes($0) }
    }
  }

  /// A copy of a file that somebody may be writing, so that it is not mapped. Of one longer than `limit` a little more than that.
  public static func read(_ path: String, limit: Int) -> Result<[UInt8], FileProblem> {
    withFile(path) { file, _ in readAll(file, limit: limit) }
  }

  private static func withFile<Bytes>(_ path: String, _ read: (Int32, stat) -> Result<Bytes, FileProblem>)
    -> Result<Bytes, FileProblem>
  {
    let file = path == "-" ? dup(STDIN_FILENO) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      return .failure(errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(systemError()))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return .failure(.unreadable(systemError())) }
    if status.st_mode & S_IFMT == S_IFDIR { return .failure(.directory) }
    return read(file, status)
  }

  /// What stands before `offset` has been converted: the system may take back its memory, and bring what comes next in one go.
  /// Whatever is asked for again is read again.
  func release(before offset: Int) {
    guard isMapped, let start = buffer.baseAddress, offset >= windowEnd else { return }
    let (memory, window) = (UnsafeMutableRawPointer(mutating: start), Self.window)
    let begin = offset / window * window
    if begin > 0 { madvise(memory, begin, MADV_DONTNEED) }
    windowEnd = min(buffer.count, begin + window)
    // MADV_POPULATE_READ; where the system does not know it, pages come one by one.
    madvise(memory + begin, windowEnd - begin, 22)
  }

  private static func readAll(_ file: Int32, limit: Int) -> Result<[UInt8], FileProblem> {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      if bytes.count > limit { return .success(bytes) }
      let count = Glibc.read(file, &block, block.count)
      if count == 0 { return .success(bytes) }
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.unreadable(systemError()))
      }
      bytes.append(contentsOf: block[0..<count])
    }
  }

  private static func systemError() -> String { String(cString: strerror(errno)).lowercased() }
}
