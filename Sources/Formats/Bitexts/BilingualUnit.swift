internal import Bitext
internal import Segmentation

/// What a bilingual file says in one place: a text, its translation, and what was remarked on it.
struct BilingualUnit: Sendable {
  /// `nil` where the file has no such side at all.
  var source: PlacedText?
  var target: PlacedText?
  /// Their places in the prose are not known yet.
  var comments: [DocumentComment] = []
  /// What names the unit in its file.
  var identifier: String?
  /// Whether the file says that the translation is not done, such as a fuzzy one.
  var isDraft = false
  /// What tells the unit's place from all others, also in another version of the file: the name of
  /// the resource, a message's context.
  var contextID: String?
  /// What else the file says of the translation, by types of ``UnitDetails/PropertyType``.
  var properties: [(type: String, text: String)] = []

  /// The unit in the other direction.
  var swapped: BilingualUnit {
    var unit = self
    (unit.source, unit.target) = (target, source)
    return unit
  }
}

/// The languages that a user asked for, or none.
typealias WantedLanguages = (source: LanguageTag?, target: LanguageTag?)

/// The two languages of a unit.
struct UnitLanguages: Sendable, Hashable {
  var source: LanguageTag
  var target: LanguageTag
  /// Whether the user wants the file's target to be the source.
  var isSwapped = false

  /// What a file declares, as the user wants it: an option outweighs the file, and options that
  /// name the file's languages the other way round turn it around.
  ///
  /// - Returns: `nil` while one side has no language.
  init?(declared: WantedLanguages, wanted: WantedLanguages) {
    func fits(_ left: LanguageTag?, _ right: LanguageTag?) -> Bool {
      guard let left, let right else { return false }
      return LanguageMatching.sameLanguage(left, right)
    }
    let isStraight =
      fits(wanted.source, declared.source) || fits(wanted.target, declared.target)
    isSwapped =
      !isStraight && (fits(wanted.source, declared.target) || fits(wanted.target, declared.source))
    let (first, second) =
      isSwapped ? (declared.target, declared.source) : (declared.source, declared.target)
    guard let source = wanted.source ?? first, let target = wanted.target ?? second else {
      return nil
    }
    self.source = source
    self.target = target
  }

  static func == (left: Self, right: Self) -> Bool {
    left.source == right.source && left.target == right.target
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(target)
  }
}

/// Takes the units of a file one by one.
typealias UnitBody = (UnitLanguages, BilingualUnit) throws -> Void
