internal import Bitext

/// An inline code of a source: an empty element, one with its content, or a tag around text.
struct InlineCode {
  /// What a code does to the text behind it.
  enum Effect: Hashable {
    /// Starts what another code with the same key ends.
    case open(key: String)
    case close(key: String)
    case none
  }

  /// The byte of the text before which it stands.
  var offset: Int
  /// Its bytes of the file.
  var range: Range<Int>
  var effect = Effect.none
}

extension InlineCode.Effect {
  /// What an element does that holds a code, by its name and what it says of its counterpart.
  ///
  /// - Parameters:
  ///   - name: without its prefix.
  ///   - attributes: of the element.
  init(of name: String, _ attributes: XMLAttributes) {
    let identifier = attributes["id"] ?? ""
    let key = attributes["startRef"] ?? attributes["rid"] ?? identifier
    switch (name, attributes["pos"]) {
    case ("bpt", _), ("bx", _), ("it", "open"): self = .open(key: name.codeFamily + key)
    case ("sc", _), ("sm", _): self = .open(key: name.codeFamily + identifier)
    case ("ept", _), ("ex", _), ("ec", _), ("em", _), ("it", "close"):
      self = .close(key: name.codeFamily + key)
    default: self = .none
    }
  }
}

extension String {
  /// The same for the two names of a pair.
  fileprivate var codeFamily: String {
    switch self {
    case "bpt", "ept": "pt "
    case "bx", "ex": "x "
    case "sc", "ec": "c "
    case "sm", "em": "m "
    default: "it "
    }
  }
}
