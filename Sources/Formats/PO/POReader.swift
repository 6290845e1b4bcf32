internal import Bitext
internal import Segmentation

/// Reads the message catalogues of GNU gettext.
///
/// A fuzzy entry is not used by the program that the catalogue is for, and is left out, unless
/// fuzzy ones are all that is translated. An entry without a translation has an empty one.
enum POReader {
  /// Calls `body` with each pair of texts, in order.
  ///
  /// - Throws: `Trouble` with line and column of what is not well-formed, and for a file whose
  ///   languages cannot be told.
  static func forEachUnit(of path: String, _ options: UnitOptions, _ body: UnitBody) throws {
    let bytes = try Files.read(path)
    let text = try decodeText(
      bytes, file: path, encoding: options.encoding ?? declaredCharset(bytes))
    let survey = try POSurvey(text, file: path)
    guard survey.hasEntries else {
      throw Trouble("holds no message: a PO file has msgid and msgstr", file: path)
    }
    guard
      let languages = UnitLanguages(
        declared: (survey.source, survey.target), wanted: options.languages)
    else {
      throw Trouble(
        "does not say its language: write \"Language: zh_CN\\n\" into its header, or name it with "
          + "--target-language", file: path)
    }
    var entries = POEntries(text, file: path)
    while let entry = try entries.next() {
      // A remark on nothing stays; one on an entry that is left out goes with it.
      if entry.isHeader || entry.isEmpty {
        try body(languages, BilingualUnit(comments: entry.comments))
      } else if options.includesDrafts || survey.counts(entry) {
        for var unit in entry.units {
          unit.isDraft = entry.isFuzzy
          try body(languages, unit)
        }
      }
    }
  }

  /// The character set that the header names; `nil` for files that say it otherwise.
  ///
  /// The name is read out of the raw bytes, since it says how to read them.
  static func declaredCharset(_ bytes: [UInt8]) -> String? {
    let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
    guard !marks.contains(where: { bytes.starts(with: $0) }) else { return nil }
    let head = bytes.prefix(headerSize)
    guard !head.contains(0) else { return nil }
    let wanted = Array("charset=".utf8)
    guard let start = head.indices.first(where: { head[$0...].starts(with: wanted) }) else {
      return nil
    }
    let name = head[(start + wanted.count)...]
      .prefix { $0.isASCIILetter || $0.isASCIIDigit || "-_.:".utf8.contains($0) }
    // What a new catalogue has until somebody fills it in.
    guard !name.isEmpty, !name.elementsEqual("CHARSET".utf8) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// The header is the first entry; long lists of translators stand above some.
  private static let headerSize = 65_536
}

/// What must be known of a catalogue before its first entry is handed over.
struct POSurvey {
  private(set) var hasEntries = false
  private(set) var source: LanguageTag?
  private(set) var target: LanguageTag?
  /// Whether neither the header nor a translation tells the target's language.
  private(set) var isTargetUnknown = false
  /// Whether an entry is translated and not fuzzy.
  private var isShipped = false
  private var isFuzzyInPart = false
  /// The first messages and translations, by which languages are told that nobody names.
  private var samples: (source: [UInt8], target: [UInt8]) = ([], [])
  private static let sampleSize = 20_000

  init(_ text: DecodedText, file: String) throws(Trouble) {
    var entries = POEntries(text, file: file)
    while let entry = try entries.next() {
      guard !entry.isEmpty else { continue }
      hasEntries = true
      if entry.isHeader {
        readHeader(entry)
      } else {
        take(entry)
      }
    }
    let detected = LanguageMatching.detect(samples.source.span)
    source = source ?? (detected?.isChinese == true ? detected : .english)
    if target == nil, !samples.target.isEmpty {
      target = LanguageMatching.detect(samples.target.span)
    } else if target == nil {
      // A template has no translation: the other language of the two stands for it.
      target = source?.isChinese == true ? .english : .simplifiedChinese
      isTargetUnknown = true
    }
  }

  /// Whether an entry is checked.
  func counts(_ entry: POEntry) -> Bool {
    !entry.isFuzzy || !entry.isTranslated || isFuzzyInPart && !isShipped
  }

  private mutating func take(_ entry: POEntry) {
    if entry.isTranslated {
      if entry.isFuzzy { isFuzzyInPart = true } else { isShipped = true }
    }
    guard samples.source.count + samples.target.count < Self.sampleSize else { return }
    for unit in entry.units {
      samples.source += (unit.source?.utf8 ?? []) + [0x0A]
      if let target = unit.target, !target.isBlank { samples.target += target.utf8 + [0x0A] }
    }
  }

  private mutating func readHeader(_ entry: POEntry) {
    let lines = entry.translations.flatMap { $0.text.utf8.split(separator: 0x0A) }
    for line in lines {
      let parts = line.split(separator: 0x3A, maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = String(decoding: parts[0], as: UTF8.self).lowercased()
      // "zh_CN.UTF-8" and "ca@valencia" are names of locales.
      let value = String(decoding: parts[1], as: UTF8.self).trimmed
        .prefix { $0 != "." && $0 != "@" && $0 != " " }
      switch name {
      case "language": target = LanguageTag(value)
      case "x-source-language": source = LanguageTag(value)
      default: break
      }
    }
  }
}
