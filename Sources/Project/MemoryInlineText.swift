internal import Bitext

/// A segment of a TMX file with its inline elements, as far as an edit of its text needs it.
///
/// The content of `hi`, and of the `g` and `mrk` that other tools write, is text; that of all other
/// elements is code of the document's format.
struct InlineText {
  /// A stretch of text between two tags.
  private struct Run {
    /// Bytes of the markup.
    var range: Range<Int>
    /// What it says, without references.
    var text: String
  }

  private let markup: [UInt8]
  private var runs: [Run] = []
  /// The names of the elements, in order.
  private(set) var elements: [String] = []
  /// Whether the markup was understood to its end.
  private(set) var isWhole = true

  init(_ markup: String) {
    self.markup = Array(markup.utf8)
    read()
  }

  /// What the segment says without its elements.
  var plain: String { runs.map(\.text).joined() }

  /// The markup with each occurrence of a text replaced.
  ///
  /// - Parameters:
  ///   - replacement: what takes the place of what.
  ///   - text: the segment's text without its elements.
  /// - Returns: `nil` where an occurrence stands across tags, and for markup that does not say what
  ///   the text says.
  func replacing(_ replacement: MemoryEdit.Replacement, of text: String) -> String? {
    let plain = plain
    guard isWhole, plain.utf8.elementsEqual(text.utf8) else { return nil }
    let within = runs.reduce(0) { $0 + $1.text.occurrences(of: replacement.old).count }
    guard within == plain.occurrences(of: replacement.old).count else { return nil }
    var result: [UInt8] = []
    var last = 0
    for run in runs {
      let new = run.text.replacing(replacement)
      guard new != run.text else { continue }
      result += markup[last..<run.range.lowerBound]
      result += new.escapedForMarkup.utf8
      last = run.range.upperBound
    }
    result += markup[last...]
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Reading

  private static let open: Set<String> = ["hi", "g", "mrk"]

  private mutating func read() {
    var index = 0
    var codeDepth = 0
    while index < markup.count {
      if markup[index] == 0x3C {
        guard let end = markup[index...].firstIndex(of: 0x3E) else { return isWhole = false }
        note(index + 1..<end, &codeDepth)
        index = end + 1
      } else {
        let end = markup[index...].firstIndex(of: 0x3C) ?? markup.count
        if codeDepth == 0 {
          guard let text = Self.resolved(markup[index..<end]) else { return isWhole = false }
          runs.append(Run(range: index..<end, text: text))
        }
        index = end
      }
    }
    if codeDepth != 0 { isWhole = false }
  }

  /// Takes what stands between the brackets of a tag.
  private mutating func note(_ range: Range<Int>, _ codeDepth: inout Int) {
    let isEnd = markup[range].first == 0x2F
    let isClosed = markup[range].last == 0x2F
    let name = String(
      decoding: markup[range].drop { $0 == 0x2F }.prefix { $0 > 0x20 && $0 != 0x2F },
      as: UTF8.self)
    // Comments, CDATA and instructions have other rules; nothing here writes them.
    guard name.utf8.first != 0x21, name.utf8.first != 0x3F, !name.isEmpty else {
      return isWhole = false
    }
    let isCode = codeDepth > 0 || !Self.open.contains(name)
    if !isEnd { elements.append(name) }
    guard isCode, !isClosed else { return }
    codeDepth += isEnd ? -1 : 1
  }

  private static let references: [String: String] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
  ]

  /// A stretch of text with its references resolved; `nil` for one that is unknown.
  private static func resolved(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == 0x26 else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard let end = bytes[index...].firstIndex(of: 0x3B) else { return nil }
      let name = String(decoding: bytes[index + 1..<end], as: UTF8.self)
      guard let text = references[name] ?? character(name) else { return nil }
      result += text.utf8
      index = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character of a numeric reference: `#20013`, `#x4E2D`.
  private static func character(_ name: String) -> String? {
    guard name.utf8.first == 0x23 else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
  }
}

extension String {
  fileprivate var escapedForMarkup: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
