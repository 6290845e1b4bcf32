public import Bitext
internal import CICU

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file's text in UTF-8, with the way back to its bytes.
public struct DecodedText: Sendable {
  public var utf8: [UInt8]
  /// The IANA name of the file's encoding: `UTF-8`, `UTF-16LE`, `GB18030`.
  public var encoding: String
  /// Leads from ``utf8`` to the file as it lies on disk, byte order mark included.
  public var positions: PositionMap

  public init(utf8: [UInt8], encoding: String, positions: PositionMap) {
    self.utf8 = utf8
    self.encoding = encoding
    self.positions = positions
  }
}

/// Decodes the bytes of a text file.
///
/// A byte order mark decides; else valid UTF-8 is UTF-8; else NUL bytes in every second place mean
/// UTF-16; else ICU guesses among the encodings of Chinese and Western text.
///
/// - Parameters:
///   - bytes: the file.
///   - file: the name that trouble is reported under.
///   - encoding: an IANA name that the user gave: no guessing then.
/// - Returns: the text in UTF-8.
/// - Throws: `Trouble` for binary files and for bytes that the encoding does not allow, with their
///   line.
public func decodeText(
  _ bytes: [UInt8], file: String, encoding: String? = nil
) throws(Trouble) -> DecodedText {
  let mark = ByteOrderMark(bytes)
  if let encoding, !encoding.isUTF8Name {
    // "UTF-16" leaves the order of the bytes to the mark, which is no part of the text.
    let isMarked = mark.map { $0.encoding.hasPrefix(encoding.uppercased()) } ?? false
    return try convert(
      bytes, from: isMarked ? mark?.encoding ?? encoding : encoding,
      skipping: isMarked ? mark?.length ?? 0 : 0, file: file)
  }
  if let mark, mark.encoding != "UTF-8" {
    return try convert(bytes, from: mark.encoding, skipping: mark.length, file: file)
  }
  let start = mark?.length ?? 0
  if let bad = bytes.span.firstInvalidUTF8(from: start) {
    if encoding != nil || mark != nil {
      throw undecodable(bytes, at: bad, encoding: "UTF-8", file: file)
    }
    return try decodeUnmarked(bytes, file: file, badUTF8: bad)
  }
  if let zero = bytes.firstIndex(of: 0) {
    if let wide = wideEncoding(bytes) { return try convert(bytes, from: wide, file: file) }
    throw binary(file, offset: zero)
  }
  let text = start == 0 ? bytes : Array(bytes[start...])
  return DecodedText(
    utf8: text, encoding: "UTF-8", positions: PositionMap(verbatim: text.count, at: start))
}

private func decodeUnmarked(
  _ bytes: [UInt8], file: String, badUTF8: Int
) throws(Trouble) -> DecodedText {
  if let wide = wideEncoding(bytes) { return try convert(bytes, from: wide, file: file) }
  if let zero = bytes.firstIndex(of: 0) { throw binary(file, offset: zero) }
  if hasChineseMarksAlone(bytes) { return try convert(bytes, from: "GB18030", file: file) }
  var name = [CChar](repeating: 0, count: 64)
  let confidence = concord_icu_detect(bytes, Int32(clamping: bytes.count), &name)
  let guess = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  // ICU rates a few bytes of Chinese at 10 and real text at 100; UTF-8 with one bad byte is still
  // UTF-8, and telling the place serves the user better than a wrong guess.
  let mostlyUTF8 = bytes.span.validUTF8Share > 0.95 && bytes.contains { $0 >= 0xC2 }
  guard confidence >= 10, guess != "UTF-8", !mostlyUTF8 else {
    throw undecodable(bytes, at: badUTF8, encoding: "UTF-8", file: file)
  }
  return try convert(bytes, from: guess, file: file)
}

private func convert(
  _ bytes: [UInt8], from encoding: String, skipping skipped: Int = 0, file: String
) throws(Trouble) -> DecodedText {
  try convert(bytes, from: encoding, skipping: skipped, file: file, allowsDamage: false).text
}

