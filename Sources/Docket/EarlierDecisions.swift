/// Decisions that an earlier run wrote as JSON Lines, read back so that round robin goes on where it was.

import DocketData
import DocketDiagnostics
public import DocketRules

public enum EarlierDecisions {
  public struct Problem: Error, Sendable {
    public var path: String
    /// From 1; 0 is the file as a whole.
    public var line: Int
    public var reason: String

    public var message: String {
      line == 0 ? "`\(path.displaySafe)` \(reason)" : "\(path.displaySafe):\(line): \(reason)"
    }
  }

  /// Lines that are no decisions are passed over: `docket run --format jsonl` writes clocks and measures into the same file.
  public static func read(_ path: String) -> Result<[EarlierDecision], Problem> {
    switch RulebookFiles.read(path) {
    case .failure(let problem):
      return .failure(Problem(path: path, line: 0, reason: "cannot be read: \(problem.reason)"))
    case .success(let bytes): return parse(bytes, path: path)
    }
  }

  public static func parse(_ bytes: [UInt8], path: String) -> Result<[EarlierDecision], Problem> {
    var decisions: [EarlierDecision] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      guard let json = JSONValue.parse(line), case .object = json else {
        return .failure(
          Problem(
            path: path, line: number + 1,
            reason: "this is no JSON object; write the decisions with `docket run --format jsonl`"))
      }
      guard let route = json["route"]?.text else { continue }
      guard let status = json["status"]?.text, let to = json["to"] else {
        return .failure(
          Problem(path: path, line: number + 1, reason: "a decision has a `status` and a `to`, and this one has not"))
      }
      guard status == "assigned" else { continue }
      decisions.append(EarlierDecision(route: route, to: (to.elements ?? [to]).compactMap { key(of: $0) }))
    }
    return .success(decisions)
  }

  private static func key(of json: JSONValue) -> String? {
    switch json {
    case .string(let text): text
    case .number(let text): text
    case .null, .bool, .array, .object: nil
    }
  }
}
