internal import Bitext

/// The metadata at the start of a document: YAML between two lines of three hyphens, or TOML between
/// lines of three plus signs.
enum FrontMatter {
  /// It ends in the first bytes of a document, or is none.
  static let mostBytes = 65_536

  /// Where the document goes on after it; 0 when there is none.
  static func end(in source: [UInt8]) -> Int {
    let lines = PlainText.lines(of: Array(source.prefix(mostBytes)))
    let isTOML = source.starts(with: "+++".utf8)
    guard let first = lines.first, source[first].elementsEqual(isTOML ? "+++".utf8 : "---".utf8)
    else { return 0 }
    for (index, line) in lines.enumerated().dropFirst() {
      let text = source[line]
      let isEnd =
        isTOML
        ? text.elementsEqual("+++".utf8)
        : text.elementsEqual("---".utf8) || text.elementsEqual("...".utf8)
      guard isEnd else { continue }
      return index + 1 < lines.count ? lines[index + 1].lowerBound : source.count
    }
    return 0
  }

  /// The language that the metadata declares: `lang: zh-Hans` or `language: en`.
  static func language(in source: [UInt8]) -> LanguageTag? {
    let end = end(in: source)
    for line in PlainText.lines(of: Array(source[..<end])) {
      let parts = source[line].split(maxSplits: 1) { $0 == 0x3A || $0 == 0x3D }
      guard parts.count == 2, let name = parts.first?.filter({ $0 != 0x20 }),
        name.elementsEqual("lang".utf8) || name.elementsEqual("language".utf8)
      else { continue }
      let value = parts[1].filter { $0 != 0x20 && $0 != 0x22 && $0 != 0x27 }
      return LanguageTag(String(decoding: value, as: UTF8.self))
    }
    return nil
  }
}
