public import Bitext
internal import CICU

/// What was found in a file that no text should hold, by places in the file.
public struct DecodingDamage: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    /// Bytes that the encoding does not allow; U+FFFD stands in their place.
    case undecodable
    /// A NUL, which was kept.
    case nul
  }

  /// A damaged stretch of the file, in bytes.
  public struct Place: Sendable, Hashable {
    public var kind: Kind
    public var range: Range<Int>
  }

  /// The first places, ``limit`` of each kind at the most, in the order of the file.
  public private(set) var places: [Place] = []
  /// How many stretches could not be decoded.
  public private(set) var undecodableCount: Int
  /// How many NULs there are.
  public private(set) var nulCount = 0

  /// How many places of a kind are kept.
  public static let limit = 1000

  init(undecodable count: Int = 0) { undecodableCount = count }

  public var isEmpty: Bool { undecodableCount == 0 && nulCount == 0 }

  mutating func add(_ place: Place) { places.append(place) }

  fileprivate mutating func addUndecodable(_ range: Range<Int>) {
    undecodableCount += 1
    if places.count < Self.limit { add(Place(kind: .undecodable, range: range)) }
  }

  fileprivate mutating func addNULs(_ text: DecodedText) {
    for index in text.utf8.indices where text.utf8[index] == 0 {
      nulCount += 1
      if nulCount <= Self.limit {
        add(Place(kind: .nul, range: text.positions.source(index..<index + 1)))
      }
    }
    places.sort { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// Decodes the bytes of a text file although some of them are damaged.
///
/// Bytes that the encoding does not allow become U+FFFD: one for each maximal ill-formed part, as
/// Unicode (section 3.9) and the WHATWG have it, for each lone surrogate of UTF-16, and for each
/// sequence that an older encoding does not know. NULs are kept, and so is everything else; the
/// positions of the rest stay true.
///
/// A file is UTF-8 by a byte order mark, by its being asked for, and where its well-formed
/// sequences outnumber the ill-formed parts by far, which other encodings do not by chance. Linear
/// in time and memory.
///
/// - Parameters:
///   - bytes: the file.
///   - file: the name that trouble is reported under.
///   - encoding: an IANA name that the user gave: no guessing then.
/// - Returns: the text in UTF-8, and what was damaged in the file.
/// - Throws: `Trouble` for an unknown encoding, for what is plainly no text (more than a twentieth
///   of it control characters), and where so much is undecodable that the encoding must be another
///   one.
public func decodeDamagedText(
  _ bytes: [UInt8], file: String, encoding: String? = nil
) throws(Trouble) -> (text: DecodedText, damage: DecodingDamage) {
  let plan = DecodingPlan(bytes, encoding: encoding)
  var (text, damage) =
    plan.isUTF8
    ? decodeUTF8(bytes, from: plan.start)
    : try convert(
      bytes, from: plan.encoding, skipping: plan.start, file: file, allowsDamage: true)
  let contents = TextContents(text.utf8.span)
  if contents.isBinary {
    throw Trouble(
      "this is not a text file: \(contents.controls) of its \(contents.scalars) characters are "
        + "control characters", file: file)
  }
  if damage.undecodableCount >= 8,
    damage.undecodableCount * plan.leastGoodPerBad > contents.scalars,
    let first = damage.places.first
  {
    throw undecodable(bytes, at: first.range.lowerBound, encoding: text.encoding, file: file)
  }
  if contents.hasNULs { damage.addNULs(text) }
  return (text, damage)
}

/// Which encoding a file is read in.
private struct DecodingPlan {
  var encoding = "UTF-8"
  /// Where the text starts: after the byte order mark.
  var start = 0

  private var isGuessed = false

  var isUTF8: Bool { encoding == "UTF-8" }

  /// A text has more characters than this to each that is undecodable: what was guessed must fit
  /// better than what a file or a user declares.
  var leastGoodPerBad: Int { isGuessed ? 50 : 4 }

  init(_ bytes: [UInt8], encoding given: String?) {
    let mark = ByteOrderMark(bytes)
    if let given, !given.isUTF8Name {
      encoding = given
      if let mark, mark.encoding.hasPrefix(given.uppercased()) {
        (encoding, start) = (mark.encoding, mark.length)
      }
      return
    }
    if let mark {
      (encoding, start) = (mark.encoding, mark.length)
      return
    }
    if given != nil { return }
    // A file of UTF-16 that is cut short may end in half a unit.
    let whole = bytes.count.isMultiple(of: 2) ? bytes : Array(bytes.dropLast())
    if let wide = wideEncoding(whole) {
      encoding = wide
      isGuessed = true
      return
    }
    if !UTF8Evidence(bytes.span).isPlausible, let guess = guessedEncoding(bytes) {
      encoding = guess
      isGuessed = true
    }
  }
}

/// How much of a file is UTF-8.
struct UTF8Evidence {
  /// Sequences of more than one byte.
  private var good = 0
  private var bad = 0
  /// Ill-formed parts that no other encoding of text has: sequences that break off after their
  /// second byte, and the bytes FE and FF.
  private var broken = 0
  /// Whether the last sequence is cut off by the end of the file.
  private var isCut = false

  init(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if let length = bytes.utf8SequenceLength(at: index) {
        good += 1
        index += length
      } else {
        bad += 1
        let end = index + bytes.wellFormedLength(at: index)
        if end - index > 1 || bytes[index] >= 0xFE { broken += 1 }
        isCut = end == bytes.count && bytes[index] >= 0xC2 && bytes[index] < 0xF5
        index = end
      }
    }
  }

  /// In Chinese of GB18030 or Big5 there are two ill-formed parts and more to a sequence that
  /// looks like UTF-8 by chance.
  var isPlausible: Bool { bad == broken || good > 2 * bad || bad == 1 && isCut }
}

/// ICU's guess, unless it is none.
private func guessedEncoding(_ bytes: [UInt8]) -> String? {
  if hasChineseMarksAlone(bytes) { return "GB18030" }
  var name = [CChar](repeating: 0, count: 64)
  let confidence = concord_icu_detect(bytes, Int32(clamping: bytes.count), &name)
  // ICU rates a few bytes of Chinese at 10 and real text at 100.
  guard confidence >= 10 else { return nil }
  let guess = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  return guess == "UTF-8" ? nil : guess
}

private func decodeUTF8(
  _ bytes: [UInt8], from start: Int
) -> (text: DecodedText, damage: DecodingDamage) {
  var damage = DecodingDamage()
  var utf8: [UInt8] = []
  utf8.reserveCapacity(bytes.count)
  var positions = PositionMap()
  let span = bytes.span
  var verbatim = start
  while let bad = span.firstInvalidUTF8(from: verbatim) {
    let length = span.wellFormedLength(at: bad)
    positions.append(text: utf8.count, source: verbatim, count: bad - verbatim)
    utf8 += bytes[verbatim..<bad]
    positions.append(text: utf8.count, source: bad, count: 1, textUnit: 3, sourceUnit: length)
    utf8 += [0xEF, 0xBF, 0xBD]
    damage.addUndecodable(bad..<bad + length)
    verbatim = bad + length
  }
  positions.append(text: utf8.count, source: verbatim, count: bytes.count - verbatim)
  utf8 += bytes[verbatim...]
  return (DecodedText(utf8: utf8, encoding: "UTF-8", positions: positions), damage)
}

/// What a decoded text is made of.
private struct TextContents {
  private(set) var scalars = 0
  /// Control characters that no text needs, NULs among them.
  private(set) var controls = 0
  private(set) var hasNULs = false

  init(_ utf8: Span<UInt8>) {
    for index in utf8.indices {
      let byte = utf8[index]
      if byte & 0xC0 != 0x80 { scalars += 1 }
      guard byte < 0x20, !(0x08...0x0D ~= byte), byte != 0x1B else { continue }
      controls += 1
      if byte == 0 { hasNULs = true }
    }
  }

  /// A few control characters are a text with a fault.
  var isBinary: Bool { controls >= 8 && controls * 20 > scalars }
}
