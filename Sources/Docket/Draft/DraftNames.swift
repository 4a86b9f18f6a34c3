/// Names for what exports call otherwise: `Ticket ID` is `ticket_id`, 创建时间 is `created_at`, `1 - High` is `high`.

enum DraftNames {
  /// Words that no field and no case should be called.
  static let reserved: Set<String> = [
    "true", "false", "null", "in", "and", "or", "not", "as", "break", "const", "continue", "else", "for", "function",
    "if",
    "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "now", "_",
  ]
  private static let longest = 40

  /// The words of a text in lower case; those of a heading may be told apart by capitals: `createdAt`.
  static func words(_ text: String, humps: Bool = true) -> [String] {
    var words: [String] = []
    var current = ""
    var previous: Unicode.Scalar?
    func isChinese(_ scalar: Unicode.Scalar) -> Bool { (0x3400...0x9FFF).contains(scalar.value) }
    func end() {
      guard !current.isEmpty else { return }
      if let first = current.unicodeScalars.first, isChinese(first) {
        words += Vocabulary.words(current) ?? [current]
      } else {
        words.append(current.lowercased())
      }
      current = ""
    }
    var text = text
    for (letter, spelled) in spelledLetters { text.replace(letter, with: spelled) }
    for scalar in text.unicodeScalars.lazy.map({ plain($0) }) where scalar != "'" && scalar != "’" {
      // Marks that nobody sees, such as those that choose the form of an emoji.
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      guard scalar.properties.isXIDContinue, scalar != "_" else {
        end()
        previous = nil
        continue
      }
      if let previous {
        let isHump = humps && isUpper(scalar) && isLower(previous)
        if isHump || isChinese(scalar) != isChinese(previous) { end() }
      }
      current.unicodeScalars.append(scalar)
      previous = scalar
    }
    end()
    return words
  }

