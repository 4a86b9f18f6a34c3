/// How a file holds its records.
enum DataFormat {
  case csv
  case json
  case jsonLines
  case sqlite

  /// By its name, with or without `.gz`; `nil` where that says nothing.
  init?(name: String) {
    switch FilePath.plainKind(name).kind {
    case "csv", "tsv", "tab": self = .csv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonLines
    case "sqlite", "sqlite3", "db": self = .sqlite
    default: return nil
    }
  }

  /// Of text without a telling name, such as standard input.
  init(firstBytesOf bytes: UnsafeBufferPointer<UInt8>) {
    let text = bytes.prefix(4096).drop { JSONSplitter.isSpace($0) || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let second = text.dropFirst().drop { JSONSplitter.isSpace($0) }.first
    switch text.first {
    case UInt8(ascii: "{") where second == UInt8(ascii: "\"") || second == UInt8(ascii: "}"): self = .json
    case UInt8(ascii: "[") where second == UInt8(ascii: "{") || second == UInt8(ascii: "]"): self = .json
    default: self = .csv
    }
  }
}
