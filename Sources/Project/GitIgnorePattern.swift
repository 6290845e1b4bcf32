/// One line of a `.gitignore`, as gitignore(5) reads it: compiled once, then only compared.
///
/// Wild parts are compared by following all readings of the pattern at the same time, so that no
/// pattern, whatever stars it has, takes more than its length times that of the path.
struct GitIgnorePattern: Sendable {
  /// Whether the line starts with `!`: what it fits is taken after all.
  let isNegated: Bool
  /// Whether the line ends in a slash: directories alone fit.
  let needsDirectory: Bool
  /// Whether a slash within the line ties it to the directory of its file; else it is about names
  /// at any depth.
  let isAnchored: Bool

  /// What the path or name starts with.
  private let literal: [UInt8]
  private let rest: Rest

  private enum Rest: Sendable {
    /// Nothing: the literal is all.
    case none
    /// `*` and then only this.
    case ending([UInt8])
    case wild([Piece], sets: [[Bool]])
    /// A bracket that never closes, or a backslash before nothing: git lets such a line fit nothing.
    case broken
  }

  private enum Piece: Sendable {
    case byte(UInt8)
    /// `?`
    case anyByte
    /// `[a-z]`, by its number among the sets.
    case set(Int)
    /// `*`
    case star
    /// `**` at the end of a part.
    case stars
    /// `**/`: no directory, or any number of them.
    case directories
  }

  /// - Parameter line: without its end; `nil` is made of comments and of lines that say nothing.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.first != UInt8(ascii: "#") else { return nil }
    var text = Self.withoutSpaces(line)
    isNegated = text.first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    needsDirectory = text.last == UInt8(ascii: "/")
    if needsDirectory { text.removeLast() }
    isAnchored = text.contains(UInt8(ascii: "/"))
    if isAnchored, text.first == UInt8(ascii: "/") { text.removeFirst() }
    guard !text.isEmpty else { return nil }
    let end = text.firstIndex(where: Self.isSpecial) ?? text.endIndex
    literal = Array(text[..<end])
    rest = Self.compile(Array(text[end...]), isPath: isAnchored)
  }

  /// Whether a file or directory fits.
  ///
  /// - Parameters:
  ///   - path: from the directory of the pattern's file.
  ///   - name: where the last part of the path starts.
  /// - Returns: whether the pattern fits; directories are told by the caller.
  func matches(_ path: ArraySlice<UInt8>, name: Int) -> Bool {
    let text = isAnchored ? path : path[name...]
    guard text.count >= literal.count, text.starts(with: literal) else { return false }
    let tail = text.dropFirst(literal.count)
    switch rest {
    case .none: return tail.isEmpty
    case .ending(let ending):
      guard tail.count >= ending.count, tail.suffix(ending.count).elementsEqual(ending) else {
        return false
      }
      return !isAnchored || !tail.dropLast(ending.count).contains(UInt8(ascii: "/"))
    case .wild(let pieces, let sets): return Self.matches(tail, pieces, sets)
    case .broken: return false
    }
  }

  /// Spaces at the end count only behind a backslash.
  private static func withoutSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\\") {
        index += 2
        end = min(index, line.endIndex)
      } else {
        index += 1
        if line[index - 1] != 0x20 { end = index }
      }
    }
    return line[..<end]
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "\\")
  }
}

// MARK: Compiling

