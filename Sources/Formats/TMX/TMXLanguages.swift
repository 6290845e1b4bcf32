internal import Bitext

/// The languages of a file, each by its spelling, in the order in which they came.
struct TMXLanguages {
  private(set) var tags: [LanguageTag] = []
  private var spellings: [(bytes: [UInt8], place: Int?)] = []
  /// No file of the field has more, and looking for one goes through all.
  private static let limit = 256

  /// Which of the ``tags`` a range spells; `nil` where it spells none.
  mutating func index(of range: Range<Int>, in bytes: XMLBytes) throws(XMLTagScanner.Stop) -> Int? {
    let code = UnsafeBufferPointer(start: bytes.start + range.lowerBound, count: range.count)
    for place in spellings.indices where spellings[place].bytes.count == code.count {
      if spellings[place].bytes.elementsEqual(code) { return spellings[place].place }
    }
    guard spellings.count < Self.limit else { throw XMLTagScanner.Stop() }
    let tag = LanguageTag(String(decoding: code, as: UTF8.self))
    spellings.append((Array(code), tag == nil ? nil : tags.count))
    if let tag { tags.append(tag) }
    return tag == nil ? nil : tags.count - 1
  }
}
