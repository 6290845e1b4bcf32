import Bitext
import Store

/// Proposals as a store hands them out.
extension Proposal {
  static let new = Proposal(
    id: 1,
    concept: Concept(
      id: "7", terms: [.english("dry port", .proposed), .chinese("无水港", .proposed)],
      domain: "logistics"),
    source: .english("dry port", .proposed), target: .chinese("无水港", .proposed), score: 0.914,
    count: 4, sourceCount: 5, targetCount: 4,
    evidence: [
      .init(
        "news/05.en.md", 11, "The ⟦dry port⟧ of Guoyuan opened on May 18.",
        "果园⟦无水港⟧5月18日启用。"),
      .init(
        "news/06.en.md", 2,
        "Trains from the inland ⟦dry port⟧ reach the coast in two days, a full day less than the "
          + "trucks that carried most of the region's exports until last year.",
        "从内陆的⟦无水港⟧开出的列车两天即可抵达沿海，比去年以前承担该地区大部分出口货物运输的卡车足足快了一天。"),
    ])

  static let variant = Proposal(
    id: 2,
    concept: Concept(
      id: "golden-phoenix",
      terms: [
        .english("Golden Phoenix", .preferred), .english("Gold Bird", .forbidden),
        .english("Gold Phoenix", .proposed), .chinese("金凤凰", .preferred),
      ], definition: "A talent programme of the city.", note: "Never Gold."),
    source: .english("Gold Phoenix", .proposed), target: .chinese("金凤凰", .preferred), score: 0.6,
    count: 1, sourceCount: 1, targetCount: 9,
    evidence: [.init("news/02.en.md", 0, "⟦Gold Phoenix⟧ returns", "新一轮“⟦金凤凰⟧”招500人")],
    isSkipped: true)

  static let byHand = Proposal(
    id: 3,
    concept: Concept(
      id: "9", terms: [.english("pilot zone", .proposed), .chinese("试验区", .proposed)]),
    source: .english("pilot zone", .proposed), target: .chinese("试验区", .proposed))

  /// The proposal after a decision.
  func decided(_ decision: Decision) -> Proposal {
    var proposal = self
    proposal.decision = decision
    return proposal
  }
}

extension Term {
  static func english(_ text: String, _ status: TermStatus) -> Term {
    Term(text, language: .english, status: status)
  }

  static func chinese(_ text: String, _ status: TermStatus) -> Term {
    Term(text, language: .simplifiedChinese, status: status)
  }
}

extension TermCandidate.Evidence {
  /// Sentences whose spans are marked ⟦so⟧.
  init(_ file: String, _ bead: Int, _ source: String, _ target: String) {
    let (left, right) = (Self.unmarked(source), Self.unmarked(target))
    self.init(
      file: file, bead: bead, sourceText: left.text, targetText: right.text,
      sourceSpan: left.span, targetSpan: right.span)
  }

  private static func unmarked(_ text: String) -> (text: String, span: Range<Int>) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "⟦" || $0 == "⟧" }
    let start = parts[0].utf8.count
    return (parts.joined(), start..<start + parts[1].utf8.count)
  }
}