extension GitIgnorePattern {
  private static func compile(_ text: [UInt8], isPath: Bool) -> Rest {
    guard !text.isEmpty else { return .none }
    if text[0] == UInt8(ascii: "*"), !text.dropFirst().contains(where: isSpecial) {
      return .ending(Array(text.dropFirst()))
    }
    var pieces: [Piece] = []
    var sets: [[Bool]] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "*"): index = addStars(text, at: index, isPath: isPath, to: &pieces)
      case UInt8(ascii: "?"):
        pieces.append(.anyByte)
        index += 1
      case UInt8(ascii: "["):
        guard let set = ByteSet(text, at: index) else { return .broken }
        pieces.append(.set(sets.count))
        sets.append(set.members)
        index = set.end
      case UInt8(ascii: "\\"):
        guard index + 1 < text.count else { return .broken }
        pieces.append(.byte(text[index + 1]))
        index += 2
      default:
        pieces.append(.byte(text[index]))
        index += 1
      }
    }
    return .wild(pieces, sets: sets)
  }

  /// - Returns: the index behind the stars and what belongs to them.
  private static func addStars(
    _ text: [UInt8], at start: Int, isPath: Bool, to pieces: inout [Piece]
  ) -> Int {
    let slash = UInt8(ascii: "/")
    let end = text[start...].firstIndex { $0 != UInt8(ascii: "*") } ?? text.count
    // Two stars mean directories only as a whole part. The part may also start where the literal
    // ends: git compares that first, and looks at what is left by itself.
    let startsPart = start == 0 || text[start - 1] == slash
    guard isPath, end - start > 1, startsPart else {
      pieces.append(.star)
      return end
    }
    if end == text.count {
      pieces.append(.stars)
    } else if text[end] == slash {
      pieces.append(.directories)
      return end + 1
    } else if text[end...].starts(with: [UInt8(ascii: "\\"), slash]) {
      pieces.append(.stars)
    } else {
      pieces.append(.star)
    }
    return end
  }

  /// What stands in brackets.
  private struct ByteSet {
    var members = [Bool](repeating: false, count: 256)
    var end = 0

    /// - Returns: `nil` when the brackets never close or name a class that there is none of.
    init?(_ text: [UInt8], at start: Int) {
      var index = start + 1
      let isNegated =
        index < text.count && (text[index] == UInt8(ascii: "!") || text[index] == UInt8(ascii: "^"))
      if isNegated { index += 1 }
      let first = index
      var previous: UInt8?
      while index < text.count, text[index] != UInt8(ascii: "]") || index == first {
        guard let (last, next) = add(text, at: index, after: previous) else { return nil }
        previous = last
        index = next
      }
      guard index < text.count else { return nil }
      end = index + 1
      if isNegated { members = members.map { !$0 } }
      members[Int(UInt8(ascii: "/"))] = false
    }

    /// Adds a byte, a range or a class.
    ///
    /// - Returns: the byte that a range may start from, and the index of what follows.
    private mutating func add(
      _ text: [UInt8], at index: Int, after previous: UInt8?
    ) -> (last: UInt8?, next: Int)? {
      func literal(at index: Int) -> (byte: UInt8, next: Int)? {
        guard index < text.count else { return nil }
        guard text[index] == UInt8(ascii: "\\") else { return (text[index], index + 1) }
        return index + 1 < text.count ? (text[index + 1], index + 2) : nil
      }
      if text[index] == UInt8(ascii: "-"), let previous, index + 1 < text.count,
        text[index + 1] != UInt8(ascii: "]")
      {
        guard let end = literal(at: index + 1) else { return nil }
        if previous <= end.byte { for byte in previous...end.byte { members[Int(byte)] = true } }
        return (nil, end.next)
      }
      if text[index...].starts(with: "[:".utf8) {
        guard let close = text[(index + 2)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
        if close > index + 2, text[close - 1] == UInt8(ascii: ":") {
          let name = String(decoding: text[(index + 2)..<(close - 1)], as: UTF8.self)
          guard let holds = classes[name] else { return nil }
          for byte in 0..<128 where holds(UInt8(byte)) { members[byte] = true }
          return (nil, close + 1)
        }
      }
      guard let one = literal(at: index) else { return nil }
      members[Int(one.byte)] = true
      return (one.byte, one.next)
    }
  }

  /// The classes of POSIX, for ASCII.
  private static let classes: [String: @Sendable (UInt8) -> Bool] = {
    let isUpper: @Sendable (UInt8) -> Bool = { 0x41...0x5A ~= $0 }
    let isLower: @Sendable (UInt8) -> Bool = { 0x61...0x7A ~= $0 }
    let isDigit: @Sendable (UInt8) -> Bool = { 0x30...0x39 ~= $0 }
    let isLetter: @Sendable (UInt8) -> Bool = { isUpper($0) || isLower($0) }
    let isGraphic: @Sendable (UInt8) -> Bool = { 0x21...0x7E ~= $0 }
    return [
      "alnum": { isLetter($0) || isDigit($0) }, "alpha": isLetter,
      "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7F },
      "digit": isDigit, "graph": isGraphic, "lower": isLower,
      "print": { 0x20...0x7E ~= $0 },
      "punct": { isGraphic($0) && !isLetter($0) && !isDigit($0) },
      "space": { $0 == 0x20 || 0x09...0x0D ~= $0 }, "upper": isUpper,
      "xdigit": { isDigit($0) || 0x41...0x46 ~= $0 || 0x61...0x66 ~= $0 },
    ]
  }()
}

// MARK: Comparing

extension GitIgnorePattern {
  /// Follows all readings of the pieces through a text.
  private static func matches(
    _ text: ArraySlice<UInt8>, _ pieces: [Piece], _ sets: [[Bool]]
  ) -> Bool {
    var current = [Bool](repeating: false, count: pieces.count + 1)
    enter(0, pieces, &current)
    for byte in text {
      var next = [Bool](repeating: false, count: pieces.count + 1)
      var isAlive = false
      for index in pieces.indices where current[index] {
        isAlive = true
        step(byte, at: index, pieces, sets, &next)
      }
      guard isAlive else { return false }
      current = next
    }
    return current[pieces.count]
  }

  /// Marks a place of the pattern, and those that stand behind what may be nothing.
  private static func enter(_ start: Int, _ pieces: [Piece], _ places: inout [Bool]) {
    var index = start
    while true {
      places[index] = true
      guard index < pieces.count else { return }
      switch pieces[index] {
      case .star, .stars, .directories: index += 1
      case .byte, .anyByte, .set: return
      }
    }
  }

  private static func step(
    _ byte: UInt8, at index: Int, _ pieces: [Piece], _ sets: [[Bool]], _ next: inout [Bool]
  ) {
    let isSlash = byte == UInt8(ascii: "/")
    switch pieces[index] {
    case .byte(let wanted): if byte == wanted { enter(index + 1, pieces, &next) }
    case .anyByte: if !isSlash { enter(index + 1, pieces, &next) }
    case .set(let set): if sets[set][Int(byte)] { enter(index + 1, pieces, &next) }
    case .star: if !isSlash { enter(index, pieces, &next) }
    case .stars: enter(index, pieces, &next)
    case .directories:
      // Within the name of a directory nothing else may begin.
      next[index] = true
      if isSlash { enter(index + 1, pieces, &next) }
    }
  }
}
