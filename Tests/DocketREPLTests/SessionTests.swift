/// A session without a terminal: text goes in, blocks of text come out.

import DocketREPL
import Testing

@Suite struct SessionTests {
  @Test func anExpressionPrintsItsValueWithItsType() {
    let session = Talk()
    #expect(session.says("1 + 2") == "3  int\n")
  }
}
