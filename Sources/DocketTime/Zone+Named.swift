import Synchronization

/// Finding zones by name. Each zone is loaded once in a process.

extension Zone {
  private static let cache = Mutex<[String: Zone]>([:])

  /// A zone of the IANA database (`Asia/Shanghai`), `UTC`, or a fixed offset (`+08:00`, `-02:30`, also CEL's `02:00`).
  /// `nil` when there is none of that name; names are case-sensitive.
  public static func named(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    if let known = cache.withLock({ $0[name] }) { return known }
    guard let zone = fixed(name) ?? ianaZone(name) else { return nil }
    return cache.withLock { cache in
      // Another thread may have been faster; all must see the same object.
      if let known = cache[name] { return known }
      // A program names few zones; data that names thousands of offsets must not fill the memory.
      if cache.count < 4096 { cache[name] = zone }
      return zone
    }
  }

  /// `±HH:MM` or `HH:MM`, up to 23:59.
  private static func fixed(_ name: String) -> Zone? {
    if ["Z", "GMT", "Etc/UTC", "Etc/GMT", "Etc/UCT", "UCT", "Zulu"].contains(name) {
      return Zone(name: name, fixedOffset: 0, abbreviation: name == "GMT" || name == "Etc/GMT" ? "GMT" : "UTC")
    }
    let offset: Int32? = name.withBytes { bytes in
      var cursor = ByteCursor(bytes)
      let isWest = cursor.take(UInt8(ascii: "-"))
      if !isWest { _ = cursor.take(UInt8(ascii: "+")) }
      guard let hours = cursor.digits(2), cursor.take(UInt8(ascii: ":")), let minutes = cursor.digits(2),
        cursor.isAtEnd, hours < 24, minutes < 60
      else { return nil }
      let seconds = hours * 3600 + minutes * 60
      return isWest ? -seconds : seconds
    }
    guard let offset else { return nil }
    return Zone(name: name, fixedOffset: offset, abbreviation: offsetText(offset))
  }

  /// A zone with this offset, seconds east of UTC; `nil` for a day or more.
  public static func fixed(offset: Int32) -> Zone? {
    guard offset > -86_400, offset < 86_400 else { return nil }
    let text = offsetText(offset)
    return Zone(name: text, fixedOffset: offset, abbreviation: text)
  }

  private static func ianaZone(_ name: String) -> Zone? {
    guard isPlainName(name) else { return nil }
    for directory in ZoneFiles.directories {
      if let bytes = ZoneFiles.read("\(directory)/\(name)", limit: 1 << 20) {
        return TZif.parse(bytes, name: name)
      }
    }
    return nil
  }

  /// Only names such as `America/Argentina/Ushuaia`, so that no path leaves the database, and none of its files that
  /// depend on the machine or count leap seconds.
  static func isPlainName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 4 else { return false }
    for machine in ["right", "posix", "localtime", "posixrules", "Factory"] where first.elementsEqual(machine.utf8) {
      return false
    }
    return parts.allSatisfy { part in
      guard let letter = part.first, letter.isLetter else { return false }
      return part.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
      }
    }
  }

  /// The names of the database, sorted, for suggestions in messages; empty where the system has none.
  public static func allNames() -> [String] {
    var names: Set<String> = ["UTC"]
    for directory in ZoneFiles.directories {
      guard let bytes = ZoneFiles.read("\(directory)/tzdata.zi", limit: 1 << 22) else { continue }
      // `Z NAME ...` begins a zone, `L TARGET NAME` is a link.
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
        if words.count > 1, words[0].elementsEqual("Z".utf8) { names.insert(String(decoding: words[1], as: UTF8.self)) }
        if words.count > 2, words[0].elementsEqual("L".utf8) { names.insert(String(decoding: words[2], as: UTF8.self)) }
      }
      break
    }
    return names.filter { $0 == "UTC" || isPlainName($0) }.sorted()
  }
}
