import DocketDiagnostics
import Testing

@Suite struct SuggestionTests {
  private let fields = ["id", "priority", "created_at", "customer", "kind", "severity", "status", "votes"]

  @Test(arguments: [
    ("priorty", "priority"), ("Priority", "priority"), ("createdAt", "created_at"), ("created-at", "created_at"),
    ("cutsomer", "customer"), ("ｋｉｎｄ", "kind"), ("vote", "votes"), ("KIND", "kind"),
  ])
  func theNearestNameIsMeant(written: String, meant: String) {
    #expect(suggest(written, among: fields) == .near([meant]))
  }

  @Test func chineseNamesAreComparedByCharacter() {
    #expect(suggest("满易度", among: ["响应时间", "满意度", "a", "b", "c", "d", "e"]) == .near(["满意度"]))
    #expect(suggest("优先及", among: ["优先级", "优先权"]) == .near(["优先级", "优先权"]))
  }

  @Test(arguments: [
    ("AND", "and"), ("None", "null"), ("elif", "else"), ("True", "true"), ("===", "=="), ("<>", "!="), ("，", ","),
  ])
  func habitsOfOtherLanguagesAreKnown(written: String, spelling: String) {
    #expect(suggest(written, among: fields) == .habit(written, spelling: spelling))
  }

  @Test func aDeclaredNameInOtherCaseGoesBeforeAHabit() {
    #expect(suggest("None", among: ["none", "some"]) == .near(["none"]))
  }

  @Test func habitsOfNamesNeedTheirCandidate() {
    #expect(suggest("len", among: ["size", "abs"]) == .habit("len", spelling: "size"))
    #expect(suggest("len", among: fields) == nil)
  }

  @Test func valuesOfDataHaveNoHabits() {
    #expect(suggest("NULL", among: ["bug", "request"], habits: false) == .oneOf(["bug", "request"]))
  }

  @Test func aShortListIsShownInItsOrder() {
    #expect(suggest("urgent", among: ["low", "moderate", "high", "low"]) == .oneOf(["low", "moderate", "high"]))
    #expect(suggest("urgent", among: fields) == nil)
    #expect(suggest("urgent", among: [String]()) == nil)
    #expect(suggest("x", among: ["y"]) == .oneOf(["y"]))
  }

  @Test func helpReadsAsASentence() {
    #expect(Suggestion.near(["priority"]).helpText == "did you mean `priority`?")
    #expect(Suggestion.near(["a", "b", "c"]).helpText == "did you mean `a`, `b` or `c`?")
    #expect(Suggestion.oneOf(["a", "b", "c"]).helpText == "one of `a`, `b`, `c`")
    #expect(Suggestion.oneOf(["a"]).helpText == "the only one is `a`")
    #expect(Suggestion.habit("===", spelling: "==").helpText == "write `==` instead of `===`")
    #expect(Suggestion.habit("，", spelling: ",").helpText == "write a plain `,` instead of `，`")
  }

  @Test func onlyAnUnambiguousSuggestionIsAReplacement() {
    #expect(suggest("priorty", among: fields)?.replacement == "priority")
    #expect(Suggestion.near(["a", "b"]).replacement == nil)
    #expect(Suggestion.oneOf(["a"]).replacement == nil)
  }
}
