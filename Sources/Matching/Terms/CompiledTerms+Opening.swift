public import Bitext
internal import Segmentation

extension TermMatcher {
  /// The matcher as bytes, which ``init(compiled:source:file:)`` opens without building it anew: for
  /// a cache on the machine that wrote them.
  public func compiledBytes() -> [UInt8] { compiled.bytes }

  /// What the compiled terms were made from, as their maker said it.
  package var source: UInt64 { compiled.layout.source }

  /// Opens what ``compiledBytes()`` gave.
  ///
  /// - Parameters:
  ///   - bytes: the compiled terms.
  ///   - source: what they must have been compiled from, as their maker said it; `nil` asks for
  ///     nothing.
  ///   - file: the file that they came from, for messages.
  /// - Throws: `Trouble` for bytes of another machine or version, of another source, cut off, or
  ///   damaged.
  public init(
    compiled bytes: [UInt8], source: UInt64? = nil, file: String? = nil
  ) throws(Trouble) {
    let memory = AlignedMemory(copying: bytes)
    try self.init(compiled: memory.bytes, owner: memory, source: source, file: file)
  }

  /// Opens compiled terms where they lie, such as in a mapped file.
  ///
  /// - Parameters:
  ///   - bytes: the compiled terms, from a multiple of 64 on. They must not change.
  ///   - owner: what keeps them.
  ///   - source: what they must have been compiled from; `nil` asks for nothing.
  ///   - file: the file that they came from, for messages.
  /// - Throws: `Trouble` for bytes of another machine or version, of another source, cut off, or
  ///   damaged.
  public init(
    compiled bytes: UnsafeRawBufferPointer, owner: AnyObject, source: UInt64? = nil,
    file: String? = nil
  ) throws(Trouble) {
    try self.init(compiled: bytes, owner: owner, source: source, file: file, checksSum: true)
  }

  /// Without `checksSum` the content is trusted, for tests of what damage can do.
  init(
    compiled bytes: UnsafeRawBufferPointer, owner: AnyObject, source: UInt64?, file: String?,
    checksSum: Bool
  ) throws(Trouble) {
    let layout = try TermLayout(reading: bytes, source: source, file: file)
    let damaged = Trouble("is damaged: delete the file, and it is made anew", file: file)
    guard let base = bytes.baseAddress, Int(bitPattern: base) % TermLayout.alignment == 0 else {
      throw damaged
    }
    if checksSum {
      let sum = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      guard sum == TermLayout.checksum(bytes) else { throw damaged }
    }
    let tags = String(decoding: bytes[layout.tags], as: UTF8.self).split(separator: " ")
    let languages = tags.compactMap { LanguageTag($0) }
    guard !languages.isEmpty, languages.count == tags.count else { throw damaged }
    compiled = CompiledTerms(base, layout: layout, languages: languages, owner: owner)
  }
}

extension CompiledTerms {
  /// The terms that can never match.
  var unmatchable: [TermMatcher.Entry] {
    var entries: [TermMatcher.Entry] = []
    let raw = unmatchableBytes
    var index = 0
    while entries.count < layout.unmatchableCount, index + 7 <= raw.count {
      let concept = raw.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      let traits = TermTraits(
        rawValue: raw.loadUnaligned(fromByteOffset: index + 4, as: UInt16.self))
      var length = Int(raw[index + 6])
      index += 7
      if length == TermLayout.longSpelling {
        guard index + 4 <= raw.count else { break }
        length = Int(raw.loadUnaligned(fromByteOffset: index, as: UInt32.self))
        index += 4
      }
      guard index + length <= raw.count else { break }
      let language = traits.language < languages.count ? languages[traits.language] : languages[0]
      let text = String(decoding: raw[index..<index + length], as: UTF8.self)
      index += length
      entries.append(
        TermMatcher.Entry(
          concept: Int(concept), term: Term(text, language: language, status: traits.status)))
    }
    return entries
  }
}
