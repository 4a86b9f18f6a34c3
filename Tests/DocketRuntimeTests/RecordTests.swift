import DocketRuntime
import DocketTime
import Testing

@testable import DocketSemantics

@Suite struct RecordTests {
  let sample = SampleWorld()
  var t: Tree { sample.tree }

  private func at(_ instant: Instant, _ expression: CheckedExpression) -> String {
    t.instant = instant
    t.engine().instant = instant
    return t.show(expression)
  }

  @Test func fieldsAreSeenAsOfTheInstant() {
    let owner = sample.read(sample.feedback("f1"), .owner)
    #expect(at(SampleWorld.day(2), owner) == "error: `Feedback[\"f1\"].owner` is absent")
    #expect(at(SampleWorld.day(3), owner) == "Person[\"li\"]")
    #expect(at(SampleWorld.day(6), owner) == "Person[\"zoe\"]")
    #expect(at(SampleWorld.day(6), sample.read(owner, .name)) == "error: `Feedback[\"f1\"].owner.name` is absent")
  }

  @Test func questionsForAbsenceNeverFail() {
    let owner = sample.read(sample.feedback("f1"), .owner)
    let name = sample.read(owner, .name)
    let early = SampleWorld.day(2)
    #expect(at(early, t.node(.isAbsent(name, isNegated: false))) == "true")
    #expect(at(early, t.node(.isAbsent(name, isNegated: true))) == "false")
    let nameField = FieldReference(entity: SampleWorld.person, index: SampleWorld.PersonField.name.rawValue)
    #expect(at(early, t.node(.hasField(owner, nameField))) == "false")
    #expect(at(SampleWorld.day(4), t.node(.hasField(owner, nameField))) == "true")
    #expect(at(early, t.coalesce(name, t.text("nobody"))) == "\"nobody\"")
    #expect(at(SampleWorld.day(4), t.coalesce(name, t.text("nobody"))) == "\"李\"")
    #expect(at(early, t.node(.isAbsent(t.divisionByZero, isNegated: false))) == "error: division by zero")
    #expect(t.engine().heap.errorCount == 1)
  }

  @Test func inverseListsFollowTheInstant() {
    let load = sample.read(sample.person("li"), .load)
    #expect(at(SampleWorld.day(2), load) == "[Feedback[\"f2\"]]")
    #expect(at(SampleWorld.day(4), load) == "[Feedback[\"f1\"], Feedback[\"f2\"]]")
    #expect(at(SampleWorld.day(6), load) == "[Feedback[\"f2\"]]")
    // f3 happens on the ninth.
    #expect(at(SampleWorld.day(10), load) == "[Feedback[\"f2\"], Feedback[\"f3\"]]")
  }

  @Test func derivedFieldsAndInverseListsFollowARun() throws {
    let isBusy = sample.read(sample.person("ann"), .isBusy)
    let load = sample.read(sample.person("ann"), .load)
    let loadOfLi = sample.read(sample.person("li"), .load)
    let ownerName = sample.read(sample.read(sample.feedback("f2"), .owner), .name)
    #expect(at(SampleWorld.day(6), isBusy) == "false")
    let world = t.engine().world
    let ann = try #require(t.engine().record(of: SampleWorld.person, key: t.engine().heap.string("ann")))
    let owner = FieldReference(entity: SampleWorld.feedback, index: SampleWorld.FeedbackField.owner.rawValue)
    world.override(owner, of: 1, with: .entity(ann))
    #expect(t.show(isBusy) == "true")
    #expect(t.show(load) == "[Feedback[\"f2\"]]")
    #expect(t.show(loadOfLi) == "[]")
    #expect(t.show(ownerName) == "\"Ann\"")
    world.override(owner, of: 1, with: .absent)
    #expect(t.show(load) == "[]")
    world.clearOverlay()
    #expect(t.show(loadOfLi) == "[Feedback[\"f2\"]]")
  }

  @Test func historyShowsEachVersionAsItWas() {
    let history = t.node(.history(sample.feedback("f1")))
    let owners = t.macro(.map, history, t.coalesce(sample.read(t.local(0), .owner), t.text("none")))
    #expect(at(SampleWorld.day(4), owners) == "[\"none\", Person[\"li\"]]")
    #expect(at(SampleWorld.day(9), owners) == "[\"none\", Person[\"li\"], Person[\"zoe\"]]")
    let bounds = t.macro(
      .map, history,
      t.list(
        t.node(.versionBound(t.local(0), isEnd: false)),
        t.coalesce(t.node(.versionBound(t.local(0), isEnd: true)), t.null)))
    #expect(
      at(SampleWorld.day(4), bounds)
        == "[[timestamp(\"2026-10-01T00:00:00Z\"), timestamp(\"2026-10-03T00:00:00Z\")], [timestamp(\"2026-10-03T00:00:00Z\"), null]]"
    )
    // Two versions of one record are one record.
    #expect(at(SampleWorld.day(4), t.call(.equal, t.index(history, t.int(0)), sample.feedback("f1"))) == "true")
  }

  @Test func recordsOfATypeAndOfAView() {
    #expect(
      at(SampleWorld.day(2), t.node(.records(SampleWorld.person)))
        == "[Person[\"ann\"], Person[\"li\"], Person[\"zoe\"]]")
    #expect(at(SampleWorld.day(2), t.node(.records(SampleWorld.manager))) == "[Person[\"li\"], Person[\"zoe\"]]")
    #expect(at(SampleWorld.day(2), t.node(.records(SampleWorld.feedback))) == "[Feedback[\"f1\"], Feedback[\"f2\"]]")
    #expect(t.show(t.node(.lookup(SampleWorld.manager, t.text("ann")))) == "error: the Person \"ann\" is not a Manager")
    #expect(
      t.show(sample.person("bob"))
        == "error: there is no Person with the key \"bob\": one of `ann`, `li`, `zoe`")
    #expect(
      t.show(sample.feedback("f3"))
        == "error: there is no Feedback with the key \"f3\": did you mean `f1` or `f2`?")
  }

  @Test func listsOfReferences() {
    #expect(
      at(SampleWorld.day(2), sample.read(sample.feedback("f1"), .watchers)) == "[Person[\"ann\"], Person[\"zoe\"]]")
  }

  @Test func upTheManagers() {
    #expect(t.show(t.call(.up, sample.person("ann"), t.int(1))) == "Person[\"li\"]")
    #expect(t.show(t.call(.up, sample.person("ann"), t.int(50))) == "Person[\"zoe\"]")
    #expect(t.show(t.call(.up, sample.person("ann"), t.int(0))) == "Person[\"ann\"]")
  }

  @Test func optionalParametersTakeNothing() {
    let name = sample.read(t.local(0), .name)
    t.rulebook.functions = [
      CheckedFunction(
        name: "called", parameters: [("p", .entity(SampleWorld.person), true)], result: .string,
        resultIsOptional: false,
        body: Body(expression: t.coalesce(name, t.text("nobody")), slotCount: 1), span: t.null.span)
    ]
    let owner = sample.read(sample.feedback("f1"), .owner)
    #expect(at(SampleWorld.day(2), t.node(.function(0, [owner]))) == "\"nobody\"")
    #expect(at(SampleWorld.day(3), t.node(.function(0, [owner]))) == "\"李\"")
  }

  /// Only `dyn` lets it through.
  @Test func aRecordIsNoNameOfAField() {
    let sample = SampleWorld()
    #expect(
      sample.tree.show(sample.tree.index(sample.person("ann"), sample.person("li")))
        == "error: no such field: Person[\"li\"]")
  }
}
