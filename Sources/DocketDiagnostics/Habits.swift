/// What people write out of habit from other languages, spreadsheets and Chinese keyboards, and how Docket spells it.

public enum Habits {
  /// Spellings that Docket never has: operators, words of expressions, literals, punctuation. Looked up by the lexer and
  /// the parser, and by `suggest` for names.
  public static let syntax: [String: String] = [
    "===": "==", "!==": "!=", "<>": "!=", "=!": "!=", "~=": "!=", "=<": "<=", "=>": ">=", ":=": "=", "?:": "??",
    "≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/", "∧": "and", "∨": "or", "¬": "not", "∈": "in",
    "&": "and", "|": "or", "#": "//",

    "AND": "and", "And": "and", "OR": "or", "Or": "or", "NOT": "not", "Not": "not", "IN": "in", "In": "in",
    "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not",
    "elif": "else", "elseif": "else", "elsif": "else",
    "nil": "null", "None": "null", "NULL": "null", "Null": "null", "undefined": "null",
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false",

    "，": ",", "、": ",", "：": ":", "；": ";", "。": ".", "？": "?", "！": "!", "（": "(", "）": ")",
    "【": "[", "】": "]", "［": "[", "］": "]", "｛": "{", "｝": "}", "《": "<", "》": ">",
    "“": "\"", "”": "\"", "„": "\"", "＂": "\"", "‘": "'", "’": "'", "＇": "'", "｀": "`",
    "＝": "=", "＜": "<", "＞": ">", "＋": "+", "－": "-", "−": "-", "–": "-", "—": "-", "＊": "*", "／": "/",
    "％": "%", "＠": "@", "｜": "|", "＆": "&", "＿": "_", "＃": "//", "\u{3000}": " ", "\u{A0}": " ",
  ]

  /// Names for which Docket has another one. Offered only where that one is among the candidates.
  public static let names: [String: String] = [
    "function": "func", "def": "func", "fn": "func", "fun": "func", "var": "let", "const": "let", "val": "let",
    "class": "entity", "struct": "entity", "record": "entity", "type": "entity", "import": "use", "include": "use",
    "if": "when", "default": "otherwise", "assert": "expect",
    "str": "string", "text": "string", "varchar": "string", "boolean": "bool",
    "integer": "int", "long": "int", "bigint": "int", "float": "double", "decimal": "double", "real": "double",
    "datetime": "timestamp", "interval": "duration", "timedelta": "duration",
    "array": "list", "dict": "map", "object": "map", "any": "dyn",
    "len": "size", "length": "size", "count": "size", "avg": "mean", "average": "mean",
  ]
}
