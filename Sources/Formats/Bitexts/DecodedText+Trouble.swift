package import Bitext
package import Segmentation

extension DecodedText {
  /// Trouble at a byte of the text, with its line and column.
  package func trouble(_ message: String, at offset: Int, file: String) -> Trouble {
    var line = 1
    var column = 1
    for index in 0..<min(offset, utf8.count) {
      let byte = utf8[index]
      // CR LF is one line end, counted at its line feed.
      let isReturn = byte == 0x0D && !(index + 1 < utf8.count && utf8[index + 1] == 0x0A)
      if byte == 0x0A || isReturn {
        line += 1
        column = 1
      } else if !byte.isUTF8Continuation {
        column += 1
      }
    }
    return Trouble(message, file: file, line: line, column: column)
  }
}
