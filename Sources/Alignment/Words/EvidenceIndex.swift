internal import Segmentation

/// What the letters of each type say in every language, for looking up which types say the same:
/// its units, the values of its numbers, the kind of its mark.
struct EvidenceIndex: Sendable {
  struct Entry: Sendable {
    var hash: UInt64
    var type: UInt32
    /// The share of the word that says so.
    var weight: Float
  }

  /// By type.
  private var entries: [Entry] = []
  private var starts: [Int] = [0]
  /// By hash.
  private let sorted: [Entry]

  init(_ vocabulary: WordVocabulary) {
    let recognizer = NumberRecognizer()
    for type in 0..<vocabulary.count {
      let number = UInt32(truncatingIfNeeded: type)
      let bytes = Array(vocabulary.spelling(of: type))
      if let mark = Self.mark(bytes) {
        entries.append(Entry(hash: mark, type: number, weight: 1))
      } else {
        let units = vocabulary.units(of: type)
        for unit in units {
          entries.append(Entry(hash: unit, type: number, weight: 1 / Float(units.count)))
        }
        for found in recognizer.numbers(in: bytes.span) where found.range == 0..<bytes.count {
          for hash in found.alignmentHashes {
            entries.append(Entry(hash: hash, type: number, weight: 1))
          }
        }
      }
      starts.append(entries.count)
    }
    sorted = entries.sorted { ($0.hash, $0.type) < ($1.hash, $1.type) }
  }

  func evidence(of type: Int) -> ArraySlice<Entry> { entries[starts[type]..<starts[type + 1]] }

  /// The types of which something says a hash.
  func entries(_ hash: UInt64) -> ArraySlice<Entry> {
    let first = sorted.partitioningIndex { $0.hash >= hash }
    return sorted[first...].prefix { $0.hash == hash }
  }

  /// Marks that stand for one another in different scripts.
  private static let kinds = [
    ". 。 ．", ", ， 、", "\" “ ” 「 」 『 』 « » „ `` '' ‘ ’ ' 《 》 〈 〉 ` ´", "? ？ ؟", "! ！",
    ": ：", "; ；", "( （", ") ）", "— —— － - – --", "… …… ...",
  ]

  private static let marks: [[UInt8]: UInt64] = {
    var table: [[UInt8]: UInt64] = [:]
    for (index, kind) in kinds.enumerated() {
      for mark in kind.utf8.split(separator: 0x20) {
        table[Array(mark)] = UInt64(index + 1) &* 0x9FB2_1C65_1E98_DF25
      }
    }
    return table
  }()

  private static func mark(_ bytes: [UInt8]) -> UInt64? { bytes.count > 6 ? nil : marks[bytes] }
}
