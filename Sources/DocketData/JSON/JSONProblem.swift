/// What can be wrong with JSON records.

import CSimdjson

enum JSONProblem: Hashable, Sendable {
  case malformed(Reason)
  case nested(limit: Int)
  case tooManyKeys
  case tooLong(limit: Int)
  case duplicateKey(String)
  case ambiguousKey(String)
  case objectValue(String)
  /// Several lists of objects, where one is wanted.
  case severalLists([String])
  case notRecords
  /// Objects that stand under keys of their own, such as `T-1`, in no list.
  case keyedRecords([String])
  /// The columns of a table, or its rows, as lists of values.
  case lists
  /// A source names a list that is not there.
  case noList(String, lists: [String])

  enum Reason: Hashable, Sendable {
    case unexpected(String)
    case incomplete
    case notObject
    case controlCharacter
    case nul
    case unclosedString
    case badEscape
    case loneSurrogate
    case badNumber
    case noMemory
  }

  /// `text` is what stands at the place.
  init(_ status: csimdjson_status, text: String) {
    self =
      switch status {
      case CSIMDJSON_INCOMPLETE: .malformed(.incomplete)
      case CSIMDJSON_NOT_OBJECT: .malformed(.notObject)
      case CSIMDJSON_CONTROL_CHARACTER: .malformed(.controlCharacter)
      case CSIMDJSON_NUL: .malformed(.nul)
      case CSIMDJSON_UNCLOSED_STRING: .malformed(.unclosedString)
      case CSIMDJSON_BAD_ESCAPE: .malformed(.badEscape)
      case CSIMDJSON_LONE_SURROGATE: .malformed(.loneSurrogate)
      case CSIMDJSON_BAD_NUMBER: .malformed(.badNumber)
      case CSIMDJSON_TOO_DEEP: .nested(limit: 128)
      case CSIMDJSON_DUPLICATE_KEY: .duplicateKey(text)
      case CSIMDJSON_AMBIGUOUS_KEY: .ambiguousKey(text)
      case CSIMDJSON_OBJECT_VALUE: .objectValue(text)
      case CSIMDJSON_TOO_MANY_KEYS: .tooManyKeys
      case CSIMDJSON_NO_MEMORY: .malformed(.noMemory)
      default: .malformed(.unexpected(text))
      }
  }
}
