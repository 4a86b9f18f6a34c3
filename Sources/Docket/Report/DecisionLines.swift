/// Decisions for other programs: JSON Lines or CSV, written in pieces so that nothing grows with the output.
///
/// Decisions of one outcome differ in nothing but their item. What stands before the item and behind it is made once for each
/// outcome, and copied then.

import DocketDiagnostics
public import DocketRules
import DocketRuntime
import DocketSemantics

public struct DecisionLines {
  public enum Format {
    case jsonLines
    case csv
  }

  /// A line around its item.
  private struct Frame {
    var before: [UInt8]
    var after: [UInt8]
  }

  private let engine: RuleEngine
  private let world: World
  private let machine: MachineText
  private let format: Format

  public init(_ engine: RuleEngine, _ format: Format) {
    (self.engine, world, machine, self.format) = (engine, engine.world, engine.machine, format)
  }

  /// The line that names the columns; empty for JSON.
  public var heading: [UInt8] {
    var text: [UInt8] = []
    if format == .csv {
      CSVText.append(["route", "item", "field", "to", "rule", "status", "because"], to: &text)
    }
    return text
  }

  /// Hands the lines of the wanted decisions to `emit`, about half a megabyte at a time. What is wanted must not depend on the
  /// item.
  public func write(
    _ decisions: DecisionList, where isWanted: (Decision) -> Bool = { _ in true }, to emit: ([UInt8]) -> Void
  ) {
    /// By outcome; `nil` inside where it is not wanted.
    var frames = [Frame??](repeating: nil, count: decisions.outcomeCount)
    var text: [UInt8] = []
    text.reserveCapacity(Self.piece + Self.piece / 8)
    for position in decisions.indices {
      let frame: Frame?
      if let outcome = decisions.sharedOutcome(at: position) {
        if let known = frames[outcome] {
          frame = known
        } else {
          frame = self.frame(decisions[position], where: isWanted)
          frames[outcome] = .some(frame)
        }
      } else {
        frame = self.frame(decisions[position], where: isWanted)
      }
      guard let frame else { continue }
      text.append(contentsOf: frame.before)
      append(world.key(of: decisions.item(at: position)), to: &text)
      text.append(contentsOf: frame.after)
      if text.count > Self.piece {
        emit(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    if !text.isEmpty { emit(text) }
  }

  private static let piece = 1 << 19

  private func append(_ key: Value, to text: inout [UInt8]) {
    switch (format, key) {
    case (.jsonLines, _): machine.append(key, to: &text)
    case (.csv, .string(let symbol)): machine.withBytes(of: symbol) { CSVText.append($0, to: &text) }
    case (.csv, _): CSVText.append(machine.scalar(key), to: &text)
    }
  }

  private func frame(_ decision: Decision, where isWanted: (Decision) -> Bool) -> Frame? {
    guard isWanted(decision) else { return nil }
    let route = engine.rulebook.routes[decision.route]
    switch format {
    case .jsonLines:
      var json = JSONWriter()
      var place = 0
      // Nothing that is written as the item, but with what belongs between it and its neighbours.
      engine.write(decision, to: &json) {
        place = $0.bytes.count
        $0.raw([])
      }
      json.endLine()
      return Frame(before: Array(json.bytes[..<place]), after: Array(json.bytes[place...]))
    case .csv:
      var (before, after): ([UInt8], [UInt8]) = ([], [])
      CSVText.append(route.name, to: &before)
      before.append(UInt8(ascii: ","))
      after.append(UInt8(ascii: ","))
      CSVText.append(
        [
          engine.rulebook.schema[route.field.entity].fields[route.field.index].name,
          decision.to.map { machine.scalar($0) }.joined(separator: ";"), decision.rule ?? "",
          decision.status.name, decision.because ?? "",
        ], to: &after)
      return Frame(before: before, after: after)
    }
  }
}
