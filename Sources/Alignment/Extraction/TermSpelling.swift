internal import Bitext

/// How a term is most often spelt, in the places where it was seen.
struct TermSpelling {
  private var counts: [String: (count: Int, first: Int)] = [:]
  private var seen = 0

  /// Counts a spelling. One at the beginning of a sentence says nothing about capitals, and counts
  /// only where there is no other.
  mutating func add(_ text: String, leadsSentence: Bool) {
    let known = counts[text] ?? (0, seen)
    counts[text] = (known.count + (leadsSentence ? Self.leading : Self.inner), known.first)
    seen += 1
  }

  private static let leading = 1
  private static let inner = 1000

  /// The commonest spelling; among equals the one that was seen first.
  var commonest: String {
    counts.max { left, right in
      (left.value.count, -left.value.first) < (right.value.count, -right.value.first)
    }?.key ?? ""
  }
}

extension String.UTF8View {
  /// Whether nothing but marks and spaces stands between the last end of a sentence, or the
  /// beginning of the text, and an offset.
  func leadsSentence(at offset: Int) -> Bool {
    var index = self.index(startIndex, offsetBy: offset)
    while index > startIndex {
      index = self.index(before: index)
      switch self[index] {
      case 0x2E, 0x3F, 0x21, 0x3A, 0x3B: return true
      case 0x20, 0x22, 0x27, 0x23, 0x2A, 0x28, 0x09, 0x2D: continue
      default: return self[index] >= 0x80 && !self[index...].hasLetter
      }
    }
    return true
  }
}

extension Substring.UTF8View {
  /// Whether the first scalar is a letter; continuation bytes are taken for one.
  fileprivate var hasLetter: Bool {
    // Curved quotes are E2 80 98…9F; what ends with such a byte is most likely one.
    guard let first else { return false }
    return !(0x98...0x9F ~= first)
  }
}
