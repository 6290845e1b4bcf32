internal import Bitext

/// A `trans-unit` of XLIFF 1.2 or a `unit` of XLIFF 2, as an editor read it.
struct EditedUnit {
  /// What translates to one target: the unit itself in XLIFF 1.2, a `segment` in XLIFF 2.
  struct Slot {
    /// Of the segment; `nil` in XLIFF 1.2.
    var tag: XMLTag?
    var attributes: XMLAttributes?
    var isLocked = false
    var source: EditedSide?
    var segmentedSource: EditedSide?
    var target: EditedSide?

    /// Where a new target goes: behind the last of the sources.
    var end: Int? { (segmentedSource ?? source)?.end }
  }

  /// An element that holds candidates of the matches module.
  struct Matches {
    /// Where its content starts.
    var start: Int
    var prefix: String
  }

  let tag: XMLTag
  var name: XLIFFUnitName
  let isTranslated: Bool
  var isLocked: Bool
  /// Whether its texts stand in segments, as in XLIFF 2.
  let isSegmented: Bool
  var slots: [Slot] = []
  /// The `mid` of segments that Trados Studio has locked.
  var lockedSegments: Set<String> = []
  /// All ids in the unit.
  var identifiers: Set<String> = []
  var matches: Matches?

  init(
    _ tag: XMLTag, _ name: XLIFFUnitName, isTranslated: Bool, isLocked: Bool, isSegmented: Bool
  ) {
    self.tag = tag
    self.name = name
    self.isTranslated = isTranslated
    self.isSegmented = isSegmented
    self.isLocked = isLocked
    if !isSegmented { slots = [Slot()] }
  }

  /// Whether a tool forbids to change the text: `mq:locked="locked"`, `m:locked="true"`; XLIFF 1.2
  /// itself says `approved="yes"`.
  static func isLocked(_ attributes: [(name: String, value: String)]) -> Bool {
    attributes.contains { name, value in
      name == "approved" && value == "yes"
        || name.withoutXMLPrefix == "locked"
          && !["", "false", "no", "0", "unlocked"].contains(value)
    }
  }

  mutating func take(_ side: EditedSide, name: String) {
    guard !slots.isEmpty else { return }
    let last = slots.count - 1
    switch name {
    case "source": slots[last].source = side
    case "seg-source": slots[last].segmentedSource = side
    default: slots[last].target = side
    }
  }
}

extension XMLAttributes {
  /// Whether the state of a text says that nobody should touch it any more.
  var isFinal: Bool {
    ["final", "signed-off", "reviewed"].contains(self["state"] ?? "")
  }

  /// Whether the state of a text says that it still has to be translated: of XLIFF 1.2, and of
  /// XLIFF 2 unless a tool says more of it.
  var isOpen: Bool {
    switch self["state"] {
    case "new", "needs-translation": true
    case "initial": self["subState"] == nil
    default: false
    }
  }
}
