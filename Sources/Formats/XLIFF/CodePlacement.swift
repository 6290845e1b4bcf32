internal import Bitext
internal import Segmentation

/// Puts the inline codes of a source into its translation where their place is certain.
///
/// That is: around the whole text; around or beside a piece that stands once and unchanged in both
/// (a number, a name in Latin letters), if the rest of the text is all under the same codes; before
/// the mark that ends the sentence; and anywhere in a translation that is the source's very text.
struct CodePlacement {
  private let source: [UInt8]
  /// The source without white space around it.
  private let core: Range<Int>
  private let codes: [InlineCode]
  private let translation: [UInt8]
  private let file: [UInt8]

  /// - Parameters:
  ///   - source: the text of the source.
  ///   - codes: its codes, in their order.
  ///   - translation: without white space around it.
  ///   - file: holds the bytes of the codes.
  init(source: [UInt8], codes: [InlineCode], translation: String, file: [UInt8]) {
    self.source = source
    self.codes = codes
    self.translation = Array(translation.utf8)
    self.file = file
    core = source.span.trimmingWhitespace(0..<source.count)
  }

  /// The translation as XML, with the white space that the source has around it.
  ///
  /// - Returns: `nil` where a code has no certain place.
  var content: String? {
    guard let places else { return nil }
    var result = ""
    var (before, within, behind) = (0, 0, core.upperBound)
    for (code, place) in zip(codes, places) {
      if code.offset < core.lowerBound {
        result += escaped(source, before..<code.offset)
        before = code.offset
      } else {
        result += escaped(source, before..<core.lowerBound)
        before = core.lowerBound
        // Codes that change their order would cross each other.
        guard place >= within else { return nil }
        result += escaped(translation, within..<place)
        within = place
        if code.offset > core.upperBound {
          result += escaped(source, behind..<code.offset)
          behind = code.offset
        }
      }
      result += String(decoding: file[code.range], as: UTF8.self)
    }
    return result + escaped(source, before..<core.lowerBound)
      + escaped(translation, within..<translation.count) + escaped(source, behind..<source.count)
  }

  private func escaped(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    escapedXML(String(decoding: bytes[range], as: UTF8.self))
  }

  // MARK: Places in the translation

  /// Places of codes within a text beyond which nobody reads it as a sentence: a made-up file must
  /// not cost quadratic time.
  private static let mostBorders = 256

  /// For each code its place in the translation.
  private var places: [Int]? {
    if translation.elementsEqual(source[core]) {
      return codes.map { inCore($0.offset) - core.lowerBound }
    }
    let borders = Set(codes.map { inCore($0.offset) } + [core.lowerBound, core.upperBound]).sorted()
    guard borders.count > 2 else {
      return codes.map { inCore($0.offset) == core.lowerBound ? 0 : translation.count }
    }
    // Each piece is looked for in the whole text.
    guard borders.count <= Self.mostBorders else { return nil }
    let pieces = zip(borders, borders.dropFirst()).map { $0..<$1 }
    let anchors = pieces.map { anchor($0) }
    guard hasSameCodes(pieces, anchors) else { return nil }
    var places: [Int] = []
    for code in codes {
      guard let border = borders.firstIndex(of: inCore(code.offset)),
        let place = place(
          of: code, before: border > 0 ? anchors[border - 1] : nil,
          after: border < anchors.count ? anchors[border] : nil)
          ?? (border == 0 ? 0 : border == anchors.count ? translation.count : nil)
      else { return nil }
      places.append(place)
    }
    return places
  }

  private func inCore(_ offset: Int) -> Int {
    min(max(offset, core.lowerBound), core.upperBound)
  }

  private func place(
    of code: InlineCode, before: Range<Int>?, after: Range<Int>?
  ) -> Int? {
    switch (code.effect, before, after) {
    case (.close, let before?, _): before.upperBound
    case (.open, _, let after?): after.lowerBound
    case (.none, let before?, let after?):
      before.upperBound == after.lowerBound ? after.lowerBound : nil
    case (_, let before?, nil): before.upperBound
    case (_, nil, let after?): after.lowerBound
    default: nil
    }
  }

