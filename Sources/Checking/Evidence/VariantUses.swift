internal import Bitext
internal import Matching
internal import Segmentation

/// Where a document uses which of several accepted terms of a concept.
struct VariantUses: Sendable, Hashable {
  /// A term in the text, outside headings.
  struct Use: Sendable, Hashable {
    /// As an index of the termbase.
    let concept: Int
    /// As the termbase has it.
    let term: String
    /// Bytes of the file.
    let range: Range<Int>
  }

  let file: String
  let language: LanguageTag
  /// In the order of the text.
  var uses: [Use] = []
}

extension KeyedText {
  /// Whether a term is a short form of this one: a part of it, characters of it in their order, or
  /// its initials. The full form says what is meant; the short one may follow.
  func isLongForm(of short: KeyedText) -> Bool {
    guard short.content.count < content.count || short.tokens.count == 1 else { return false }
    if short.tokens.count == 1, let initialism = Initialism(short.tokens[0], short.bytes(0)) {
      if content.contains(where: { initialism.words(in: self, from: $0) != nil }) { return true }
      // 香港金融管理局 and HKMA: the letters are those of another language.
      if tokens.contains(where: { $0.kind == .han }) { return true }
    }
    var place = tokens.startIndex
    for token in short.content {
      let hash = short.tokens[token].hash
      guard let next = tokens[place...].firstIndex(where: { $0.hash == hash }) else { return false }
      place = next + 1
    }
    return !short.content.isEmpty
  }
}

extension VariantUses.Use: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(concept)
    writer.write(term)
    writer.write(range)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(concept: try reader.read(), term: try reader.read(), range: try reader.read())
  }
}

extension VariantUses: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(language.description)
    writer.write(uses)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    file = try reader.read()
    guard let language = LanguageTag(try reader.read(String.self)) else {
      throw BinaryReader.Damage()
    }
    self.language = language
    uses = try reader.read()
  }
}
