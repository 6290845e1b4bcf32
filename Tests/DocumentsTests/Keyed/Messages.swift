import Bitext
import Segmentation

@testable import Documents

/// A file of messages with its bytes.
struct Messages {
  let bytes: [UInt8]
  let prose: Prose

  init(_ text: String, as file: String, language: LanguageTag? = .english) throws {
    try self.init(bytes: Array(text.utf8), as: file, language: language)
  }

  init(bytes: [UInt8], as file: String, language: LanguageTag? = .english) throws {
    self.bytes = bytes
    prose = try KeyedDocument.prose(
      try decodeText(bytes, file: file), file: file, DocumentOptions(language: language))
  }

  /// The messages as `path=text`.
  var list: [String] {
    prose.blocks.map { "\($0.identifier ?? "?")=\(prose.text($0.range))" }
  }

  /// The bytes of the file behind every occurrence of a text.
  func places(of text: String) -> [Range<Int>] {
    prose.ranges(of: text).map { prose.positions.source($0) }
  }
}

extension [UInt8] {
  /// Every place where other bytes stand.
  func ranges(of other: [UInt8]) -> [Range<Int>] {
    guard !other.isEmpty, count >= other.count else { return [] }
    return (0...count - other.count).filter { self[$0...].starts(with: other) }
      .map { $0..<$0 + other.count }
  }
}

extension String {
  /// UTF-16 with the low byte first, and a byte order mark.
  var utf16File: [UInt8] { [0xFF, 0xFE] + utf16Bytes }
  var utf16Bytes: [UInt8] { utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
}
