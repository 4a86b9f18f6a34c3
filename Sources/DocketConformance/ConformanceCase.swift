/// One line of the file of cases.

import DocketData
import DocketSemantics

struct ConformanceCase {
  enum Expectation {
    /// A tagged value.
    case value(JSONValue)
    /// Any of these messages; the wording is an implementation's own.
    case error([String])
    case checkOnly
  }

  var id: String
  var tier: String
  var expression: String
  var container: String
  var isUnchecked: Bool
  var expectation: Expectation
  var deducedType: String?
  /// Declared names with their types as written.
  var variables: [(name: String, type: String)] = []
  var functions: [BodyChecker.ExternalFunction] = []
  /// Values of names, tagged.
  var bindings: [(name: String, value: JSONValue)] = []

  static func read(_ json: JSONValue) -> ConformanceCase? {
    guard let id = json["id"]?.text, let expression = json["expr"]?.text, let tier = json["tier"]?.text,
      let expect = json["expect"]
    else { return nil }
    let expectation: Expectation
    if let value = expect["value"] {
      expectation = .value(value)
    } else if let error = expect["error"] {
      expectation = .error(error.elements?.compactMap(\.text) ?? [error.text ?? ""])
    } else {
      expectation = .checkOnly
    }
    var result = ConformanceCase(
      id: id, tier: tier, expression: expression, container: json["container"]?.text ?? "",
      isUnchecked: json["disable_check"]?.isTrue ?? false,
      expectation: json["check_only"]?.isTrue ?? false ? .checkOnly : expectation,
      deducedType: json["typed_result"]?.text)
    for declaration in json["type_env"]?.elements ?? [] {
      guard let name = declaration["name"]?.text else { return nil }
      if let type = declaration["type"]?.text { result.variables.append((name, type)) }
      guard let overloads = declaration["function"]?.elements else { continue }
      let read = overloads.compactMap(overload)
      guard read.count == overloads.count else { return nil }
      result.functions.append(.init(name: name, overloads: read))
    }
    if case .object(let members)? = json["bindings"] { result.bindings = members.map { ($0.key, $0.value) } }
    return result
  }

  private static func overload(_ json: JSONValue) -> Overload? {
    var reader = TypeReader()
    guard let texts = json["params"]?.elements?.map({ $0.text ?? "" }), let result = json["result"]?.text else {
      return nil
    }
    let parameters = texts.compactMap { reader.read($0) }
    guard parameters.count == texts.count, let resultType = reader.read(result) else { return nil }
    return json["instance"]?.isTrue ?? false ? .method(parameters, resultType) : .function(parameters, resultType)
  }
}
