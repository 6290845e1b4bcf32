internal import Bitext
internal import Segmentation

/// Puts the inline codes of a source into its translation where their place is certain.
///
/// That is: before and behind all text, beside a piece of text that stands once and unchanged in
/// both (a number, a name in Latin letters), before the mark that ends the sentence, and anywhere
/// in a translation that is the source's very text.
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
    var result = ""
    var index = codes.startIndex
    var done = 0
    func take(upTo end: Int, from list: [UInt8], _ place: (InlineCode) -> Int?) -> Bool {
      while index < codes.endIndex {
        guard let offset = place(codes[index]) else { return false }
        guard offset <= end else { break }
        // Codes that change their order would cross each other.
        guard offset >= done else { return false }
        result += escaped(list, done..<offset) + raw(codes[index].range)
        done = offset
        index += 1
      }
      result += escaped(list, done..<end)
      return true
    }
    guard take(upTo: core.lowerBound, from: source, { $0.offset }) else { return nil }
    let last = codes[index...].firstIndex { $0.offset >= core.upperBound } ?? codes.endIndex
    let borders = Borders(of: codes[index..<last].map(\.offset), in: core)
    done = 0
    guard
      take(
        upTo: translation.count, from: translation,
        { code in
          code.offset >= core.upperBound ? .max : place(ofBorder: code.offset, borders)
        })
    else { return nil }
    done = core.upperBound
    guard take(upTo: source.count, from: source, { $0.offset }) else { return nil }
    return result
  }

  private func escaped(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    escapedXML(String(decoding: bytes[range], as: UTF8.self))
  }

  private func raw(_ range: Range<Int>) -> String { String(decoding: file[range], as: UTF8.self) }

  // MARK: Codes within the text

  /// The places of codes within a text, and its ends.
  private struct Borders {
    let offsets: [Int]

    init(of places: [Int], in core: Range<Int>) {
      var offsets = [core.lowerBound]
      for place in places where place != offsets.last { offsets.append(place) }
      if offsets.last != core.upperBound { offsets.append(core.upperBound) }
      self.offsets = offsets
    }
  }

  /// Where in the translation the codes at a place of the source belong.
  private func place(ofBorder offset: Int, _ borders: Borders) -> Int? {
    if translation.elementsEqual(source[core]) { return offset - core.lowerBound }
    guard let index = borders.offsets.firstIndex(of: offset), index > 0,
      index + 1 < borders.offsets.count
    else { return nil }
    let (before, after) = (
      borders.offsets[index - 1]..<offset, offset..<borders.offsets[index + 1]
    )
    if let place = anchor(after) { return place.lowerBound }
    if let place = anchor(before) { return place.upperBound }
    guard after.upperBound == core.upperBound else { return nil }
    return placeBeforeEndMark(after)
  }

  /// Where a piece of the source stands in the translation, if it stands once in both.
  private func anchor(_ range: Range<Int>) -> Range<Int>? {
    let piece = Array(source[source.span.trimmingWhitespace(range)])
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

  /// Where what follows is the sentence's last mark alone, and the translation ends with one too.
  private func placeBeforeEndMark(_ range: Range<Int>) -> Int? {
    let text = String(decoding: source[range], as: UTF8.self).unicodeScalars
    let translated = String(decoding: translation, as: UTF8.self).unicodeScalars
    guard text.count == 1, let mark = text.first, Self.endMarks.contains(mark),
      let last = translated.last, Self.endMarks.contains(last),
      !(translated.dropLast().last.map(Self.endMarks.contains) ?? true)
    else { return nil }
    return translation.count - String(Character(last)).utf8.count
  }
}

extension UInt8 {
  fileprivate var isASCIIWordByte: Bool { isASCIILetter || isASCIIDigit }
}
