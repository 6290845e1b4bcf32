internal import Bitext
internal import Store

/// Both terms of a proposal in the hands of an editor.
struct TermEditing: Equatable {
  /// What a key leads to.
  enum Answer: Equatable {
    case nothing
    case leaves
    case says(String)
    /// The terms as they are to be kept.
    case edits(source: String, target: String)
  }

  private(set) var source: LineEditor
  private(set) var target: LineEditor
  private(set) var isOnTarget: Bool
  /// Whether both sides may change: the known side of a variant may not.
  private let hasBoth: Bool

  init(_ proposal: Proposal) {
    source = LineEditor(proposal.source.text)
    target = LineEditor(proposal.target.text)
    let isSourceProposed = proposal.isProposed(proposal.source)
    isOnTarget = !isSourceProposed
    hasBoth = isSourceProposed && proposal.isProposed(proposal.target)
  }

  mutating func handle(_ key: Key) -> Answer {
    switch key {
    case .escape: return .leaves
    case .enter: return finish()
    case .tab, .backTab, .up, .down:
      guard hasBoth else {
        return .says("the other side is known already: 'concord edit' changes it")
      }
      isOnTarget.toggle()
    default: _ = isOnTarget ? target.handle(key) : source.handle(key)
    }
    return .nothing
  }

  private func finish() -> Answer {
    let terms = (TermText.cleaned(source.text), TermText.cleaned(target.text))
    do {
      for text in [terms.0, terms.1] { try TermText.check(text) }
    } catch {
      return .says(error.message)
    }
    return .edits(source: terms.0, target: terms.1)
  }
}
