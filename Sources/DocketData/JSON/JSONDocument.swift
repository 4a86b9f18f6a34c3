/// Finds the records in a JSON file: a line each, the elements of an array, or those of the one list in an object around
/// it, as the answers of web services have.

import CSimdjson
import DocketDiagnostics

enum JSONDocument {
  static func open(
    _ file: FileBytes, path: String, isLines: Bool, report: (DataProblem, DataPlace?) -> Void
  ) -> JSONRows? {
    let bytes = file.buffer
    var start = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
    func rows(_ layout: JSONSplitter.Layout, _ position: Int) -> JSONRows {
      JSONRows(file, path: path, splitter: JSONSplitter(bytes, layout, from: position))
    }
    if isLines { return rows(.lines, start) }
    let first = skipSpace(start, bytes)
    func fail(_ problem: JSONProblem, at place: Int) -> JSONRows? {
      report(
        .json(problem),
        DataPlace(
          path: path, line: TextPlace.line(of: place, in: bytes), column: TextPlace.column(of: place, in: bytes)))
      return nil
    }
    guard first < bytes.count else {
      report(.emptyFile(path: path), nil)
      return nil
    }
    if bytes[first] == UInt8(ascii: "[") {
      return rows(.elements, first + 1)
    }
    guard bytes[first] == UInt8(ascii: "{") else { return fail(.notRecords, at: first) }
    guard let end = JSONSplitter.end(of: first, in: bytes) else {
      // A first line that is whole makes it JSON Lines whose end is missing.
      let line = JSONSplitter.lineEnd(first, in: bytes)
      if let inner = JSONSplitter.end(of: first, in: UnsafeBufferPointer(rebasing: bytes[..<line])), inner <= line {
        return rows(.lines, start)
      }
      return fail(.malformed(.incomplete), at: first)
    }
    // Many exports of this name are JSON Lines.
    if skipSpace(end, bytes) < bytes.count { return rows(.lines, start) }

    var lists: [(key: String, start: Int)] = []
    for member in members(of: first, end, bytes) where bytes[member.value] == UInt8(ascii: "[") {
      let inner = skipSpace(member.value + 1, bytes)
      if inner < bytes.count, bytes[inner] == UInt8(ascii: "{") || bytes[inner] == UInt8(ascii: "]") {
        lists.append((member.key, member.value))
      }
    }
    let full = lists.filter { list in
      let inner = skipSpace(list.start + 1, bytes)
      return inner < bytes.count && bytes[inner] == UInt8(ascii: "{")
    }
    if full.count > 1 { return fail(.severalLists(full.map(\.key)), at: first) }
    guard let list = full.first ?? (lists.count == 1 && members(of: first, end, bytes).count <= 4 ? lists.first : nil)
    else {
      return rows(.single, first)
    }
    if let (problem, place) = checkAround(list.start, first, end, bytes) { return fail(problem, at: place) }
    return rows(.elements, list.start + 1)
  }

  private static func skipSpace(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var here = start
    while here < bytes.count, JSONSplitter.isSpace(bytes[here]) { here += 1 }
    return here
  }

  /// The members of an object, as far as it has the form of one.
  private static func members(
    of start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [(key: String, value: Int)] {
    var found: [(key: String, value: Int)] = []
    var here = skipSpace(start + 1, bytes)
    while here < end, bytes[here] == UInt8(ascii: "\""), let keyEnd = JSONSplitter.end(of: here, in: bytes) {
      let key = String(decoding: bytes[here + 1..<keyEnd - 1], as: UTF8.self)
      here = skipSpace(keyEnd, bytes)
      guard here < end, bytes[here] == UInt8(ascii: ":") else { break }
      here = skipSpace(here + 1, bytes)
      guard here < end, let valueEnd = JSONSplitter.end(of: here, in: bytes) else { break }
      found.append((key.shortened, here))
      here = skipSpace(valueEnd, bytes)
      guard here < end, bytes[here] == UInt8(ascii: ",") else { break }
      here = skipSpace(here + 1, bytes)
    }
    return found
  }

  /// Whether what stands around the list is JSON: the object is checked with an empty list in its place.
  private static func checkAround(
    _ list: Int, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (JSONProblem, Int)? {
    guard let listEnd = JSONSplitter.end(of: list, in: bytes) else { return (.malformed(.incomplete), list) }
    let text = Array(bytes[start...list]) + Array(bytes[listEnd - 1..<end])
    let reader = JSONRecordReader(JSONKeys([]), width: 0)
    var place = 0
    let status = text.withUnsafeBufferPointer { csimdjson_check(reader.handle, $0.baseAddress!, $0.count, &place) }
    if status == CSIMDJSON_OK { return nil }
    let isBefore = place <= list - start
    return (JSONProblem(status, text: ""), isBefore ? start + place : listEnd - 1 + (place - (list - start + 1)))
  }
}
