internal import Bitext
internal import Segmentation

/// Changes to a text that leave all of its other bytes as they are.
struct ByteEdits {
  private struct Edit {
    /// Bytes of the decoded text.
    var range: Range<Int>
    var text: String
  }

  private var edits: [Edit] = []

  var isEmpty: Bool { edits.isEmpty }

  mutating func replace(_ range: Range<Int>, with text: String) {
    edits.append(Edit(range: range, text: text))
  }

  mutating func insert(_ text: String, at offset: Int) {
    if !text.isEmpty { replace(offset..<offset, with: text) }
  }

  /// The bytes of a file with the changes made.
  ///
  /// - Parameters:
  ///   - file: as it lies on disk.
  ///   - text: the same, decoded.
  ///   - name: for trouble.
  ///   - escape: writes a character that the file's encoding lacks.
  /// - Returns: the new bytes, in the encoding of the old ones.
  /// - Throws: `Trouble` where the encoding cannot take a change.
  func applied(
    to file: [UInt8], _ text: DecodedText, name: String,
    escape: ((Unicode.Scalar) -> String)? = nil
  ) throws(Trouble) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(file.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var expected: [UInt8] = []
    let isUTF8 = text.encoding == "UTF-8"
    // Of several insertions at one place the first stands first.
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
    var (end, textEnd) = (0, 0)
    for edit in ordered {
      let start = text.positions.source(at: edit.range.lowerBound)
      let stop = edit.range.isEmpty ? start : text.positions.source(edit.range).upperBound
      let (written, bytes) = try encoded(edit.text, text.encoding, name, escape)
      result += file[end..<start]
      result += bytes
      end = stop
      guard !isUTF8 else { continue }
      expected += text.utf8[textEnd..<edit.range.lowerBound]
      expected += written.utf8
      textEnd = edit.range.upperBound
    }
    result += file[end...]
    guard !isUTF8 else { return result }
    expected += text.utf8[textEnd...]
    // Whatever an encoding may do at the seams, what is written must read as it was meant.
    let back = try decodeText(result, file: name, encoding: text.encoding)
    let isMarked = back.utf8.starts(with: Self.mark) && !expected.starts(with: Self.mark)
    guard back.utf8.dropFirst(isMarked ? Self.mark.count : 0).elementsEqual(expected) else {
      throw Trouble("would not read the same in its encoding: save it as UTF-8 first", file: name)
    }
    return result
  }

  /// The byte order mark, decoded.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private func encoded(
    _ text: String, _ encoding: String, _ name: String, _ escape: ((Unicode.Scalar) -> String)?
  ) throws(Trouble) -> (text: String, bytes: [UInt8]) {
    if let bytes = encodeText(text, encoding: encoding) { return (text, bytes) }
    var written = ""
    for scalar in text.unicodeScalars {
      let character = String(Character(scalar))
      let fits = encodeText(character, encoding: encoding) != nil
      written += fits ? character : escape?(scalar) ?? character
    }
    guard let bytes = encodeText(written, encoding: encoding) else {
      throw Trouble(
        "is in \(encoding), which lacks characters of the translations: save it as UTF-8 first",
        file: name)
    }
    return (written, bytes)
  }
}