/// Converts bytes by ICU.
///
/// - Parameters:
///   - bytes: the file.
///   - encoding: an IANA name.
///   - skipped: how many bytes of it are no text.
///   - file: the name that trouble is reported under.
///   - allowsDamage: whether U+FFFD stands for what cannot be decoded, and NULs are kept.
/// - Returns: the text and what could not be decoded.
/// - Throws: `Trouble` for an unknown encoding, and for damage that is not allowed.
func convert(
  _ bytes: [UInt8], from encoding: String, skipping skipped: Int, file: String, allowsDamage: Bool
) throws(Trouble) -> (text: DecodedText, damage: DecodingDamage) {
  guard bytes.count <= convertibleSize else {
    throw Trouble("is too large to convert from \(encoding): convert it to UTF-8 first", file: file)
  }
  var text: UnsafeMutablePointer<UInt8>?
  var starts: UnsafeMutablePointer<Int32>?
  var places = [concord_icu_range](
    repeating: concord_icu_range(), count: allowsDamage ? DecodingDamage.limit : 0)
  var found = concord_icu_damage()
  found.isAllowed = allowsDamage ? 1 : 0
  found.capacity = Int32(places.count)
  found.first = -1
  var status: Int32 = 0
  let count = places.withUnsafeMutableBufferPointer { places in
    found.places = places.baseAddress
    return bytes.withUnsafeBufferPointer { buffer in
      concord_icu_decode(
        encoding, buffer.baseAddress.map { $0 + skipped }, Int32(clamping: buffer.count - skipped),
        &text, &starts, &found, &status)
    }
  }
  defer {
    free(text)
    free(starts)
  }
  guard count >= 0, let text, let starts else {
    if found.first >= 0 {
      throw undecodable(bytes, at: Int(found.first) + skipped, encoding: encoding, file: file)
    }
    throw Trouble("the encoding '\(encoding)' is not known: use a name such as GB18030", file: file)
  }
  let utf8 = Array(UnsafeBufferPointer(start: text, count: Int(count)))
  let decoded = DecodedText(
    utf8: utf8, encoding: encoding,
    positions: positions(of: utf8.span, starts, total: bytes.count - skipped, skipped: skipped))
  if !allowsDamage, let zero = utf8.firstIndex(of: 0) {
    throw binary(file, offset: decoded.positions.source(at: zero))
  }
  var damage = DecodingDamage(undecodable: Int(found.count))
  for place in places.prefix(Int(found.count)) {
    damage.add(
      DecodingDamage.Place(
        kind: .undecodable, range: Int(place.start) + skipped..<Int(place.end) + skipped))
  }
  return (decoded, damage)
}

/// The bytes that may be converted: a byte makes three of UTF-8 at the most, which ICU counts in 31
/// bits.
private let convertibleSize = Int(Int32.max) / 3

/// Turns "this character came from there" into runs of characters.
private func positions(
  of utf8: Span<UInt8>, _ starts: UnsafePointer<Int32>, total: Int, skipped: Int
) -> PositionMap {
  var map = PositionMap()
  var start = 0
  var index = 0
  while start < utf8.count {
    var end = start + 1
    while end < utf8.count, utf8[end] & 0xC0 == 0x80 { end += 1 }
    let source = Int(starts[index])
    index += 1
    let sourceEnd = end < utf8.count ? Int(starts[index]) : total
    map.append(
      text: start, source: source + skipped, count: 1, textUnit: end - start,
      sourceUnit: max(1, sourceEnd - source))
    start = end
  }
  return map
}

struct ByteOrderMark {
  var encoding: String
  var length: Int

  init?(_ bytes: [UInt8]) {
    let known: [([UInt8], String)] = [
      ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE, 0, 0], "UTF-32LE"),
      ([0, 0, 0xFE, 0xFF], "UTF-32BE"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
      ([0x84, 0x31, 0x95, 0x33], "GB18030"),
    ]
    guard let (mark, encoding) = known.first(where: { bytes.starts(with: $0.0) }) else {
      return nil
    }
    self.encoding = encoding
    length = mark.count
  }
}

