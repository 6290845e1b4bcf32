internal import Segmentation

/// In what a query differs from the text of a unit: by words where there are spaces, by ideographs
/// in Chinese.
public enum TextDifference {
  public enum Kind: String, Sendable, Hashable {
    case same
    /// The query alone has it.
    case added
    /// The unit alone has it.
    case removed
  }

  /// A stretch of either text or of both.
  public struct Piece: Sendable, Hashable {
    public var kind: Kind
    public var text: String
  }

  /// Edits beyond which the middle of two texts counts as other altogether: what is kept of the way
  /// grows with their square, here to 32 MB.
  private static let editLimit = 4000

  /// The fewest tokens that are removed and added to make one text of another (Myers 1986).
  ///
  /// - Parameters:
  ///   - old: the unit's text.
  ///   - new: the query.
  /// - Returns: pieces whose same and removed ones make up `old`, and whose same and added ones
  ///   `new`.
  public static func pieces(from old: String, to new: String) -> [Piece] {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    let (left, right) = (SearchToken.tokens(of: old.span), SearchToken.tokens(of: new.span))
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    func number(_ word: ArraySlice<UInt8>) -> Int32 {
      if let number = numbers[word] { return number }
      numbers[word] = Int32(numbers.count)
      return Int32(numbers.count - 1)
    }
    let edits = edits(
      left.map { number(old[$0.range]) }, right.map { number(new[$0.range]) })
    var writer = PieceWriter()
    var (place, other) = (0, 0)
    for edit in edits {
      switch edit {
      case .same:
        writer.add(.same, old[left[place].range])
        (place, other) = (place + 1, other + 1)
      case .removed:
        writer.add(.removed, old[left[place].range])
        place += 1
      case .added:
        writer.add(.added, new[right[other].range])
        other += 1
      }
    }
    return writer.finished
  }

  /// What happens to each token in turn.
  static func edits(_ old: [Int32], _ new: [Int32]) -> [Kind] {
    var (start, end) = (0, 0)
    let shorter = min(old.count, new.count)
    while start < shorter, old[start] == new[start] { start += 1 }
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let middle = shortest(
      old[start..<old.count - end], new[start..<new.count - end])
    return [Kind](repeating: .same, count: start) + middle + [Kind](repeating: .same, count: end)
  }

  private static func shortest(_ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>) -> [Kind] {
    let (old, new) = (Array(old), Array(new))
    let coarse =
      [Kind](repeating: .removed, count: old.count) + [Kind](repeating: .added, count: new.count)
    guard !old.isEmpty, !new.isEmpty else { return coarse }
    // For each number of edits how far each diagonal was followed: those of -d, -d + 2 … d.
    var reached: [[Int32]] = []
    let limit = min(old.count + new.count, editLimit)
    var last: [Int32] = []
    for edits in 0...limit {
      var row = [Int32](repeating: 0, count: edits + 1)
      for index in 0...edits {
        let diagonal = 2 * index - edits
        var place: Int
        if edits == 0 {
          place = 0
        } else if index == 0 || index < edits && last[index - 1] < last[index] {
          place = Int(last[index])
        } else {
          place = Int(last[index - 1]) + 1
        }
        var other = place - diagonal
        while place < old.count, other < new.count, other >= 0, old[place] == new[other] {
          (place, other) = (place + 1, other + 1)
        }
        row[index] = Int32(clamping: place)
        if place == old.count, other == new.count {
          return way(reached, edits, old.count, new.count)
        }
      }
      reached.append(row)
      last = row
    }
    return coarse
  }

  /// Goes the way back from the ends of both texts.
  private static func way(_ reached: [[Int32]], _ edits: Int, _ old: Int, _ new: Int) -> [Kind] {
    var kinds: [Kind] = []
    var (place, other) = (old, new)
    for step in stride(from: edits, to: 0, by: -1) {
      let row = reached[step - 1]
      let index = (place - other + step) / 2
      let isAdded = index == 0 || index < step && row[index - 1] < row[index]
      let start = isAdded ? Int(row[index]) : Int(row[index - 1])
      let diagonal = 2 * index - step + (isAdded ? 1 : -1)
      let before = start - diagonal
      let (first, firstOther) = isAdded ? (start, before + 1) : (start + 1, before)
      while place > first, other > firstOther {
        kinds.append(.same)
        (place, other) = (place - 1, other - 1)
      }
      kinds.append(isAdded ? .added : .removed)
      (place, other) = (start, before)
    }
    while place > 0, other > 0 {
      kinds.append(.same)
      (place, other) = (place - 1, other - 1)
    }
    return kinds.reversed()
  }
}

/// Joins tokens to pieces, of each change first what is removed.
private struct PieceWriter {
  private var pieces: [TextDifference.Piece] = []
  private var removed: [UInt8] = []
  private var added: [UInt8] = []
  private var same: [UInt8] = []

  mutating func add(_ kind: TextDifference.Kind, _ bytes: ArraySlice<UInt8>) {
    switch kind {
    case .same:
      close()
      same += bytes
    case .removed:
      closeSame()
      removed += bytes
    case .added:
      closeSame()
      added += bytes
    }
  }

  private mutating func closeSame() { put(.same, \.same) }

  private mutating func close() {
    put(.removed, \.removed)
    put(.added, \.added)
  }

  private mutating func put(
    _ kind: TextDifference.Kind, _ bytes: WritableKeyPath<Self, [UInt8]>
  ) {
    guard !self[keyPath: bytes].isEmpty else { return }
    let text = String(decoding: self[keyPath: bytes], as: UTF8.self)
    pieces.append(TextDifference.Piece(kind: kind, text: text))
    self[keyPath: bytes] = []
  }

  var finished: [TextDifference.Piece] {
    var writer = self
    writer.closeSame()
    writer.close()
    return writer.pieces
  }
}
