internal import CICU

extension MatchKey {
  /// Appends the bytes of a text's key, as ``init(_:folding:)`` has them, where nobody asks for the
  /// way back to the text.
  ///
  /// - Parameters:
  ///   - text: a text in UTF-8.
  ///   - key: takes the key, in UTF-8.
  /// - Returns: how many scalars the key has.
  package static func append(keyOf text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) -> Int {
    var scalars = -1
    key.append(addingCapacity: text.count + KeyWriter.slack) { span in
      span.withUnsafeMutableBufferPointer { buffer, written in
        guard let base = buffer.baseAddress else { return }
        var writer = KeyWriter(text, to: base)
        guard writer.write() else { return }
        written = writer.count
        scalars = writer.scalarCount
      }
    }
    return scalars >= 0
      ? scalars : append(FoldedText(Span(_unsafeElements: text), .spelling), to: &key)
  }

  /// The same for a text that only ``FoldedText`` can fold.
  private static func append(_ folded: borrowing FoldedText, to key: inout [UInt8]) -> Int {
    for scalar in folded.scalars {
      let value = scalar.value
      if value < 0x80 {
        key.append(UInt8(value))
      } else if value < 0x800 {
        key.append(UInt8(0xC0 | value >> 6))
        key.append(UInt8(0x80 | value & 0x3F))
      } else if value < 0x10000, value & 0xF800 != 0xD800 {
        key.append(UInt8(0xE0 | value >> 12))
        key.append(UInt8(0x80 | (value >> 6 & 0x3F)))
        key.append(UInt8(0x80 | value & 0x3F))
      } else {
        let encoded = Unicode.Scalar(value).flatMap { UTF8.encode($0) }
        key.append(contentsOf: encoded ?? UTF8.encodedReplacementCharacter)
      }
    }
    return folded.scalars.count
  }
}
