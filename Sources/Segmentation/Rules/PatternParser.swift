internal import Bitext

/// Reads the regular expressions of segmentation rules, which are ICU's dialect, as far as they
/// describe regular languages: no back references, possessive quantifiers or atomic groups, and
/// looks ahead or behind only at the ends of the pattern.
struct PatternParser {
  /// Which side of a break the pattern describes.
  enum Side { case before, after }

  private let side: Side
  let scalars: [UInt32]
  var index = 0
  private(set) var ignoresCase = false
  private var dotIsAny = false
  private var lookaheads: [RulePattern.Lookahead] = []
  private var lookbehindCount = 0
  var depth = 0

  /// Groups may stand in one another this deep; the parser is recursive.
  static let depthLimit = 100

  /// The pattern is malformed or not regular: which of them, ICU tells.
  struct NotRegular: Error {}

  private init(_ pattern: String, side: Side) {
    self.side = side
    scalars = pattern.unicodeScalars.map(\.value)
  }

  /// The pattern for an automaton; `nil` when it is malformed or not regular, and when an
  /// automaton for it would be too large.
  static func parse(_ pattern: String, side: Side) -> RulePattern? {
    var parser = PatternParser(pattern, side: side)
    guard let node = try? parser.choice(isHead: true), parser.index == parser.scalars.count,
      node.size <= PatternNode.sizeLimit
    else { return nil }
    return RulePattern(node: node, lookaheads: parser.lookaheads)
  }

  // MARK: Structure

  var next: UInt32? { index < scalars.count ? scalars[index] : nil }

  func starts(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= scalars.count else { return false }
    return (0..<length).allSatisfy { scalars[index + $0] == UInt32(text.utf8Start[$0]) }
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard starts(with: text) else { return false }
    index += text.utf8CodeUnitCount
    return true
  }