  /// Whether all text that has no place of its own is under the same codes, and whether each of
  /// them ends what begins.
  private func hasSameCodes(_ pieces: [Range<Int>], _ anchors: [Range<Int>?]) -> Bool {
    var open: [String] = []
    var index = 0
    /// Counts the codes up to a place of the source.
    func advance(to place: Int) -> Bool {
      while index < codes.count, inCore(codes[index].offset) <= place {
        switch codes[index].effect {
        case .open(let key): open.append(key)
        case .close(let key):
          guard let last = open.lastIndex(of: key) else { return false }
          open.remove(at: last)
        case .none: break
        }
        index += 1
      }
      return true
    }
    var common: [String]?
    for (piece, anchor) in zip(pieces, anchors) {
      guard advance(to: piece.lowerBound) else { return false }
      let isBlank = source.span.trimmingWhitespace(piece).isEmpty
      guard anchor == nil, !isBlank else { continue }
      if let common, common != open { return false }
      common = open
    }
    return advance(to: core.upperBound) && open.isEmpty
  }

  // MARK: Pieces that stand in both

  /// Where a piece of the source stands in the translation, if it stands once in both.
  private func anchor(_ range: Range<Int>) -> Range<Int>? {
    let piece = Array(source[source.span.trimmingWhitespace(range)])
    if range.upperBound == core.upperBound, let mark = endMark(piece) { return mark }
    let isInvariant = !piece.contains { $0 >= 0x80 }
    guard isInvariant, piece.contains(where: { $0.isASCIIWordByte }),
      Self.places(of: piece, in: source).count == 1
    else { return nil }
    let places = Self.places(of: piece, in: translation)
    return places.count == 1 ? places[0] : nil
  }

  /// All places of a piece that are no parts of a longer word or number.
  private static func places(of piece: [UInt8], in text: [UInt8]) -> [Range<Int>] {
    guard let first = piece.first, let last = piece.last, piece.count <= text.count else {
      return []
    }
    return (0...text.count - piece.count).compactMap { start in
      guard text[start] == first else { return nil }
      let end = start + piece.count
      guard text[start..<end].elementsEqual(piece) else { return nil }
      let isCut =
        first.isASCIIWordByte && goesOn(text, start - 1, -1)
        || last.isASCIIWordByte && goesOn(text, end, 1)
      return isCut ? nil : start..<end
    }
  }

  /// Whether a word or number goes on at an offset: 3 is no part of 3.5 by itself.
  private static func goesOn(_ text: [UInt8], _ offset: Int, _ step: Int) -> Bool {
    guard text.indices.contains(offset) else { return false }
    if text[offset].isASCIIWordByte { return true }
    let next = offset + step
    return [0x2E, 0x2C].contains(text[offset]) && text.indices.contains(next)
      && text[next].isASCIIDigit
  }

  private static let endMarks: Set<Unicode.Scalar> = [".", "!", "?", ":", "。", "！", "？", "："]

  /// The mark that ends the translation, where a piece is the mark that ends the source.
  private func endMark(_ piece: [UInt8]) -> Range<Int>? {
    let text = String(decoding: piece, as: UTF8.self).unicodeScalars
    let translated = String(decoding: translation, as: UTF8.self).unicodeScalars
    guard text.count == 1, let mark = text.first, Self.endMarks.contains(mark),
      let last = translated.last, Self.endMarks.contains(last),
      !(translated.dropLast().last.map(Self.endMarks.contains) ?? true)
    else { return nil }
    return translation.count - String(Character(last)).utf8.count..<translation.count
  }
}

extension UInt8 {
  fileprivate var isASCIIWordByte: Bool { isASCIILetter || isASCIIDigit }
}
