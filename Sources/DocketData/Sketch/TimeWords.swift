/// Words in written times that no pattern knows, and what one reads in their place: halves of the day, months, zones.
///
/// The words found in a column are replaced in all its cells, the longer ones first, as the draft then does it with `replace`.

import DocketTime

public struct TimeWords: Sendable {
  public struct Word: Hashable, Sendable {
    public var text: String
    public var reading: String
  }

  /// In the order in which they are to be replaced.
  public private(set) var used: [Word] = []
  /// The zone of the database that every time names.
  public private(set) var zone: String?
  /// What stands in the way: an hour of which the half is not sure, or another zone.
  private(set) var obstacle: String?
  /// Some words were halves of the day.
  public private(set) var hasHalves = false
  private var offsets: Set<String> = []

  var isEmpty: Bool { used.isEmpty }

  /// The text as a pattern reads it, or `nil` where its words say two things.
  mutating func read(_ text: String) -> String? {
    var found: [Word] = []
    guard findHalves(text, &found), findZone(text, &found) else { return nil }
    findMonths(text, &found)
    for word in found where !used.contains(word) { used.append(word) }
    if !found.isEmpty { used.sort { ($1.text.utf8.count, $0.text) < ($0.text.utf8.count, $1.text) } }
    return applied(to: text)
  }

  /// As other cells were read; `nil` where the hour has to be looked at again.
  func readAgain(_ text: String) -> String? {
    let isDelicate = used.contains { word in Self.delicate.contains { word.text.hasPrefix($0) } }
    return isDelicate && Self.delicate.contains { text.contains($0) } ? nil : applied(to: text)
  }

  public func applied(to text: String) -> String {
    used.reduce(text) { $0.replacing($1.text, with: $1.reading) }
  }

  /// A name that several zones have says which one is meant only beside the other name of that zone.
  var ambiguousZone: String? {
    let partners = ["CST": "CDT", "BST": "GMT"]
    return partners.first { offsets.contains($0.key) && !offsets.contains($0.value) }?.key
  }

  // MARK: - Halves of the day

  private static let halves: [(text: String, reading: String)] = [
    ("上午", "AM"), ("下午", "PM"), ("早上", "AM"), ("早晨", "AM"), ("清晨", "AM"), ("凌晨", "AM"), ("傍晚", "PM"), ("午前", "AM"),
    ("午後", "PM"), ("오전", "AM"), ("오후", "PM"), ("a. m.", "AM"), ("p. m.", "PM"), ("a.\u{A0}m.", "AM"),
    ("p.\u{A0}m.", "PM"), ("a.\u{202F}m.", "AM"), ("p.\u{202F}m.", "PM"), ("a.m.", "AM"), ("p.m.", "PM"),
    ("A.M.", "AM"), ("P.M.", "PM"), ("A. M.", "AM"), ("P. M.", "PM"), ("π.μ.", "AM"), ("μ.μ.", "PM"),
  ]
  /// Whole words at the end, or before the hour.
  private static let halfWords: [String: String] = [
    "ÖÖ": "AM", "ÖS": "PM", "πμ": "AM", "μμ": "PM", "SA": "AM", "CH": "PM", "de.": "AM", "du.": "PM", "fm": "AM",
    "em": "PM", "ap.": "AM", "ip.": "PM", "dop.": "AM", "odp.": "PM", "ص": "AM", "م": "PM",
  ]

  /// Noon begins before twelve, and the evening never has a twelfth hour that is surely today's.
  private static let delicate = ["中午", "晚上", "晚间"]

  private mutating func findHalves(_ text: String, _ found: inout [Word]) -> Bool {
    let before = found.count
    for half in Self.halves where text.contains(half.text) {
      found.append(Word(text: half.text, reading: half.reading))
    }
    for word in Self.delicate where text.contains(word) {
      guard let place = text.firstRange(of: word) else { continue }
      let rest = text[place.upperBound...]
      let gap = rest.first == " " ? " " : ""
      let hour = rest.dropFirst(gap.count).prefix { $0.isASCII && $0.isNumber }
      switch (word, Int(hour) ?? 0) {
      case ("中午", 11): found.append(Word(text: word + gap + "11", reading: "AM" + gap + "11"))
      case ("中午", 12), ("中午", 1...2), ("晚上", 1...11), ("晚间", 1...11): found.append(Word(text: word, reading: "PM"))
      default:
        obstacle = word + gap + hour
        return false
      }
    }
    if found.count == before, text.contains(":") { findHalfWord(text, &found) }
    guard found.count <= before + 1 else { return false }
    if found.count > before { hasHalves = true }
    return true
  }

