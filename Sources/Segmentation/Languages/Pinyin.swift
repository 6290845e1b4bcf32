internal import CBuiltin

/// How ideographs are read in standard Chinese, in Latin letters without tones: what makes
/// 陈清扬 and "Chen Qingyang" the same name.
///
/// One reading a character, the commonest, from `Glossary/pinyin.tsv`; ü is written u.
public enum Pinyin {
  /// The readings of a text's ideographs parted by spaces, other characters as they are: "chen qing
  /// yang" for 陈清扬.
  public static func spelling(of text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      guard let letters = letters(of: scalar.value) else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if let last = result.last, last.isLetter || last.isNumber { result += " " }
      result += String(decoding: letters, as: UTF8.self)
    }
    return result
  }

  /// The reading of one ideograph as lower-case ASCII letters; `nil` for other scalars and for
  /// characters that are read in no Chinese way.
  package static func letters(of scalar: UInt32) -> ArraySlice<UInt8>? {
    let index = Int(scalar) - Table.first
    guard Table.shared.syllables.indices.contains(index) else { return nil }
    let syllable = Int(Table.shared.syllables[index])
    guard syllable > 0 else { return nil }
    return Table.shared.letters[Table.shared.starts[syllable - 1]..<Table.shared.starts[syllable]]
  }

  private struct Table: Sendable {
    static let first = 0x4E00
    static let shared = Table()

    /// For each ideograph from U+4E00 the number of its syllable, from 1; 0 for none.
    var syllables = [UInt16](repeating: 0, count: 0x5200)
    /// The letters of all syllables one after the other, with where each starts.
    var letters: [UInt8] = []
    var starts: [Int] = [0]

    init() {
      let bytes = UnsafeBufferPointer(start: concord_pinyin_bytes(), count: concord_pinyin_size())
      for line in bytes.split(separator: 0x0A) {
        guard let tab = line.firstIndex(of: 0x09) else { continue }
        letters += line[..<tab]
        starts.append(letters.count)
        for scalar in String(decoding: line[(tab + 1)...], as: UTF8.self).unicodeScalars {
          let index = Int(scalar.value) - Self.first
          if syllables.indices.contains(index) { syllables[index] = UInt16(starts.count - 1) }
        }
      }
    }
  }
}
