internal import Bitext
internal import Segmentation
internal import Store

/// What is wrong with one unit by itself.
struct UnitExamination {
  private(set) var findings: [MemoryFinding] = []
  private let unit: TranslationUnit

  /// - Parameters:
  ///   - unit: the unit.
  ///   - lengths: what is usual in its languages; `nil` where nobody asks.
  init(_ unit: TranslationUnit, lengths: UsualLength?) {
    self.unit = unit
    for (side, text, language) in [
      (ConcordanceHit.Side.source, unit.source, unit.sourceLanguage),
      (.target, unit.target, unit.targetLanguage),
    ] {
      examine(text, language, side)
    }
    examineBoth()
    examineMarkup()
    if let times = lengths?.suspicion(of: unit) { addLength(times) }
  }

  private mutating func add(
    _ rule: MemoryRule, _ message: String, on side: ConcordanceHit.Side? = nil,
    severity: Severity? = nil
  ) {
    findings.append(MemoryFinding(rule, message, on: side, unit, severity: severity))
  }

  // MARK: One side

  private mutating func examine(
    _ text: String, _ language: LanguageTag, _ side: ConcordanceHit.Side
  ) {
    guard text.unicodeScalars.contains(where: { !$0.value.isWhitespaceScalar }) else {
      return add(.emptySide, "the \(side.rawValue) is empty", on: side)
    }
    if let sign = text.mojibake {
      // What is no text is in no language either. A sign that both sides have may be their subject.
      let isShared =
        !unit.source.occurrences(of: sign).isEmpty
        && !unit.target.occurrences(of: sign).isEmpty
      return add(
        .mojibake, "“\(sign)” comes of an encoding that was read wrong", on: side,
        severity: isShared ? .info : nil)
    }
    if let control = text.firstControl {
      let name = String(control.value, radix: 16, uppercase: true)
      let code = String(repeating: "0", count: max(0, 4 - name.count)) + name
      add(
        .controlCharacters, "the \(side.rawValue) holds the control character U+\(code)", on: side)
    }
    // Where both sides are the same, that is what is wrong.
    guard !unit.hasEqualSides else { return }
    if !examineLanguage(text, language, side) { examineScript(text, language, side) }
  }

  /// - Returns: whether the text is in another language.
  private mutating func examineLanguage(
    _ text: String, _ language: LanguageTag, _ side: ConcordanceHit.Side
  ) -> Bool {
    let utf8 = Array(text.utf8)
    guard let message = wrongLanguage(utf8, language, side) else { return false }
    // Code is translated in its comments, if anywhere.
    if text.looksLikeCode {
      let isTouched = text.unicodeScalars.contains { $0.value.isHanScalar }
      if isTouched, language.isChinese { return false }
      add(.wrongLanguage, message, on: side, severity: .info)
    } else {
      add(.wrongLanguage, message, on: side)
    }
    return true
  }

  private func wrongLanguage(
    _ utf8: [UInt8], _ language: LanguageTag, _ side: ConcordanceHit.Side
  ) -> String? {
    if LanguageMatching.contradicts(language, utf8.span) {
      return "the \(side.rawValue) is not in \(language)"
    }
    // A title of foreign names has too few words to tell its language.
    guard utf8.count >= Self.tellingLength,
      case .certain(let guess) = LanguageMatching.guess(utf8.span),
      !LanguageMatching.sameLanguage(guess, language), !guess.isChinese || !language.isChinese
    else { return nil }
    return "the \(side.rawValue) is in \(guess), not in \(language)"
  }

  /// Bytes of a text that tells its language by its words.
  private static let tellingLength = 40

  private mutating func examineScript(
    _ text: String, _ language: LanguageTag, _ side: ConcordanceHit.Side
  ) {
    guard language.isChinese, language.script != nil || language.region != nil,
      let script = ScriptRelation.script(of: language)
    else { return }
    let evidence = HanEvidence(text)
    let (own, other) =
      script == .simplified
      ? (evidence.simplified, evidence.traditional) : (evidence.traditional, evidence.simplified)
    // A name in quotation marks may be written as its owner writes it.
    guard other > own, other > 1 || other * 4 >= evidence.ideographs else { return }
    let name = script == .simplified ? "Traditional" : "Simplified"
    add(.wrongScript, "the \(side.rawValue) is \(name) Chinese, not \(language)", on: side)
  }

  // MARK: Both sides

  private mutating func examineBoth() {
    guard unit.hasEqualSides, !unit.source.isEmpty,
      !LanguageMatching.sameLanguage(unit.sourceLanguage, unit.targetLanguage)
    else { return }
    // Names, codes and numbers are often right as they are.
    let words = unit.source.split(separator: " ").count {
      $0.unicodeScalars.contains { $0.properties.isLowercase }
    }
    let ideographs = unit.source.unicodeScalars.count { $0.value.isHanScalar }
    let isSentence = words >= 3 || ideographs >= 4
    add(
      .identicalSides, "the target is the same as the source",
      severity: isSentence ? .warning : .info)
  }