  private func findHalfWord(_ text: String, _ found: inout [Word]) {
    let words = text.split(separator: " ")
    for (place, word) in words.enumerated() {
      guard let reading = Self.halfWords[String(word)] else { continue }
      let isBeforeHour = place + 1 < words.count && words[place + 1].contains(":")
      guard place > 0, place == words.count - 1 || isBeforeHour else { continue }
      return found.append(Word(text: String(word), reading: reading))
    }
    // `8:00a`, where no other letter could be meant.
    guard let last = text.last, "apAP".contains(last), text.filter(\.isLetter).count == 1,
      text.dropLast().last?.isNumber == true
    else { return }
    found.append(Word(text: String(last), reading: last.lowercased() == "a" ? "AM" : "PM"))
  }

  // MARK: - Zones

  /// Names that mean one offset wherever they are written, and a few that have to be asked about.
  private static let offsets: [String: String] = [
    "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800",
    "PDT": "-0700", "AKST": "-0900", "AKDT": "-0800", "HST": "-1000", "WET": "+0000", "WEST": "+0100", "BST": "+0100",
    "CET": "+0100", "CEST": "+0200", "MEZ": "+0100", "MESZ": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300",
    "SAST": "+0200", "HKT": "+0800", "SGT": "+0800", "JST": "+0900", "KST": "+0900", "AWST": "+0800", "ACST": "+0930",
    "ACDT": "+1030", "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300", "BRT": "-0300",
  ]

  private mutating func findZone(_ text: String, _ found: inout [Word]) -> Bool {
    guard text.contains(":"), let space = text.lastIndex(of: " ") else { return true }
    let name = text[text.index(after: space)...]
    let bare = name.drop { $0 == "(" }.prefix { $0 != ")" }
    if let offset = Self.offsets[String(bare)] {
      offsets.insert(String(bare))
      found.append(Word(text: String(bare), reading: offset))
    } else if bare == "GMT" || bare == "UTC" {
      offsets.insert("GMT")
    } else if bare.contains("/"), bare.first?.isLetter == true {
      guard Zone.named(String(bare)) != nil, zone == nil || zone == String(bare) else {
        obstacle = String(bare)
        return false
      }
      zone = String(bare)
      found.append(Word(text: String(text[space...]), reading: ""))
    } else if bare.hasPrefix("GMT") || bare.hasPrefix("UTC") {
      // `GMT+2`; patterns want two digits.
      let sign = bare.dropFirst(3).prefix(1)
      let digits = bare.dropFirst(4).prefix { $0.isASCII && $0.isNumber }
      if sign == "+" || sign == "-", digits.count == 1 {
        found.append(Word(text: String(bare.prefix(5)), reading: "\(sign)0\(digits)"))
      }
    }
    return true
  }

  // MARK: - Months

  private static let months: [String: Int] = {
    let names = [
      "januar jänner janvier janv enero ene janeiro gennaio gen januari",
      "februar févr fév février fevr febrero fevereiro fev febbraio februari",
      "märz mrz mär mars marzo março maart mrt", "avril avr abril abr aprile", "mai mayo maio maggio mag mei maj",
      "juni juin junio junho giugno giu", "juli juil juillet julio julho luglio lug",
      "août aout agosto ago augustus augusti", "sept septembre septiembre setiembre setembro set settembre",
      "okt oktober octobre octubre outubro out ottobre ott", "novembre noviembre novembro",
      "dez dezember déc décembre dec diciembre dic dezembro dicembre",
    ]
    var table: [String: Int] = [:]
    for (place, list) in names.enumerated() {
      for name in list.split(separator: " ") { table[String(name)] = place }
    }
    return table
  }()
  private static let english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private func findMonths(_ text: String, _ found: inout [Word]) {
    var word = ""
    func end(_ mark: Character?) {
      defer { word = "" }
      guard word.count >= 3, let month = Self.months[word.lowercased()], word.lowercased() != "dec" else { return }
      // The point of an abbreviation goes with it.
      found.append(Word(text: mark == "." ? word + "." : word, reading: Self.english[month]))
    }
    for letter in text {
      if letter.isLetter { word.append(letter) } else { end(letter) }
    }
    end(nil)
  }
}