  private mutating func choice(isHead: Bool) throws(NotRegular) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw NotRegular() }
    let flags = (ignoresCase, dotIsAny)
    defer { (ignoresCase, dotIsAny) = flags }
    let isTop = depth == 1
    var branches = [try sequence(isHead: isHead, isTop: isTop)]
    while take("|") { branches.append(try sequence(isHead: isHead, isTop: isTop)) }
    if branches.count == 1 { return branches[0] }
    // A look ahead belongs to its branch alone.
    guard lookaheads.isEmpty || !isTop else { throw NotRegular() }
    return .choice(branches)
  }

  private mutating func sequence(isHead: Bool, isTop: Bool) throws(NotRegular) -> PatternNode {
    var items: [PatternNode] = []
    while let scalar = next, scalar != 0x7C, scalar != 0x29 {
      if try lookaround(isHead: isHead && items.isEmpty, isTop: isTop, &items) { continue }
      let lookbehinds = lookbehindCount
      guard let atom = try atom(isHead: isHead && items.isEmpty) else { continue }
      items.append(try quantified(atom, mayRepeat: lookbehindCount == lookbehinds))
    }
    return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
  }

  /// Reads `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)` where they say what an automaton can be asked.
  private mutating func lookaround(
    isHead: Bool, isTop: Bool, _ items: inout [PatternNode]
  ) throws(NotRegular) -> Bool {
    if starts(with: "(?<=") || starts(with: "(?<!") {
      guard side == .before, isHead else { throw NotRegular() }
      var allowed = ScalarSet().inverted
      var mayBeStart = true
      while starts(with: "(?<=") || starts(with: "(?<!") {
        let isPositive = starts(with: "(?<=")
        index += 4
        guard case .set(let set) = try choice(isHead: false), take(")") else { throw NotRegular() }
        allowed = allowed.intersection(isPositive ? set : set.inverted)
        if isPositive { mayBeStart = false }
      }
      // Whatever stands before the pattern may belong to it.
      lookbehindCount += 1
      items.append(mayBeStart ? .choice([.assertion(.start), .set(allowed)]) : .set(allowed))
      return true
    }
    guard starts(with: "(?=") || starts(with: "(?!") else { return false }
    guard isTop else { throw NotRegular() }
    let isPositive = starts(with: "(?=")
    index += 3
    let node = try choice(isHead: false)
    guard take(")") else { throw NotRegular() }
    switch side {
    case .before:
      // Only where the pattern ends is the place of the break.
      guard next == nil || starts(with: "(?=") || starts(with: "(?!") else { throw NotRegular() }
      lookaheads.append(RulePattern.Lookahead(node: node, isPositive: isPositive))
    case .after:
      if items.isEmpty {
        lookaheads.append(RulePattern.Lookahead(node: node, isPositive: isPositive))
      } else {
        guard isPositive, next == nil else { throw NotRegular() }
        items.append(node)
      }
    }
    return true
  }

  /// Reads what says how often an atom may stand. One that looks behind may not repeat
  /// (`mayRepeat`): what it says of the text before it holds once.
  private mutating func quantified(
    _ atom: PatternNode, mayRepeat: Bool
  ) throws(NotRegular) -> PatternNode {
    var node = atom
    while true {
      var bounds: (Int, Int?)
      if take("*") {
        bounds = (0, nil)
      } else if take("+") {
        bounds = (1, nil)
      } else if take("?") {
        bounds = (0, 1)
      } else if take("{") {
        bounds = try counts()
      } else {
        return node
      }
      if let most = bounds.1, most < bounds.0 { throw NotRegular() }
      guard mayRepeat || bounds.1 == 1 else { throw NotRegular() }
      // Lazy or greedy, the same texts match; a possessive one gives nothing back.
      if next == 0x2B { throw NotRegular() }
      _ = take("?")
      node = .repetition(node, least: bounds.0, most: bounds.1)
      if next == 0x2A || next == 0x2B || next == 0x3F || next == 0x7B { throw NotRegular() }
    }
  }

  private mutating func counts() throws(NotRegular) -> (Int, Int?) {
    func number(_ parser: inout PatternParser) -> Int? {
      var value: Int?
      while let digit = parser.next, 0x30...0x39 ~= digit, (value ?? 0) < 10_000 {
        value = (value ?? 0) * 10 + Int(digit - 0x30)
        parser.index += 1
      }
      return value
    }
    guard let least = number(&self) else { throw NotRegular() }
    if take("}") { return (least, least) }
    guard take(",") else { throw NotRegular() }
    if take("}") { return (least, nil) }
    guard let most = number(&self), take("}") else { throw NotRegular() }
    return (least, most)
  }

  // MARK: Atoms

  /// - Returns: `nil` for what stands for nothing, such as a change of flags.
  private mutating func atom(isHead: Bool) throws(NotRegular) -> PatternNode? {
    guard let scalar = next else { throw NotRegular() }
    index += 1
    switch scalar {
    case 0x28: return try group(isHead: isHead)
    // A class of POSIX outside of brackets is one for ICU, and for no other engine.
    case 0x5B where next == 0x3A && startsClass: throw NotRegular()
    case 0x5B: return .set(try set())
    case 0x2E:
      // Without the flag s, a dot is anything but the end of a line.
      let ends = ScalarSet([0x0A...0x0D, 0x85...0x85, 0x2028...0x2029])
      return .set(dotIsAny ? ScalarSet().inverted : ends.inverted)
    case 0x5E: return .assertion(.start)
    case 0x5C: return try escape()
    // `$` depends on the line that ends there.
    case 0x24, 0x2A, 0x2B, 0x3F, 0x5D, 0x7B, 0x7D: throw NotRegular()
    default: return .set(literal(scalar))
    }
  }

  /// Whether `[:` is closed by `:]`.
  private var startsClass: Bool {
    guard let end = scalars[index...].firstIndex(of: 0x5D) else { return false }
    return end > index + 1 && scalars[end - 1] == 0x3A
  }

  private mutating func group(isHead: Bool) throws(NotRegular) -> PatternNode? {
    if take("?#") {
      while let scalar = next, scalar != 0x29 { index += 1 }
      guard take(")") else { throw NotRegular() }
      return nil
    }
    guard starts(with: "?"), !take("?:") else { return try closed(isHead: isHead) }
    index += 1
    if take("<") {
      // A name, since look-behinds have been read elsewhere.
      while let scalar = next, scalar != 0x3E {
        guard scalar < 0x80, UInt8(scalar).isASCIILetter || UInt8(scalar).isASCIIDigit else {
          throw NotRegular()
        }
        index += 1
      }
      guard take(">") else { throw NotRegular() }
      return try closed(isHead: isHead)
    }
    let outer = (ignoresCase, dotIsAny)
    if try flags() { return nil }
    let node = try closed(isHead: isHead)
    (ignoresCase, dotIsAny) = outer
    return node
  }

  private mutating func closed(isHead: Bool) throws(NotRegular) -> PatternNode {
    let node = try choice(isHead: isHead)
    guard take(")") else { throw NotRegular() }
    return node
  }

  /// Reads `i`, `s` and `-` up to `)` (then `true`: they hold to the end of the group around) or
  /// `:` (then `false`: they hold in the group that follows).
  private mutating func flags() throws(NotRegular) -> Bool {
    var isOn = true
    while let scalar = next {
      index += 1
      switch scalar {
      case 0x2D: isOn = false
      case 0x69: ignoresCase = isOn
      case 0x73: dotIsAny = isOn
      // Java's "by Unicode", which many files have and ICU always does.
      case 0x75: break
      case 0x29: return true
      case 0x3A: return false
      default: throw NotRegular()
      }
    }
    throw NotRegular()
  }

  private mutating func escape() throws(NotRegular) -> PatternNode? {
    guard let scalar = next else { throw NotRegular() }
    switch scalar {
    case 0x41:
      index += 1
      return .assertion(.start)
    case 0x62:
      index += 1
      return .assertion(.wordEdge)
    case 0x42:
      index += 1
      return .assertion(.notWordEdge)
    case 0x51:
      index += 1
      return try quotation()
    default:
      if let set = try classEscape() { return .set(set) }
      return .set(literal(try characterEscape()))
    }
  }

  /// `\Q…\E`
  private mutating func quotation() throws(NotRegular) -> PatternNode? {
    var items: [PatternNode] = []
    while !starts(with: "\\E") {
      guard let scalar = next else { break }
      items.append(.set(literal(scalar)))
      index += 1
    }
    _ = take("\\E")
    // A quantifier would take the last character alone.
    if let scalar = next, [0x2A, 0x2B, 0x3F, 0x7B].contains(scalar) { throw NotRegular() }
    return items.isEmpty ? nil : .sequence(items)
  }

  private func literal(_ scalar: UInt32) -> ScalarSet {
    guard ignoresCase else { return ScalarSet(scalar) }
    guard scalar < 0x80 else { return ScalarSet(scalar).ignoringCase }
    let byte = UInt8(scalar)
    guard byte.isASCIILetter else { return ScalarSet(scalar) }
    let lower = scalar | 0x20
    var ranges = [lower...lower, lower - 0x20...lower - 0x20]
    // The Kelvin sign and the long s are cases of k and s.
    if lower == 0x6B { ranges.append(0x212A...0x212A) }
    if lower == 0x73 { ranges.append(0x17F...0x17F) }
    return ScalarSet(ranges)
  }
}
