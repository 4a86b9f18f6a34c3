/// Finds the records in a JSON file: a line each, one after another, the elements of an array, or those of the one list in the
/// objects around it, as the answers of web services have.

import CSimdjson
import DocketDiagnostics

enum JSONDocument {
  /// `table` is the path of the list that a source names.
  static func open(
    _ file: FileBytes, path: String, isLines: Bool, table: String? = nil, report: (DataProblem, DataPlace?) -> Void
  ) -> JSONRows? {
    let bytes = file.buffer
    func rows(_ layout: JSONSplitter.Layout, _ position: Int) -> JSONRows {
      JSONRows(file, path: path, splitter: JSONSplitter(bytes, layout, from: position))
    }
    func fail(_ problem: JSONProblem, at place: Int) -> JSONRows? {
      report(
        .json(problem),
        DataPlace(
          path: path, line: TextPlace.line(of: place, in: bytes), column: TextPlace.column(of: place, in: bytes)))
      return nil
    }
    switch form(bytes, isLines: isLines) {
    case .nothing:
      report(.emptyFile(path: path), nil)
      return nil
    case .failed(let problem, let place): return fail(problem, at: place)
    case .rows(let layout, let position):
      guard let table else { return rows(layout, position) }
      return fail(.noList(table, lists: []), at: position)
    case .object(let start, let end):
      switch table.map({ named($0, start, end, bytes) }) ?? only(start, end, bytes) {
      case .none: return rows(.single, start)
      case .several(let lists): return fail(.severalLists(lists.map(\.name)), at: start)
      case .missing(let name, let lists): return fail(.noList(name, lists: lists.map(\.name)), at: start)
      case .failed(let problem, let place): return fail(problem, at: place)
      case .one(let list):
        if let (problem, place) = checkAround(list.start, start, end, bytes) { return fail(problem, at: place) }
        return rows(.elements, list.start + 1)
      }
    }
  }

  /// The lists that a source has to name, or that are inside of objects, which it had better name.
  static func tables(_ bytes: UnsafeBufferPointer<UInt8>, isLines: Bool) -> [String] {
    guard case .object(let start, let end) = form(bytes, isLines: isLines) else { return [] }
    switch only(start, end, bytes) {
    case .several(let lists): return lists.map(\.name)
    case .one(let list): return list.path.count > 1 ? [list.name] : []
    case .none, .missing, .failed: return []
    }
  }

  // MARK: - The form of a file

  private enum Form {
    case nothing
    case rows(JSONSplitter.Layout, Int)
    /// One object, and nothing else.
    case object(start: Int, end: Int)
    case failed(JSONProblem, Int)
  }

  private static func form(_ bytes: UnsafeBufferPointer<UInt8>, isLines: Bool) -> Form {
    var start = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
    let first = skipSpace(start, bytes)
    if isLines { return .rows(isSpread(first, bytes) ? .values : .lines, start) }
    guard first < bytes.count else { return .nothing }
    if bytes[first] == UInt8(ascii: "[") {
      let inner = skipSpace(first + 1, bytes)
      if inner < bytes.count, bytes[inner] == UInt8(ascii: "["), JSONSplitter.end(of: inner, in: bytes) != nil {
        return .failed(.lists, first)
      }
      return .rows(.elements, first + 1)
    }
    guard bytes[first] == UInt8(ascii: "{") else { return .failed(.notRecords, first) }
    guard let end = JSONSplitter.end(of: first, in: bytes) else {
      // A first line that is whole makes it JSON Lines whose end is missing.
      let line = JSONSplitter.lineEnd(first, in: bytes)
      if let inner = JSONSplitter.end(of: first, in: UnsafeBufferPointer(rebasing: bytes[..<line])), inner <= line {
        return .rows(.lines, start)
      }
      return .failed(.malformed(.incomplete), first)
    }
    let rest = skipSpace(end, bytes)
    if rest >= bytes.count { return .object(start: first, end: end) }
    // Many exports of this name are JSON Lines.
    let isOnLine = JSONSplitter.lineEnd(first, in: bytes) >= end && JSONSplitter.lineEnd(end, in: bytes) < rest
    return .rows(!isOnLine && bytes[rest] == UInt8(ascii: "{") ? .values : .lines, start)
  }

  /// Whether a first object goes over several lines and another one, or nothing, follows it.
  private static func isSpread(_ first: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard first < bytes.count, bytes[first] == UInt8(ascii: "{") else { return false }
    let line = JSONSplitter.lineEnd(first, in: bytes)
    // A line that holds more than a bracket is a record that was cut, or is none.
    guard skipSpace(first + 1, bytes) > line, let end = JSONSplitter.end(of: first, in: bytes) else { return false }
    let rest = skipSpace(end, bytes)
    return rest >= bytes.count || bytes[rest] == UInt8(ascii: "{")
  }

  // MARK: - The list of records

  private struct List {
    var path: [String]
    var start: Int
    var name: String { path.joined(separator: ".") }
  }

  private enum Choice {
    /// The object is a record itself.
    case none
    case one(List)
    case several([List])
    case missing(String, [List])
    case failed(JSONProblem, Int)
  }

  /// Answers of web services wrap their list in as many objects as this.
  private static let deepest = 6

