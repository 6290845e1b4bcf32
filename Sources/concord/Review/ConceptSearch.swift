internal import Bitext

/// Concepts to merge into, found by what is typed.
struct ConceptSearch: Equatable {
  /// What a key leads to.
  enum Answer: Equatable {
    case nothing
    case leaves
    case says(String)
    /// Other concepts are to be found.
    case searches(String)
    /// The concept with this id is the one.
    case chooses(String)
  }

  private(set) var query = LineEditor()
  private(set) var selected = 0
  /// What was found, best first.
  var found: [Concept] = [] {
    didSet { selected = 0 }
  }

  mutating func handle(_ key: Key) -> Answer {
    switch key {
    case .escape: return .leaves
    case .enter:
      guard found.indices.contains(selected) else {
        return .says("no concept is chosen: type a part of one of its terms")
      }
      return .chooses(found[selected].id)
    case .up: selected = max(0, selected - 1)
    case .down: selected = max(0, min(selected + 1, found.count - 1))
    default:
      let old = query.text
      _ = query.handle(key)
      if query.text != old { return .searches(query.text) }
    }
    return .nothing
  }
}
