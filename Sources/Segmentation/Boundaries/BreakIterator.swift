internal import Bitext
internal import CICU

/// ICU's sentence or word iterator: the one place that calls its boundary functions.
///
/// Owned by one task at a time.
struct BreakIterator: ~Copyable {
  enum Kind: Character { case sentence = "s", word = "w" }

  private let handle: OpaquePointer

  /// Opens an iterator for an ICU locale such as `en@ss=standard`, whose keyword asks for the
  /// suppressions of CLDR ("Dr." ends no sentence).
  init(_ kind: Kind, locale: String) throws(Trouble) {
    var status: Int32 = 0
    let letter = CChar(bitPattern: kind.rawValue.asciiValue ?? 0)
    guard let handle = concord_icu_breaker_open(letter, locale, &status) else {
      throw Trouble("ICU has no \(kind) boundaries for '\(locale)' (error \(status))")
    }
    self.handle = handle
  }

  deinit { concord_icu_breaker_close(handle) }

  /// Calls `body` with each stretch between two boundaries, in bytes of the text.
  ///
  /// `body` gets the stretch and whether it holds letters, digits or ideographs; the latter is told
  /// by word iterators alone.
  func forEachStretch(of utf8: Span<UInt8>, _ body: (Range<Int>, Bool) -> Void) {
    guard !utf8.isEmpty else { return }
    var boundaries: UnsafePointer<Int32>?
    var isWord: UnsafePointer<UInt8>?
    var status: Int32 = 0
    let count = utf8.withUnsafeBufferPointer { text in
      concord_icu_breaker_run(
        handle, text.baseAddress, Int32(clamping: text.count), &boundaries, &isWord, &status)
    }
    guard count > 0, let boundaries, let isWord else {
      body(0..<utf8.count, true)
      return
    }
    var start = 0
    for index in 0..<Int(count) {
      let end = Int(boundaries[index])
      body(start..<end, isWord[index] != 0)
      start = end
    }
  }
}
