/// What a file is, told by its first bytes: people rename files, so the name alone proves nothing.
public enum FileKind: Hashable, Sendable {
  case text
  case gzip
  /// `.xlsx`, or another zip archive.
  case excel
  /// `.xls`
  case oldExcel
  case sqlite
  /// Text of two bytes a character, as Excel's "Unicode text" is.
  case utf16
  case utf32
  /// A web page, which some programs save under the name of a workbook, and others send in place of an export.
  case html
  case xml
  case pdf

  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    func begins(_ magic: [UInt8]) -> Bool { bytes.count >= magic.count && zip(bytes, magic).allSatisfy { $0 == $1 } }
    if begins([0x1F, 0x8B]) {
      self = .gzip
    } else if begins([0x50, 0x4B, 0x03, 0x04]) {
      self = .excel
    } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = .oldExcel
    } else if begins(Array("SQLite format 3\0".utf8)) {
      self = .sqlite
    } else if begins(Array("%PDF-".utf8)) {
      self = .pdf
    } else if begins([0xFF, 0xFE, 0x00, 0x00]) || begins([0x00, 0x00, 0xFE, 0xFF]) {
      self = .utf32
    } else if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
      self = .utf16
    } else {
      self = Self.markup(bytes) ?? .text
    }
  }

  private static func markup(_ bytes: UnsafeBufferPointer<UInt8>) -> FileKind? {
    let text = bytes.prefix(4096).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    guard text.first == UInt8(ascii: "<") else { return nil }
    let start = String(decoding: text.prefix(512), as: UTF8.self).lowercased()
    let tags = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<script", "<div"]
    if tags.contains(where: start.hasPrefix) { return .html }
    if start.hasPrefix("<?xml") { return start.contains("<html") ? .html : .xml }
    return nil
  }
}
