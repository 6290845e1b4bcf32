internal import Bitext
internal import Segmentation

/// In which case a text must write a term to mean it.
///
/// A term of one word says so by its own form: an acronym (IT) is not the common word (it), and a
/// name (May, Polish) is not what stands in lower case. A term of several words is found in any
/// case, since nothing else is spelt so; how it is spelt is a question of style.
enum CaseRule: UInt8, Sendable {
  case any = 0
  /// Two capitals or more, and no ending in capitals: IT, SMEs, AI's.
  case acronym = 1
  /// A capital first: Apple, APPLE.
  case name = 2

  /// Whether a text that spells a term so, a possessive ending left out, means it.
  func accepts(_ text: Span<UInt8>, for term: Span<UInt8>) -> Bool {
    switch self {
    case .any: return true
    case .name: return !text.isEmpty && text.scalar(at: 0).value.narrowed.isCapital
    case .acronym:
      var (index, termIndex) = (0, 0)
      var capitals = 0
      while index < text.count, termIndex < term.count {
        let (left, right) = (text.scalar(at: index), term.scalar(at: termIndex))
        guard left.value.narrowed.isSameLetter(as: right.value.narrowed) else { break }
        if left.value.narrowed.isCapital { capitals += 1 }
        index += left.length
        termIndex += right.length
      }
      // HiBoRs is HIBORs spelt badly, Us and Who may be the common words, SARS is no SAR.
      return capitals > 1 && text.extracting(index..<text.count).holdsNoCapital
    }
  }
}

/// What the terms of a glossary say about the way in which it writes all of them.
struct CaseConvention {
  /// Of several words, the first with a capital, the others without: Interest rate.
  private var sentenceLike = 0
  /// Of several words, the first without a capital.
  private var small = 0
  /// Of several words, all in capitals.
  private var capitals = 0
  /// Of several words.
  private var count = 0

  /// Takes a term into account, by its tokens.
  mutating func note(_ tokens: UnsafeBufferPointer<KeyToken>) {
    guard tokens.count > 1 else { return }
    var first = LetterCase.none
    var words = 0
    var (lower, capitalized, upper) = (0, 0, 0)
    for token in tokens where token.kind == .word && token.letterCase != .none {
      if words == 0 { first = token.letterCase }
      words += 1
      switch token.letterCase {
      case .lower: lower += 1
      case .capitalized: capitalized += 1
      case .upper: upper += 1
      case .mixed, .none: break
      }
    }
    guard words > 1 else { return }
    count += 1
    if first == .lower { small += 1 }
    if first == .capitalized, capitalized == 1, lower > 0 { sentenceLike += 1 }
    if upper == words { capitals += 1 }
  }

  /// The rule of a term whose own form asks for one.
  func settled(_ rule: CaseRule) -> CaseRule {
    switch rule {
    case .any: .any
    case .name: sentenceLike > small ? .any : .name
    case .acronym: 2 * capitals > count ? .any : .acronym
    }
  }
}

extension CaseRule {
  /// The rule that a term's own form asks for, before the glossary's convention is known.
  ///
  /// - Parameters:
  ///   - tokens: of the term.
  ///   - bytes: of the term.
  ///   - isAvoided: whether the term is forbidden or deprecated: then a name too is meant in any
  ///     case, since a text should not hold it at all.
  init(
    _ tokens: UnsafeBufferPointer<KeyToken>, _ bytes: UnsafeBufferPointer<UInt8>, isAvoided: Bool
  ) {
    self = .any
    // A word with a digit (5G, H1N1) is taken for no common word, whatever its case.
    guard tokens.count == 1, tokens[0].kind == .word, !bytes.contains(where: { $0 &- 0x30 < 10 })
    else { return }
    switch tokens[0].letterCase {
    case .upper: self = .acronym
    case .mixed: self = bytes.isPluralAcronym ? .acronym : .any
    case .capitalized: self = isAvoided ? .any : .name
    case .lower, .none: break
    }
  }
}

extension Span<UInt8> {
  fileprivate var holdsNoCapital: Bool {
    var index = 0
    while index < count {
      let scalar = scalar(at: index)
      if scalar.value.narrowed.isCapital { return false }
      index += scalar.length
    }
    return true
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Two capitals or more, and one small s: SMEs.
  var isPluralAcronym: Bool {
    count > 2 && last == 0x73 && dropLast().allSatisfy { $0 &- 0x41 < 26 }
  }
}

extension UInt32 {
  /// Whether two scalars are equal but for the case of an ASCII letter.
  fileprivate func isSameLetter(as other: UInt32) -> Bool {
    self == other || self ^ other == 0x20 && (self | 0x20) &- 0x61 < 26
  }

  fileprivate var isCapital: Bool {
    if self < 0x80 { return self &- 0x41 < 26 }
    switch Unicode.Scalar(self)?.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return true
    default: return false
    }
  }
}
