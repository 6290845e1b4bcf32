internal import Bitext
internal import Formats
internal import Segmentation

// What a term says by itself.
extension GlossaryLint {
  mutating func checkTerms() {
    let scripts = languages.map { LanguageMatching.maximized($0).script ?? "" }
    for index in entries.indices {
      if entries[index].tokens.isEmpty {
        report(
          .unmatchableTerm,
          "“\(entries[index].text)” holds neither letters nor digits: no text can ever match it",
          index)
        continue
      }
      checkWhitespace(index)
      checkScript(index, scripts[entries[index].tongue])
      checkBrackets(index)
    }
  }

  /// The place of some bytes of a term; the whole term's where its cell writes it otherwise.
  private func place(of range: Range<Int>, in entry: Entry) -> Location {
    guard let place = entry.cell, place.range.count == entry.text.utf8.count else {
      return entry.location
    }
    let inner =
      place.range.lowerBound + range.lowerBound..<place.range.lowerBound + range.upperBound
    return Location(
      file: entry.location.file, range: tables[place.table].place(of: inner, in: place.cell))
  }

  private mutating func checkWhitespace(_ index: Int) {
    let entry = entries[index]
    // Most terms are plain.
    var previous: UInt8 = 0
    let isPlain = entry.text.utf8.allSatisfy { byte in
      defer { previous = byte }
      return byte == 0x20 ? previous != 0x20 : byte > 0x20 && byte < 0x7F || byte > 0xE3
    }
    guard !isPlain else { return }
    var offset = 0
    var last: Unicode.Scalar?
    for scalar in entry.text.unicodeScalars {
      if let what = scalar.suspicion(after: last) {
        report(
          .suspiciousWhitespace, "“\(entry.text)” holds \(what)", index,
          at: place(of: offset..<offset + UTF8.width(scalar), in: entry))
        return
      }
      offset += UTF8.width(scalar)
      last = scalar
    }
  }

  private mutating func checkScript(_ index: Int, _ script: String) {
    let entry = entries[index]
    var offset = 0
    var hasHan = false
    var hasLatin = false
    var hasLower = false
    for scalar in entry.text.unicodeScalars {
      let own = Script(scalar.value)
      hasHan = hasHan || own == .han
      hasLatin = hasLatin || own == .latin
      hasLower = hasLower || own == .latin && scalar.properties.isLowercase
      if let what = own.complaint(scalar, in: script) {
        report(
          .wrongScript,
          "“\(scalar)” in “\(entry.text)” is \(what), and the term is \(entry.language)",
          index, at: place(of: offset..<offset + UTF8.width(scalar), in: entry))
        return
      }
      offset += UTF8.width(scalar)
    }
    // Capitals alone are a name that Chinese keeps, and so is what the other language writes alike.
    guard entry.language.isChinese, hasLatin, !hasHan, hasLower,
      !concepts[entry.concept].entries.contains(where: {
        entries[$0].language != entry.language && entries[$0].tokens == entry.tokens
      })
    else { return }
    report(
      .wrongScript, "“\(entry.text)” has no Chinese character, and the term is \(entry.language)",
      index)
  }

  private mutating func checkBrackets(_ index: Int) {
    let entry = entries[index]
    var open: [(mark: UInt32, offset: Int)] = []
    var offset = 0
    var bad: Int?
    for scalar in entry.text.unicodeScalars {
      if Self.brackets[scalar.value] != nil {
        open.append((scalar.value, offset))
      } else if Self.closing.contains(scalar.value) {
        if let last = open.last, Self.brackets[last.mark]?.contains(scalar.value) == true {
          open.removeLast()
        } else {
          bad = bad ?? offset
        }
      }
      offset += UTF8.width(scalar)
    }
    guard let bad = bad ?? open.first?.offset else { return }
    report(
      .unbalancedBrackets, "“\(entry.text)” has a bracket or quotation mark without its other half",
      index, at: place(of: bad..<bad + 1, in: entry))
  }

  /// What closes each mark; a bracket of the other width does too, which `term-style` is about.
  private static let brackets: [UInt32: Set<UInt32>] = [
    0x28: [0x29, 0xFF09], 0xFF08: [0x29, 0xFF09], 0x5B: [0x5D, 0xFF3D], 0xFF3B: [0x5D, 0xFF3D],
    0x7B: [0x7D, 0xFF5D], 0xFF5B: [0x7D, 0xFF5D], 0x3008: [0x3009], 0x300A: [0x300B],
    0x300C: [0x300D], 0x300E: [0x300F], 0x3010: [0x3011], 0x3014: [0x3015], 0x201C: [0x201D],
    0xAB: [0xBB],
  ]
  private static let closing = Set(brackets.values.joined())
}

extension Unicode.Scalar {
  /// What a character is that nobody means to write in a term.
  fileprivate func suspicion(after last: Unicode.Scalar?) -> String? {
    let name = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    switch value {
    case 0x20: return last == " " ? "two spaces in a row" : nil
    case 0x09: return "a tab"
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: return "a line break"
    case 0..<0x20, 0x7F..<0xA0: return "the control character \(name)"
    case 0xA0, 0x202F: return "a space that does not break, \(name)"
    case 0x2000...0x200A, 0x205F, 0x3000: return "a space of another kind, \(name)"
    case 0xAD: return "a soft hyphen, \(name)"
    case 0x200B...0x200D, 0x2060...0x2064, 0xFEFF: return "an invisible character, \(name)"
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      return "a mark that turns the direction of text, \(name)"
    default: return nil
    }
  }

  private var hex: String { String(value, radix: 16, uppercase: true) }
}

extension Script {
  /// What is wrong with a character of this script in a term that is written in another one.
  fileprivate func complaint(_ scalar: Unicode.Scalar, in expected: String) -> String? {
    switch (expected, self) {
    case ("Hans", .han), ("Hant", .han):
      switch HanForm.form(of: scalar.value) {
      case .traditional: return expected == "Hans" ? "Traditional" : nil
      case .simplified: return expected == "Hant" ? "Simplified" : nil
      case .japanese: return "Japanese"
      case .shared: return nil
      }
    case ("Hans", .hiragana), ("Hans", .katakana), ("Hant", .hiragana), ("Hant", .katakana),
      ("Latn", .hiragana), ("Latn", .katakana):
      return "Japanese"
    case ("Latn", .han): return "Chinese"
    case ("Latn", .cyrillic), ("Hans", .cyrillic), ("Hant", .cyrillic): return "Cyrillic"
    case ("Latn", .hangul), ("Hans", .hangul), ("Hant", .hangul): return "Korean"
    default: return nil
    }
  }
}
