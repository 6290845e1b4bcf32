package import Bitext
package import Segmentation

/// The XML of a part.
package enum PackedXML {
  /// Calls `body` with each event of a part.
  ///
  /// - Parameters:
  ///   - bytes: the part.
  ///   - part: its path.
  ///   - file: the name that trouble is reported under.
  ///   - body: takes each event; the places of text are bytes of the part.
  /// - Throws: `Trouble` for XML that is not well-formed, or in another encoding.
  package static func forEachEvent(
    of bytes: [UInt8], part: String, file: String, _ body: (XMLEvent) -> Void
  ) throws(Trouble) {
    guard declaredXMLEncoding(bytes) == nil else {
      throw Trouble(
        "its part \(part.visible) is not in UTF-8: save it anew in Word or LibreOffice", file: file)
    }
    do {
      var reader = try XMLReader(file: file)
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      var index = start
      // Events are handed over chunk by chunk, so that they need not all be held.
      let chunk = 1 << 16
      repeat {
        let end = min(bytes.count, index + chunk)
        try reader.feed(bytes[index..<end], isLast: end == bytes.count) { event in
          guard case .text(let text, let range, let line) = event, start > 0 else {
            return body(event)
          }
          body(.text(text, range.lowerBound + start..<range.upperBound + start, line: line))
        }
        index = end
      } while index < bytes.count
    } catch {
      throw unreadable(error, part: part, file: file)
    }
  }

  static func unreadable(_ error: any Error, part: String, file: String) -> Trouble {
    guard let trouble = error as? Trouble else {
      return Trouble("its part \(part.visible) cannot be read: \(error)", file: file)
    }
    return Trouble(
      "its part \(part.visible) cannot be read (\(trouble.message)): save it anew in the program "
        + "that made it", file: file)
  }
}

extension PackedFile {
  /// Calls `body` with each event of a part, which is unpacked piece by piece.
  ///
  /// - Parameters:
  ///   - name: the part's path.
  ///   - file: the name that trouble is reported under.
  ///   - body: takes each event.
  /// - Returns: `false` when there is no such part.
  /// - Throws: `Trouble` for XML that is not well-formed, in another encoding, or with a document
  ///   type, which no part may have (ECMA-376, part 2, section 6.2.5); and what `body` throws.
  func forEachEvent(
    of name: String, file: String, _ body: (XMLEvent) throws(Trouble) -> Void
  ) throws(Trouble) -> Bool {
    var reader = try XMLReader(file: file)
    var isFirst = true
    return try forEachPiece(of: name) { (piece, isLast) throws(Trouble) in
      var piece = piece
      if isFirst {
        isFirst = false
        try Self.examineStart(piece, part: name, file: file)
        if piece.starts(with: [0xEF, 0xBB, 0xBF]) { piece = piece.dropFirst(3) }
      }
      var own: Trouble?
      do {
        try reader.feed(piece, isLast: isLast) { event in
          do throws(Trouble) {
            try body(event)
          } catch {
            own = error
            throw error
          }
        }
      } catch {
        throw own ?? PackedXML.unreadable(error, part: name, file: file)
      }
    }
  }

  private static func examineStart(
    _ piece: ArraySlice<UInt8>, part: String, file: String
  ) throws(Trouble) {
    guard declaredXMLEncoding(piece) == nil else {
      throw Trouble(
        "its part \(part.visible) is not in UTF-8: save it anew in the program that made it",
        file: file)
    }
    // Declarations and comments stand before the root element; a piece is far longer than they are.
    var index = piece.startIndex
    while let open = piece[index...].firstIndex(of: 0x3C) {
      let rest = piece[open...]
      if rest.starts(with: "<!DOCTYPE".utf8) {
        throw Trouble(
          "its part \(part.visible) declares a document type, as no workbook does: save it anew in "
            + "the program that made it", file: file)
      }
      guard rest.starts(with: "<!--".utf8) || rest.starts(with: "<?".utf8) else { return }
      let end = rest.starts(with: "<?".utf8) ? "?>" : "-->"
      guard let close = rest.firstRange(of: Array(end.utf8)) else { break }
      index = close.upperBound
    }
    guard piece.isEmpty else {
      throw Trouble(
        "its part \(part.visible) starts with no element: save it anew in the program that made it",
        file: file)
    }
  }
}
