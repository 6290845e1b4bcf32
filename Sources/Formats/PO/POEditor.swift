internal import Bitext
internal import Segmentation

/// Fills the empty translations of a message catalogue.
///
/// Only strings that are empty, and the flags of their entries, are written; all other bytes stay.
struct POEditor {
  private let file: String
  private let bytes: [UInt8]
  private let text: DecodedText
  private let filler: any TargetFiller
  private let languages: FillLanguages?
  private let style: POStringStyle
  private let newline: String
  private var edits = ByteEdits()
  /// The line of ``counted``, which goes forward.
  private var line = 1
  private var counted = 0

  init(
    _ bytes: [UInt8], file: String, encoding: String?, filler: any TargetFiller
  ) throws {
    self.bytes = bytes
    self.file = file
    self.filler = filler
    text = try decodeText(
      bytes, file: file, encoding: encoding ?? POReader.declaredCharset(bytes))
    let survey = try POSurvey(text, file: file)
    guard survey.hasEntries else {
      throw Trouble("holds no message: a PO file has msgid and msgstr", file: file)
    }
    languages = try filler.languages(
      source: survey.source, target: survey.isTargetUnknown ? nil : survey.target,
      place: (file, 1))
    style = try POStringStyle(text, file: file)
    let utf8 = text.utf8
    let end = utf8.firstIndex(of: 0x0A) ?? 0
    newline = end > 0 && utf8[end - 1] == 0x0D ? "\r\n" : "\n"
  }

  /// - Throws: `Trouble` with the place of what is no PO file, and what the filler throws.
  mutating func fill() throws -> FilledFile {
    var entries = POEntries(text, file: file)
    while let entry = try entries.next() {
      guard !entry.isHeader, !entry.isEmpty else { continue }
      try fill(entry)
    }
    guard !edits.isEmpty else { return FilledFile(bytes: bytes, isChanged: false) }
    return FilledFile(bytes: try edits.applied(to: bytes, text, name: file), isChanged: true)
  }

  private mutating func fill(_ entry: POEntry) throws {
    guard let message = entry.message, !message.isBlank else { return }
    let line = line(of: entry.start)
    func report(_ kind: SegmentOutcome.Kind, _ proposal: TargetProposal? = nil) {
      filler.report(
        SegmentOutcome(kind: kind, line: line, source: message.trimmedText, proposal: proposal))
    }
    if entry.isTranslated, !(filler.overwrites && entry.isReplaceable) {
      return report(.translated)
    }
    guard let languages else { return report(entry.isTranslated ? .translated : .left(.languages)) }
    if entry.isFuzzy, !entry.isTranslated { return report(.left(.fuzzyMark)) }
    let sources = entry.sourcesOfTranslations
    guard !sources.isEmpty else { return report(.left(.plural)) }
    var proposals: [TargetProposal] = []
    for source in sources {
      let found = try filler.proposal(
        for: source.trimmedText, contextID: entry.contextText, languages)
      guard let proposal = found, proposal.isExact || entry.plural == nil
      else { return report(proposals.isEmpty ? .notFound : .left(.plural)) }
      proposals.append(proposal)
    }
    guard let first = proposals.first else { return }
    if entry.isTranslated {
      let isSame = zip(entry.translations, proposals).allSatisfy {
        $0.text.trimmedText == $1.text
      }
      // A fuzzy match is no better than what somebody wrote.
      if isSame || !first.isExact { return report(.translated) }
    }
    if let reason = obstacle(entry, sources, proposals) { return report(.left(reason), first) }
    for (index, proposal) in proposals.enumerated() {
      edits.replace(
        entry.translationStrings[index],
        with: style.strings(sources[index].framing(proposal.text), newline: newline))
    }
    if !first.isExact { markFuzzy(entry, first) }
    report(first.isExact ? .exact : .fuzzy, first)
  }

  /// Why translations that were found cannot stand in the file.
  private func obstacle(
    _ entry: POEntry, _ sources: [PlacedText], _ proposals: [TargetProposal]
  ) -> SegmentOutcome.Reason? {
    let formats = entry.flagComments.flatMap(\.flags)
      .filter { $0.hasSuffix("-format") && !$0.hasPrefix("no-") }
    for (source, proposal) in zip(sources, proposals) {
      let source = String(decoding: source.utf8, as: UTF8.self)
      let agrees = formats.allSatisfy { format in
        FormatDirectives(source, format) == FormatDirectives(proposal.text, format)
      }
      if !agrees { return .placeholders }
      let written = proposal.text + (proposal.isExact ? "" : proposal.source)
      if encodeText(written, encoding: text.encoding) == nil { return .encoding }
    }
    return nil
  }

  /// Marks an entry as one that somebody must look at, with the message that was translated.
  private mutating func markFuzzy(_ entry: POEntry, _ proposal: TargetProposal) {
    var lines = ""
    if let flags = entry.flagComments.first {
      edits.insert(" fuzzy,", at: flags.range.lowerBound + "#,".utf8.count)
    } else {
      lines = "#, fuzzy" + newline
    }
    if entry.previousLines.isEmpty {
      let previous = style.strings(proposal.source, newline: newline + "#| ")
      lines += "#| msgid \(previous)" + newline
    }
    edits.insert(lines, at: entry.start)
  }

  private mutating func line(of offset: Int) -> Int {
    for index in counted..<max(counted, offset) where text.utf8[index] == 0x0A { line += 1 }
    counted = max(counted, offset)
    return line
  }
}

extension POEntry {
  /// Whether its translation may make way for another one.
  fileprivate var isReplaceable: Bool { !isFuzzy }

  /// What each of its translations translates: the message, or its forms in languages that have
  /// one or two, as those do that Concord knows; empty for others.
  fileprivate var sourcesOfTranslations: [PlacedText] {
    guard let message else { return [] }
    guard let plural else { return translations.count == 1 ? [message] : [] }
    switch translations.map(\.number) {
    case [0]: return [plural]
    case [0, 1]: return [message, plural]
    default: return []
    }
  }
}

extension PlacedText {
  /// Another text between the white space that stands around this one.
  fileprivate func framing(_ other: String) -> String {
    let core = utf8.span.trimmingWhitespace(0..<utf8.count)
    return String(decoding: utf8[..<core.lowerBound], as: UTF8.self) + other
      + String(decoding: utf8[core.upperBound...], as: UTF8.self)
  }
}
