internal import Bitext
internal import Segmentation

/// The word types of one side of a corpus, and what is known of each from its letters alone.
struct WordVocabulary: Sendable {
  /// The smaller pieces that a type shares with others: the ideographs of a Chinese word, the
  /// stems of a hyphenated English one.
  private(set) var units: [UInt64] = []
  private(set) var unitStarts: [Int] = [0]
  /// The hash of each type's first letters, where it has enough of them; else 0.
  private(set) var stems: [UInt64] = []
  /// The first spelling of each type, all one after the other.
  private(set) var spellings: [UInt8] = []
  private(set) var spellingStarts: [Int] = [0]
  private var typeOfKey: [UInt64: UInt32] = [:]

  var count: Int { unitStarts.count - 1 }

  func units(of type: Int) -> ArraySlice<UInt64> { units[unitStarts[type]..<unitStarts[type + 1]] }

  func spelling(of type: Int) -> ArraySlice<UInt8> {
    spellings[spellingStarts[type]..<spellingStarts[type + 1]]
  }

  /// The type of a token, which is a new one when none has its key.
  mutating func type(
    of key: UInt64, units: ArraySlice<UInt64>, spelling: ArraySlice<UInt8>, stem: UInt64
  ) -> UInt32 {
    if let known = typeOfKey[key] { return known }
    let type = UInt32(count)
    typeOfKey[key] = type
    self.units += units
    stems.append(stem)
    unitStarts.append(self.units.count)
    spellings += spelling
    spellingStarts.append(spellings.count)
    return type
  }
}