  private mutating func examineMarkup() {
    guard let details = unit.details else { return }
    let (source, target) = (details.source.markup, details.target.markup)
    guard source != nil || target != nil else { return }
    let (left, right) = (Self.elements(source), Self.elements(target))
    let names = Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }
    guard !names.isEmpty else { return }
    let list = names.map { "\($0) (\(left[$0] ?? 0) and \(right[$0] ?? 0))" }
    add(
      .inlineElements,
      "the sides differ in their inline elements: \(list.joined(separator: ", "))")
  }

  private static func elements(_ markup: String?) -> [String: Int] {
    var counts: [String: Int] = [:]
    for name in markup.map({ InlineText($0).elements }) ?? [] { counts[name, default: 0] += 1 }
    return counts
  }

  private mutating func addLength(_ times: Double) {
    let factor = times > 1 ? times : 1 / times
    let shown = "\((factor * 10).rounded() / 10)"
    add(
      .suspiciousLength,
      "the target is \(shown) times \(times > 1 ? "longer" : "shorter") than is usual beside such "
        + "a source")
  }
}

extension TranslationUnit {
  fileprivate var hasEqualSides: Bool { source.utf8.elementsEqual(target.utf8) }
}

extension String {
  /// Whether the text has the marks of a programming language.
  fileprivate var looksLikeCode: Bool {
    let marks: Set<UInt8> = [0x5F, 0x3D, 0x7B, 0x7D, 0x3C, 0x3E, 0x23, 0x24, 0x5C, 0x3B]
    return utf8.count { marks.contains($0) } > 1 || !occurrences(of: "()").isEmpty
  }

  /// The first character that commands a screen or turns a line around; line breaks and tabs do
  /// not.
  fileprivate var firstControl: Unicode.Scalar? {
    unicodeScalars.first { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: false
      case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
      default: false
      }
    }
  }

  /// What gives away a text whose bytes were read in the wrong encoding; `nil` for none.
  ///
  /// UTF-8 that was read as Windows-1252 has “Ã©” for “é” and “ä¸­” for “中”; read as GBK it has 鈥,
  /// 銆 and 锛, hardly ever seen otherwise, for quotation marks, Chinese full stops and full-width
  /// commas; and 锟斤拷 is U+FFFD that went through GBK.
  fileprivate var mojibake: String? {
    guard utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    if unicodeScalars.contains("\u{FFFD}") { return "\u{FFFD}" }
    for sign in ["锟斤拷", "烫烫烫"] where occurrences(of: sign).count > 0 { return sign }
    for sign: Unicode.Scalar in ["鈥", "銆"] where unicodeScalars.contains(sign) {
      return String(Character(sign))
    }
    // 锛 stands in a name or two.
    if unicodeScalars.count(where: { $0 == "锛" }) > 1 { return "锛" }
    return misreadSequence
  }

  /// Characters of Windows-1252 whose bytes are one character of UTF-8 of several bytes.
  private var misreadSequence: String? {
    var sequence: [(byte: UInt8, scalar: Unicode.Scalar)] = []
    for scalar in unicodeScalars {
      guard let byte = scalar.windows1252 else {
        sequence = []
        continue
      }
      if byte >= 0xC2 { sequence = [] }
      guard byte >= 0xC2 && byte <= 0xF4 || !sequence.isEmpty && byte < 0xC0 else {
        sequence = []
        continue
      }
      sequence.append((byte, scalar))
      let wanted = sequence[0].byte >= 0xF0 ? 4 : sequence[0].byte >= 0xE0 ? 3 : 2
      guard sequence.count == wanted else { continue }
      // "fiancé…”" and "enchanté »" are no mistakes.
      let isTypography = sequence.dropFirst().allSatisfy { $0.scalar.isTypography }
      if !isTypography, String(validating: sequence.map(\.byte), as: UTF8.self) != nil {
        return String(String.UnicodeScalarView(sequence.map(\.scalar)))
      }
      sequence = []
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// Marks and spaces that stand right behind a letter.
  fileprivate var isTypography: Bool {
    switch value {
    case 0xA0, 0xAB, 0xBB, 0x2013, 0x2014, 0x2018...0x201E, 0x2026, 0x2039, 0x203A: true
    default: false
    }
  }

  /// The byte above ASCII that stands for the character in Windows-1252.
  fileprivate var windows1252: UInt8? {
    if 0x80...0xFF ~= value { return UInt8(value) }
    return Self.special[value]
  }

  /// 0x80 to 0x9F, where they are not controls.
  private static let special: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x201A: 0x82, 0x0192: 0x83, 0x201E: 0x84, 0x2026: 0x85, 0x2020: 0x86,
    0x2021: 0x87, 0x02C6: 0x88, 0x2030: 0x89, 0x0160: 0x8A, 0x2039: 0x8B, 0x0152: 0x8C,
    0x017D: 0x8E, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95,
    0x2013: 0x96, 0x2014: 0x97, 0x02DC: 0x98, 0x2122: 0x99, 0x0161: 0x9A, 0x203A: 0x9B,
    0x0153: 0x9C, 0x017E: 0x9E, 0x0178: 0x9F,
  ]
}