/// UTF-16 without a mark: its ASCII characters, line ends at the least, leave zeros on one side.
///
/// 一 (U+4E00), 开 and 最 leave zeros on the other side, so that white space decides where both
/// sides have some. A file with U+0000 is no text, and UTF-8 with a NUL here and there is UTF-8.
func wideEncoding(_ bytes: [UInt8]) -> String? {
  guard bytes.count % 2 == 0, bytes.count >= 4 else { return nil }
  let sample = bytes.prefix(4096)
  var even = 0
  var odd = 0
  var spaces = (little: 0, big: 0)
  for index in stride(from: 0, to: sample.count - 1, by: 2) {
    let (first, second) = (sample[index], sample[index + 1])
    if first == 0, second == 0 { return nil }
    if first == 0 { even += 1 }
    if second == 0 { odd += 1 }
    if second == 0, first.isASCIISpace { spaces.little += 1 }
    if first == 0, second.isASCIISpace { spaces.big += 1 }
  }
  if (even + odd) * 4 < sample.count {
    // Few NULs are those of damaged text: of the bytes of Chinese in UTF-16 about half are in the
    // range of ASCII, of those of other encodings nearly all or they are UTF-8.
    let ascii = sample.count { 0x20...0x7E ~= $0 }
    if ascii * 5 > sample.count * 4 { return nil }
    if UTF8Evidence(Array(sample).span).isPlausible { return nil }
  }
  if odd > 0, even == 0 { return "UTF-16LE" }
  if even > 0, odd == 0 { return "UTF-16BE" }
  if spaces.little > 0, spaces.big == 0 { return "UTF-16LE" }
  if spaces.big > 0, spaces.little == 0 { return "UTF-16BE" }
  return nil
}

/// Whether all that is not ASCII are marks of GB 2312: quotes, dashes, dots, brackets, full-width
/// forms.
///
/// English as a Chinese Windows saves it has no other letters, and ICU takes it for Western text
/// with `¡°` for a quote.
func hasChineseMarksAlone(_ bytes: [UInt8]) -> Bool {
  var count = 0
  var index = 0
  while index < bytes.count {
    guard bytes[index] >= 0x80 else {
      index += 1
      continue
    }
    guard index + 1 < bytes.count else { return false }
    let (lead, trail) = (bytes[index], bytes[index + 1])
    // A no-break space and what else GB 2312 lacks: GB18030 writes it with two digits.
    if 0x81...0x84 ~= lead, 0x30...0x39 ~= trail, index + 3 < bytes.count,
      0x81...0xFE ~= bytes[index + 2], 0x30...0x39 ~= bytes[index + 3]
    {
      count += 1
      index += 4
      continue
    }
    // Row 1 of GB 2312 up to its brackets, the multiplication sign and degrees; row 3.
    let isMark = lead == 0xA1 && (0xA1...0xC1 ~= trail || trail == 0xE3 || trail == 0xE6)
    guard isMark || lead == 0xA3 && 0xA1...0xFE ~= trail else { return false }
    count += 1
    index += 2
  }
  return count > 0
}

extension UInt8 {
  fileprivate var isASCIISpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09
  }
}

func undecodable(
  _ bytes: [UInt8], at offset: Int, encoding: String, file: String
) -> Trouble {
  let before = bytes.prefix(min(offset, bytes.count))
  let line = before.count { $0 == 0x0A } + 1
  let hex = offset < bytes.count ? String(bytes[offset], radix: 16, uppercase: true) : "end of file"
  return Trouble(
    "byte \(offset) (0x\(hex)) is not \(encoding): save the file as UTF-8, or name its encoding "
      + "with --encoding", file: file, line: line)
}

func binary(_ file: String, offset: Int) -> Trouble {
  Trouble("this is not a text file: byte \(offset) is a NUL", file: file)
}

extension String {
  var isUTF8Name: Bool {
    let folded = lowercased().filter { $0 != "-" && $0 != "_" }
    return folded == "utf8" || folded == "ascii" || folded == "usascii"
  }
}
