public import Bitext

/// A term that the texts of a run suggest by themselves, with the ways in which they render it: what
/// `inconsistent-rendering` judges. No termbase is needed.
public struct MinedTerm: Sendable, Hashable {
  /// The term as it is most often spelt.
  public var term: String
  public var sourceLanguage: LanguageTag
  public var targetLanguage: LanguageTag
  /// The usual rendering first, then the others, those that were seen more often before others.
  public var renderings: [Rendering]

  /// One way to render the term; two that differ in inflection, case or width alone are one.
  public struct Rendering: Sendable, Hashable {
    /// As it is most often spelt.
    public var text: String
    /// The beads in which it stands for the term.
    public var count: Int
    /// How surely it stands for the term, as a share 0…1: the best of its places.
    public var share: Double
    /// Whether it is written like a name.
    public var isName: Bool
    /// Whether it is the usual rendering of another term, which does not stand there.
    public var isUsualElsewhere: Bool
    /// The first of the places, in the order of the run.
    public var places: [Place]

    public init(
      text: String, count: Int, share: Double, isName: Bool, isUsualElsewhere: Bool = false,
      places: [Place]
    ) {
      self.text = text
      self.count = count
      self.share = share
      self.isName = isName
      self.isUsualElsewhere = isUsualElsewhere
      self.places = places
    }
  }

  /// Where a rendering stands for the term.
  public struct Place: Sendable, Hashable {
    public var source: Diagnostic.Evidence
    public var target: Diagnostic.Evidence
    /// The target text of the bead.
    public var context: String

    public init(source: Diagnostic.Evidence, target: Diagnostic.Evidence, context: String) {
      self.source = source
      self.target = target
      self.context = context
    }
  }

  public init(
    term: String, sourceLanguage: LanguageTag, targetLanguage: LanguageTag,
    renderings: [Rendering]
  ) {
    self.term = term
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    self.renderings = renderings
  }
}