  private struct Inside {
    var path: [String]
    var members: [Member]
  }

  /// The one list of objects in an object: on its own level before those inside of its objects. What has a key of its own
  /// is a record, and the lists inside of its objects are parts of it.
  private static func only(_ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Choice {
    let top = Inside(path: [], members: members(of: start, end, bytes))
    let isRecord = top.members.contains {
      ["id", "_id", "key", "number", "uuid"].contains($0.key) && !$0.isNested(bytes)
    }
    var level = [top]
    var empty: [List] = []
    for depth in 0..<deepest {
      var full: [List] = []
      var inner: [(path: [String], member: Member)] = []
      let isFirstEmpty = empty.isEmpty
      for object in level {
        for member in object.members {
          let path = object.path + [member.key]
          switch bytes[member.value] {
          case UInt8(ascii: "["):
            let first = skipSpace(member.value + 1, bytes)
            if first < bytes.count, bytes[first] == UInt8(ascii: "{") {
              full.append(List(path: path, start: member.value))
            }
            if first < bytes.count, bytes[first] == UInt8(ascii: "]"), object.members.count <= 4, isFirstEmpty {
              empty.append(List(path: path, start: member.value))
            }
          case UInt8(ascii: "{"): inner.append((path, member))
          default: break
          }
        }
      }
      if full.count == 1 { return .one(full[0]) }
      if full.count > 1 { return .several(full) }
      if depth == 0 || !isRecord, let keyed = isKeyed(level, bytes) { return keyed }
      if depth == 0 || !isRecord, level.contains(where: { isTable($0, bytes) }) { return .failed(.lists, start) }
      if isRecord || inner.isEmpty { break }
      level = inner.map { Inside(path: $0.path, members: members(of: $0.member.value, $0.member.end, bytes)) }
    }
    return empty.count == 1 ? .one(empty[0]) : .none
  }

  /// Whether the values of an object are records, each under a key of its own.
  private static func isKeyed(_ level: [Inside], _ bytes: UnsafeBufferPointer<UInt8>) -> Choice? {
    for object in level where object.members.allSatisfy({ bytes[$0.value] == UInt8(ascii: "{") }) {
      let hasNumbers = object.members.allSatisfy { $0.key.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } }
      guard object.members.count > (hasNumbers ? 1 : 2) else { continue }
      let records = object.members.prefix(8).map { members(of: $0.value, $0.end, bytes) }
      let shared = records.dropFirst().reduce(Set(records[0].map(\.key))) { $0.intersection($1.map(\.key)) }
      if records[0].contains(where: { shared.contains($0.key) && !$0.isNested(bytes) }) {
        return .failed(.keyedRecords(object.members.prefix(3).map(\.key.shortened)), object.members[0].value)
      }
    }
    return nil
  }

  /// Whether an object holds rows, or columns, as lists of plain values.
  private static func isTable(_ object: Inside, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var lists = 0
    for member in object.members where bytes[member.value] == UInt8(ascii: "[") {
      let inner = skipSpace(member.value + 1, bytes)
      guard inner < bytes.count, bytes[inner] != UInt8(ascii: "]") else { continue }
      if bytes[inner] == UInt8(ascii: "[") { return true }
      lists += 1
    }
    return lists > 1 && lists == object.members.count
  }

  private static func named(_ name: String, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Choice {
    var lists: [List] = []
    var level = [Inside(path: [], members: members(of: start, end, bytes))]
    for _ in 0..<deepest {
      var next: [Inside] = []
      for object in level {
        for member in object.members {
          let list = List(path: object.path + [member.key], start: member.value)
          if bytes[member.value] == UInt8(ascii: "[") {
            if list.name == name { return .one(list) }
            let inner = skipSpace(member.value + 1, bytes)
            if inner < bytes.count, bytes[inner] == UInt8(ascii: "{"), lists.count < 12 { lists.append(list) }
          } else if bytes[member.value] == UInt8(ascii: "{"), name.hasPrefix(list.name + ".") || lists.isEmpty {
            next.append(Inside(path: list.path, members: members(of: member.value, member.end, bytes)))
          }
        }
      }
      level = next
    }
    return .missing(name, lists)
  }

  private static func skipSpace(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var here = start
    while here < bytes.count, JSONSplitter.isSpace(bytes[here]) { here += 1 }
    return here
  }

  private struct Member {
    var key: String
    var value: Int
    var end: Int

    func isNested(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      bytes[value] == UInt8(ascii: "{") || bytes[value] == UInt8(ascii: "[")
    }
  }

  /// The members of an object, as far as it has the form of one.
  private static func members(of start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> [Member] {
    var found: [Member] = []
    var here = skipSpace(start + 1, bytes)
    while here < end, bytes[here] == UInt8(ascii: "\""), let keyEnd = JSONSplitter.end(of: here, in: bytes) {
      let key = String(decoding: bytes[here + 1..<keyEnd - 1], as: UTF8.self)
      here = skipSpace(keyEnd, bytes)
      guard here < end, bytes[here] == UInt8(ascii: ":") else { break }
      here = skipSpace(here + 1, bytes)
      guard here < end, let valueEnd = JSONSplitter.end(of: here, in: bytes) else { break }
      found.append(Member(key: key, value: here, end: valueEnd))
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