  /// As they are written where the letter is not at hand.
  private static let spelledLetters = [
    ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"),
  ]

  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isUppercase }
  private static func isLower(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isLowercase }

  /// Full-width letters as plain ones, and letters without their accents.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if (0xFF01...0xFF5E).contains(scalar.value) { return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar }
    return accents[scalar] ?? scalar
  }

  private static let accents: [Unicode.Scalar: Unicode.Scalar] = {
    let families = [
      ("a", "àáâãåā"), ("c", "çć"), ("e", "èéêëē"), ("i", "ìíîïī"), ("n", "ñń"), ("o", "òóôõøō"), ("u", "ùúûū"),
      ("y", "ýÿ"), ("s", "šś"), ("z", "žźż"), ("A", "ÀÁÂÃÅ"), ("C", "ÇĆ"), ("E", "ÈÉÊË"), ("I", "ÌÍÎÏ"), ("N", "Ñ"),
      ("O", "ÒÓÔÕØ"), ("U", "ÙÚÛ"), ("l", "ł"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, accented) in families {
      for scalar in accented.unicodeScalars { table[scalar] = Unicode.Scalar(letter) }
    }
    return table
  }()

  // MARK: - Fields and cases

  /// `reactions.+1` is `reactions_plus_1`.
  static func field(_ heading: String) -> String {
    if ["#", "№", "Nr.", "No."].contains(heading) { return "number" }
    // A question of a survey says enough by its beginning.
    let spoken = String(heading.unicodeScalars.prefix(200)).replacing(".+", with: ".plus ").replacing(
      ".-", with: ".minus ")
    return identifier(words(spoken), or: "field", leading: "n_")
  }

  /// `1 - High` is `high`, `-100` is `minus_100`, `2.9.2` is `v2_9_2`.
  static func caseName(_ text: String) -> String {
    var words = words(text, humps: false)
    if words.count > 1, words[0].allSatisfy(\.isNumber), !words.dropFirst().allSatisfy({ $0.allSatisfy(\.isNumber) }) {
      words.removeFirst()
    }
    if let first = text.first, first == "-" || first == "+", words.first?.first?.isNumber ?? false {
      return identifier([first == "-" ? "minus" : "plus"] + words, or: "value", leading: "n")
    }
    return identifier(words, or: "value", leading: text.contains(".") ? "v" : "n")
  }

  private static func identifier(_ words: [String], or fallback: String, leading: String) -> String {
    var name = ""
    for word in words {
      if !name.isEmpty, name.count + 1 + word.count > longest { break }
      name += (name.isEmpty ? "" : "_") + word
    }
    if name.isEmpty { return fallback }
    if let first = name.unicodeScalars.first, !first.properties.isXIDStart { name = leading + name }
    if name.count > 2 * longest { name = String(name.prefix(longest)) }
    return reserved.contains(name) ? name + "_" : name
  }

  /// `name`, or with a number behind it where that is taken.
  static func unique(_ name: String, _ used: inout Set<String>) -> String {
    if used.insert(name).inserted { return name }
    // Numbers are taken from 2 on: the first free one lies between two that are found by doubling.
    var free = 2
    while used.contains("\(name)_\(free)") { free *= 2 }
    var taken = max(1, free / 2)
    while free - taken > 1 {
      let middle = (free + taken) / 2
      if used.contains("\(name)_\(middle)") { taken = middle } else { free = middle }
    }
    let candidate = "\(name)_\(free)"
    used.insert(candidate)
    return candidate
  }

  // MARK: - Types

  /// `closed_code` is `ClosedCode`.
  static func type(_ name: String) -> String {
    let words = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return words.joined()
  }

  /// What one row of a file is: `incident_event_log` is an `Incident`, `tickets-2026-10` a `Ticket`.
  static func entity(_ stem: String) -> String {
    var words = words(stem).flatMap { $0.split(separator: "_").map(String.init) }
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let noise: Set<String> = [
      "event", "log", "logs", "export", "exports", "exported", "data", "dump", "list", "report", "history", "all",
      "sample",
      "full", "final", "copy", "new", "csv", "json", "jsonl", "tsv", "utf8", "gbk", "gb18030", "utf", "view", "table",
      "raw",
      "detail", "details", "record", "records", "semicolon", "de", "en", "fr", "es", "it", "nl", "cn", "zh", "us", "uk",
      "年", "月", "日", "季度", "周", "default", "filter", "search", "results",
    ]
    // `report1712345678901` is numbered by whoever exported it.
    if let last = words.last, last.count > 6, last.suffix(6).allSatisfy(\.isNumber) {
      let bare = String(last.prefix { !$0.isNumber })
      if !bare.isEmpty { words[words.count - 1] = bare }
    }
    while let last = words.last, words.count > 1 {
      guard
        last.allSatisfy({ $0.isNumber }) || noise.contains(last)
          || months.contains(String(last.prefix(3))) && last.count <= 9 && isMonth(last)
      else { break }
      words.removeLast()
    }
    // Who exported it says little, unless nothing else does.
    let prefixes: Set<String> = ["export", "exports", "all", "crm", "my"]
    while words.count > 1, let first = words.first,
      first.allSatisfy(\.isNumber) || prefixes.contains(first) || products[first] != nil
    {
      words.removeFirst()
    }
    if words.count == 1, let what = products[words[0]] { return what }
    guard let last = words.popLast() else { return "Record" }
    words.append(singular(last))
    let name = type(words.joined(separator: "_"))
    guard let first = name.unicodeScalars.first else { return "Record" }
    return first.properties.isXIDStart ? name : "Record" + name
  }

  /// What a row of a log is that tells how such things changed.
  static func change(of entity: String) -> String { entity.hasSuffix("Change") ? entity : entity + "Change" }

  /// Programs that export, and what a row of them mostly is.
  private static let products: [String: String] = [
    "zendesk": "Ticket", "freshdesk": "Ticket", "freshservice": "Ticket", "jira": "Issue", "servicenow": "Incident",
    "intercom": "Conversation", "github": "Issue", "gitlab": "Issue", "zoho": "Ticket", "hubspot": "Ticket",
    "linear": "Issue",
    "salesforce": "Case", "udesk": "Ticket", "zammad": "Ticket", "redmine": "Issue",
    "otrs": "Ticket", "kayako": "Ticket", "tapd": "Bug", "zentao": "Bug", "feishu": "Ticket",
  ]

  private static func isMonth(_ word: String) -> Bool {
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december", "sept",
    ]
    return word.count == 3 || full.contains(word)
  }

  static func singular(_ word: String) -> String {
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "xes", "ches", "shes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    let stays = word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") || word.hasSuffix("news")
    return word.hasSuffix("s") && !stays && word.count > 2 ? String(word.dropLast()) : word
  }
}
