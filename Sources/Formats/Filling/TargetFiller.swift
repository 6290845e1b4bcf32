package import Bitext

/// The languages between which a file is filled.
package struct FillLanguages: Sendable, Hashable {
  package var source: LanguageTag
  package var target: LanguageTag

  package init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }
}

/// A translation that somebody offers for a segment.
package struct TargetProposal: Sendable, Hashable {
  /// Without white space around it: that of the segment is kept.
  package var text: String
  /// The likeness of the two sources, a share 0…1.
  package var score: Double
  /// Whether the text is the translation of the segment's very text.
  package var isExact: Bool
  /// The text that it translates, as the memory has it.
  package var source: String
  package var origin: String?
  /// Whether the text that it translates has the name of the segment's place, too.
  package var isNamed = false
  /// Whether a machine made it.
  package var isMachine = false
  /// The translation as the memory has it, where its numbers made way for the segment's.
  package var original: String?

  package init(text: String, score: Double, isExact: Bool, source: String, origin: String?) {
    self.text = text
    self.score = score
    self.isExact = isExact
    self.source = source
    self.origin = origin
  }

  /// The score in whole percent, rounded down, so that nothing but the same text has 100.
  package var percent: Int { min(isExact ? 100 : 99, Int((score * 100).rounded(.down))) }
}

/// What became of a segment.
package struct SegmentOutcome: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case exact, fuzzy
    /// It has a translation already.
    case translated
    case notFound
    case left(Reason)
  }

  /// Why a segment is left as it is.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The place of its inline codes in the translation is not certain.
    case codes
    /// Its target holds no text and yet marks, comments or CDATA.
    case markedTarget
    case locked
    case untranslatable
    /// The file is in other languages than those asked for.
    case languages
    /// The translation's placeholders are not those of the message.
    case placeholders
    /// The memory has not all forms of the plural.
    case plural
    /// It is marked fuzzy and has no translation.
    case fuzzyMark
    /// The file's encoding lacks a character of the translation.
    case encoding
  }

  package var kind: Kind
  /// From 1.
  package var line: Int
  package var source: String
  package var proposal: TargetProposal?
}

/// Knows translations: what an editor of bilingual files asks and reports to.
package protocol TargetFiller: AnyObject {
  /// Whether translations that are there already make way.
  var overwrites: Bool { get }

  /// The languages of a file.
  ///
  /// - Parameters:
  ///   - source: what the file declares; `nil` where it does not.
  ///   - target: likewise.
  ///   - place: the file and the line that should declare them.
  /// - Returns: `nil` when the file is in other languages than those asked for.
  /// - Throws: `Trouble` when nobody knows a language.
  func languages(
    source: LanguageTag?, target: LanguageTag?, place: (file: String, line: Int)
  ) throws -> FillLanguages?

  /// The best translation of a text; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - text: of a segment, without white space around it.
  ///   - contextID: what names the segment's place in its document; `nil` where nothing does.
  ///   - languages: those of the file.
  /// - Returns: a translation in the file's language.
  /// - Throws: what the memory throws.
  func proposal(
    for text: String, contextID: String?, _ languages: FillLanguages
  ) throws -> TargetProposal?

  func report(_ outcome: SegmentOutcome)
}

/// A file with its empty targets filled.
package struct FilledFile: Sendable {
  package var bytes: [UInt8]
  package var isChanged: Bool
}

/// Fills the targets of bilingual files, and leaves every other byte as it is.
package enum TargetEditor {
  /// Reads a file that is to be filled.
  ///
  /// - Parameter path: an XLIFF or PO file; standard input, as `-`, is told by its content.
  /// - Returns: the file, which can be filled more than once.
  /// - Throws: `Trouble` for a file that cannot be read or is of another format.
  package static func read(_ path: String) throws(Trouble) -> EditedFile {
    try EditedFile(path, try Files.read(path))
  }

  /// - Parameters:
  ///   - path: an XLIFF or PO file; standard input, as `-`, is told by its content.
  ///   - encoding: an IANA name, for PO files whose encoding is guessed wrong.
  ///   - filler: gives the translations and hears what became of each segment.
  /// - Returns: the file as it is to be written.
  /// - Throws: `Trouble` for a file that cannot be read or is of another format.
  package static func fill(
    _ path: String, encoding: String? = nil, with filler: any TargetFiller
  ) throws -> FilledFile {
    try read(path).fill(encoding: encoding, with: filler)
  }
}

/// A bilingual file whose targets are to be filled.
package struct EditedFile: Sendable {
  private let bytes: [UInt8]
  private let name: String
  private let format: Format

  fileprivate init(_ path: String, _ bytes: [UInt8]) throws(Trouble) {
    self.bytes = bytes
    name = path == "-" ? Files.standardInputName : path
    format = try Format(path, bytes)
  }

  /// Whether its segments follow each other as the sentences of a document do: then those around one
  /// are its context.
  package var keepsOrder: Bool { format == .xliff }

  /// - Parameters:
  ///   - encoding: an IANA name, for PO files whose encoding is guessed wrong.
  ///   - filler: gives the translations and hears what became of each segment.
  /// - Returns: the file as it is to be written.
  /// - Throws: `Trouble` for a file that is not what its name says.
  package func fill(
    encoding: String? = nil, with filler: any TargetFiller
  ) throws -> FilledFile {
    switch format {
    case .xliff:
      var editor = try XLIFFEditor(bytes, file: name, filler: filler)
      return try editor.fill()
    case .po:
      var editor = try POEditor(bytes, file: name, encoding: encoding, filler: filler)
      return try editor.fill()
    }
  }

  private enum Format {
    case xliff, po

    init(_ path: String, _ bytes: [UInt8]) throws(Trouble) {
      let ending = Files.ending(of: path)
      if XLIFFReader.endings.contains(ending) {
        self = .xliff
      } else if ending == "po" || ending == "pot" {
        self = .po
      } else if path == "-" {
        let hasTags = bytes.first { $0 > 0x20 && $0 < 0x80 } == 0x3C
        self = hasTags ? .xliff : .po
      } else {
        throw Trouble(
          "is neither XLIFF nor PO by its name: .xlf, .xliff, .sdlxliff, .mqxliff, .mxliff, .po "
            + "and .pot can be filled", file: path)
      }
    }
  }
}
