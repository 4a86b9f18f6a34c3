/// Signatures of CEL's strings and encoders extensions.

extension Builtin {
  var stringOverloads: [Overload] {
    switch self {
    case .charAt: [.method([.string, .int], .string)]
    case .indexOf, .lastIndexOf: [.method([.string, .string], .int), .method([.string, .string, .int], .int)]
    case .join: [.method([.list(.string)], .string), .method([.list(.string), .string], .string)]
    case .lowerAscii, .upperAscii, .trim: [.method([.string], .string)]
    case .replace:
      [.method([.string, .string, .string], .string), .method([.string, .string, .string, .int], .string)]
    case .split: [.method([.string, .string], .list(.string)), .method([.string, .string, .int], .list(.string))]
    case .substring: [.method([.string, .int], .string), .method([.string, .int, .int], .string)]
    case .reverse: [.method([.string], .string), .method([.list(.parameter(0))], .list(.parameter(0)))]
    case .quote: [.function([.string], .string)]
    case .format: [.method([.string, .list(.dyn)], .string)]
    default: []
    }
  }

  var encodingOverloads: [Overload] {
    switch self {
    case .base64Encode: [.function([.bytes], .string)]
    case .base64Decode: [.function([.string], .bytes)]
    default: []
    }
  }
}
