internal import Bitext

extension Lexicon {
  /// Raised whenever the folding of words or the layout below changes, so that older compiled
  /// lexicons are not read.
  package static let compiledVersion: UInt64 = 2

  private static let magic: UInt64 = 0x434E_4344_4C45_5831
  private static let headerSize = 6 * 8

  /// The lexicon as bytes that ``init(compiled:)`` reads back without parsing: for a cache on the
  /// machine that wrote them.
  package func compiled() -> [UInt8] {
    var bytes: [UInt8] = []
    let tags = Array("\(languages.left.description) \(languages.right.description)".utf8)
    let header: [UInt64] = [
      Self.magic, Self.compiledVersion, UInt64(count), UInt64(slots.count), UInt64(words.count),
      UInt64(tags.count),
    ]
    header.withUnsafeBytes { bytes.append(contentsOf: $0) }
    slots.withUnsafeBytes { bytes.append(contentsOf: $0) }
    words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes + tags
  }

  /// - Returns: `nil` for bytes that are no compiled lexicon of this version, cut off or longer.
  package convenience init?(compiled bytes: [UInt8]) {
    guard bytes.count >= Self.headerSize else { return nil }
    let header = bytes.withUnsafeBytes { buffer in
      (0..<6).map { buffer.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
    }
    guard header[0] == Self.magic, header[1] == Self.compiledVersion,
      header[2...].allSatisfy({ $0 < UInt64(Int32.max) })
    else { return nil }
    let sizes = (
      Int(header[3]) * MemoryLayout<Slot>.stride, Int(header[4]) * MemoryLayout<Translation>.stride
    )
    let tagStart = Self.headerSize + sizes.0 + sizes.1
    guard bytes.count == tagStart + Int(header[5]), header[3] > 0,
      header[3] & (header[3] - 1) == 0
    else { return nil }
    let slots: [Slot] = Self.array(bytes, Self.headerSize, Int(header[3]))
    let words: [Translation] = Self.array(bytes, Self.headerSize + sizes.0, Int(header[4]))
    let tags = String(decoding: bytes[tagStart...], as: UTF8.self).split(separator: " ")
    // A table without a free place would be searched for ever.
    guard tags.count == 2, let left = LanguageTag(tags[0]), let right = LanguageTag(tags[1]),
      slots.contains(where: { $0.hash == 0 }),
      slots.allSatisfy({ Int($0.first) + Int($0.count) <= words.count })
    else { return nil }
    self.init(languages: (left, right), count: Int(header[2]), slots: slots, words: words)
  }

  private static func array<Element: BitwiseCopyable>(
    _ bytes: [UInt8], _ start: Int, _ count: Int
  ) -> [Element] {
    guard count > 0 else { return [] }
    return bytes.withUnsafeBytes { buffer in
      (0..<count).map {
        buffer.loadUnaligned(
          fromByteOffset: start + $0 * MemoryLayout<Element>.stride, as: Element.self)
      }
    }
  }
}
