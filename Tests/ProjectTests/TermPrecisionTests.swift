import Testing

@testable import Project

@Suite struct TermPrecisionTests {
  private func term(_ alarms: Int, of hits: Int) -> TermPrecision {
    var term = TermPrecision(concept: "1", term: "a", language: "en", translations: ["b"])
    term.hits = hits
    term.errors = alarms
    term.judge(threshold: 0.95)
    return term
  }

  /// The interval's ends are the shares at which the score test is just passed: what a search for
  /// them by halves finds.
  @Test(arguments: [(0, 1), (1, 1), (1, 3), (3, 5), (0, 100), (7, 40), (40, 40), (1, 1000)])
  func intervalHoldsTheSharesThatTheScoreTestAllows(alarms: Int, hits: Int) {
    let share = Double(hits - alarms) / Double(hits)
    func isAllowed(_ truth: Double) -> Bool {
      let error = (truth * (1 - truth) / Double(hits)).squareRoot()
      return abs(share - truth) <= 1.959_964 * error + 1e-12
    }
    func edge(from inside: Double, to outside: Double) -> Double {
      var (inside, outside) = (inside, outside)
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if isAllowed(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    let interval = term(alarms, of: hits).interval
    #expect(abs(interval.lowerBound - edge(from: share, to: 0)) < 1e-6)
    #expect(abs(interval.upperBound - edge(from: share, to: 1)) < 1e-6)
  }

  @Test func littleEvidenceCondemnsNobody() {
    #expect(term(0, of: 0).verdict == .unsure)
    #expect(term(0, of: 1).verdict == .unsure)
    #expect(term(1, of: 5).verdict == .unsure)
    #expect(term(2, of: 5).verdict == .warn)
    #expect(term(0, of: 72).verdict == .unsure)
    #expect(term(0, of: 73).verdict == .trust)
    #expect(term(10, of: 100).verdict == .warn)
  }

  @Test func worstComesFirst() {
    let terms = [term(0, of: 100), term(1, of: 5), term(4, of: 5), term(2, of: 5)]
    let sorted = terms.sorted(by: TermPrecision.inOrder)
    #expect(sorted.map(\.alarms) == [4, 2, 1, 0])
  }

  @Test func listHasTheTermsThatShouldWarnAndReadsBack() throws {
    var numbered = term(4, of: 5)
    numbered.concept = "g.csv:7"
    numbered.term = "金凤凰"
    var named = term(3, of: 4)
    named.concept = "gp-1"
    let text = WarnOnlyList.text([numbered, named, named, term(0, of: 5)])
    let directory = try TemporaryDirectory()
    let path = try directory.write("list.txt", text + "\r\n  \n# more\nlast")
    // A line of a file moves with the next edit: the term stands for it.
    #expect(try WarnOnlyList.read(path) == ["金凤凰", "gp-1", "last"])
  }
}
