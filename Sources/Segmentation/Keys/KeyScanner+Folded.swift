internal import Bitext
internal import CICU

extension KeyScanner {
  /// Adds the tokens of a stretch by way of its folded scalars: right for every text, and slow.
  mutating func scanFolded(_ utf8: Span<UInt8>, at start: Int) {
    let before = offset
    offset += start
    // Words are brought to their stems one by one below, as bytes.
    let folded = FoldedText(utf8, .term.subtracting(.inflection))
    scan(folded.scalars.span, utf8)
    offset = before
  }

  /// Adds the tokens of a text without the shorter way over its bytes.
  package mutating func scanFolded(_ utf8: Span<UInt8>) {
    offset = 0
    scanFolded(utf8, at: 0)
  }

  private mutating func scan(_ text: Span<FoldedText.Scalar>, _ utf8: Span<UInt8>) {
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if 0x4E00...0x9FFF ~= scalar.value,
        index + 1 == text.count || text[index + 1].start != scalar.start
      {
        add(.han, scalar, KeyHash.of(scalar: scalar.value, kind: .han))
        index += 1
        continue
      }
      if scalar.value.isWordScalar {
        let end = addWord(text, at: index, utf8)
        if end > index {
          index = end
          continue
        }
      }
      let end = text.spanEnd(at: index)
      if end > index + 1 {
        addSpan(text.extracting(index..<end))
      } else if scalar.value.isHanScalar {
        add(.han, scalar, KeyHash.of(scalar: scalar.value, kind: .han))
      } else if !scalar.value.isWhitespaceScalar {
        add(.punctuation, scalar, KeyHash.of(scalar: scalar.value, kind: .punctuation))
      }
      index = end
    }
  }

  /// - Returns: where the word ends in the scalars; its start when there is none.
  private mutating func addWord(
    _ text: Span<FoldedText.Scalar>, at start: Int, _ utf8: Span<UInt8>
  ) -> Int {
    let found = text.word(at: start)
    guard found.end > start else { return start }
    word.removeAll(keepingCapacity: true)
    for index in start..<found.end {
      let value = text[index].value
      if value < 0x80 {
        word.append(UInt8(value))
      } else if let scalar = Unicode.Scalar(value) {
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    let range = Int(text[start].start)..<Int(text[found.end - 1].end)
    guard !found.isNumber else {
      add(.number, KeyHash.of(bytes: word, kind: .number), range)
      return found.end
    }
    let shape = WordShape(utf8.extracting(range))
    add(.word, stemHash(), range, shape.script, shape.letterCase)
    return found.end
  }

  /// Adds scalars that share their bytes, and so can be but one token: ½, or a mark with an accent.
  private mutating func addSpan(_ scalars: Span<FoldedText.Scalar>) {
    var hash: UInt64 = 0
    for index in scalars.indices { hash = KeyHash.of(symbol: scalars[index].value, after: hash) }
    add(scalars[0].value.isHanScalar ? .han : .punctuation, scalars[0], hash)
  }

  private mutating func add(_ kind: KeyToken.Kind, _ scalar: FoldedText.Scalar, _ hash: UInt64) {
    add(kind, hash, Int(scalar.start)..<Int(scalar.end), kind == .han ? .han : .common)
  }
}
