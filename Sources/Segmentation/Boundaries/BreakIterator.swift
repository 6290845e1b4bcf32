public import Bitext
internal import CICU

/// A place in a text between two sentences, words or grapheme clusters.
public struct Boundary: Hashable, Sendable {
  /// The offset times two, plus 1 at the end of a word: as the engine writes it.
  private var bits: UInt64

  /// In bytes of the text, above 0: the start of a text is not told.
  public var offset: Int { Int(bits >> 1) }

  /// Whether the stretch before it holds letters, digits or ideographs; told by word iterators
  /// alone.
  public var endsWord: Bool { bits & 1 != 0 }
}

/// The boundaries of Unicode (UAX 29) as ICU tailors them to a language, byte for byte ICU's own.
///
/// The engine runs ICU's compiled rules, and its dictionary of Chinese and Japanese, over UTF-8;
/// docs/design/segmentation.md says how. Bytes that are no UTF-8 count as U+FFFD, one for each
/// maximal subpart of an ill-formed sequence. Memory does not grow with the text.
///
/// Owned by one task at a time.
public struct BreakIterator: ~Copyable {
  public enum Kind: Character, Sendable {
    case sentence = "s"
    case word = "w"
    /// What a reader takes for one character.
    case grapheme = "g"
  }

  /// Who finds the boundaries.
  package enum Engine {
    /// ICU's rules in the form that reads each character once, wherever their data is of a kind
    /// that is known; else ICU.
    case own
    /// ICU's iterator over UTF-16, the judge of the other.
    case icu
  }

  private let handle: OpaquePointer

  /// - Throws: `Trouble` when ICU's data lacks the rules.
  public init(_ kind: Kind, language: LanguageTag) throws(Trouble) {
    try self.init(kind, locale: language.language)
  }

  /// Opens an iterator for an ICU locale such as `en@ss=standard`, whose keyword asks for the
  /// suppressions of CLDR ("Dr." ends no sentence).
  package init(_ kind: Kind, locale: String, engine: Engine = .own) throws(Trouble) {
    var status: Int32 = 0
    let letter = CChar(bitPattern: kind.rawValue.asciiValue ?? 0)
    guard
      let handle = concord_icu_breaker_open(letter, locale, engine == .icu ? 1 : 0, &status)
    else { throw Trouble("ICU has no \(kind) boundaries for '\(locale)' (error \(status))") }
    self.handle = handle
  }

  deinit { concord_icu_breaker_close(handle) }

  /// Lets learnt costs decide between the words of Chinese.
  ///
  /// - Throws: `Trouble` when ICU's dictionary cannot be read or memory runs out.
  func learn(_ costs: WordCosts) throws(Trouble) {
    let (table, unlearnt) = costs.table { word in
      let cost = concord_icu_breaker_cost(handle, word, word.count)
      return cost < 0 ? nil : Int(cost)
    }
    let words = table.slots.map { concord_icu_word(key: $0.key, cost: $0.value) }
    guard concord_icu_breaker_learn(handle, words, words.count, unlearnt) != 0 else {
      throw Trouble("ICU's dictionary of Chinese cannot be read: words cannot be learnt")
    }
  }

  /// Calls `body` with the boundaries of a text in ascending order, some thousand at a time; the
  /// last one is the end of the text. The fastest way: a call for each stretch costs a fifth more.
  public func forEachBatch(of utf8: Span<UInt8>, _ body: (Span<Boundary>) -> Void) {
    typealias Body = (Span<Boundary>) -> Void
    withoutActuallyEscaping(body) { body in
      var body: Body = body
      withUnsafeMutablePointer(to: &body) { body in
        utf8.withUnsafeBufferPointer { text in
          _ = concord_icu_breaker_run(handle, text.baseAddress, text.count, body) {
            context, boundaries, count in
            guard let context, let boundaries else { return }
            let batch = UnsafeBufferPointer(
              start: UnsafeRawPointer(boundaries).assumingMemoryBound(to: Boundary.self),
              count: count)
            context.assumingMemoryBound(to: Body.self).pointee(batch.span)
          }
        }
      }
    }
  }

  /// Adds the boundaries of a text to a list, in ascending order; the last one is its end. For many
  /// short texts: nothing is allocated for one of them.
  func append(boundariesOf utf8: Span<UInt8>, to list: inout [Boundary]) {
    withUnsafeMutablePointer(to: &list) { list in
      utf8.withUnsafeBufferPointer { text in
        _ = concord_icu_breaker_run(handle, text.baseAddress, text.count, list) {
          context, boundaries, count in
          guard let context, let boundaries else { return }
          let list = context.assumingMemoryBound(to: [Boundary].self)
          let batch = UnsafeRawPointer(boundaries).assumingMemoryBound(to: Boundary.self)
          list.pointee.append(contentsOf: UnsafeBufferPointer(start: batch, count: count))
        }
      }
    }
  }

  /// Calls `body` with each stretch between two boundaries, in bytes of the text.
  ///
  /// `body` gets the stretch and whether it holds letters, digits or ideographs; the latter is told
  /// by word iterators alone.
  public func forEachStretch(of utf8: Span<UInt8>, _ body: (Range<Int>, Bool) -> Void) {
    var start = 0
    forEachBatch(of: utf8) { batch in
      var last = start
      for index in batch.indices {
        let boundary = batch[index]
        body(last..<boundary.offset, boundary.endsWord)
        last = boundary.offset
      }
      start = last
    }
  }
}
