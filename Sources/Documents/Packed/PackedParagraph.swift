internal import Bitext

/// A paragraph of a packed document, before it is known what stands around it.
struct PackedParagraph {
  /// A piece of a paragraph.
  enum Piece {
    /// Text, and the bytes of the parts that it stands in.
    case text(String, Range<Int>)
    /// A tab, or more than one space.
    case space
    case lineBreak
    /// A comment is bound to this place.
    case comment(id: String)
  }

  var kind: BlockKind = .paragraph
  var pieces: [Piece] = []
  /// The notes that are bound to the paragraph: they follow it.
  var notes: [String] = []

  /// Whether there is anything to read.
  var isEmpty: Bool {
    for case .text(let text, _) in pieces where !text.allSatisfy(\.isWhitespace) { return false }
    return true
  }

  /// The bytes of all its text.
  var range: Range<Int>? {
    var range: Range<Int>?
    for case .text(_, let place) in pieces {
      range = (range?.lowerBound ?? place.lowerBound)..<place.upperBound
    }
    return range
  }

  var text: String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part, _): text += part
      case .space, .lineBreak: text += " "
      case .comment: break
      }
    }
    return text
  }
}

/// A comment of a packed document.
struct PackedComment {
  var paragraphs: [PackedParagraph] = []

  var text: String { paragraphs.map(\.text).joined(separator: "\n") }

  /// The bytes of its text.
  var range: Range<Int>? {
    let ranges = paragraphs.compactMap(\.range)
    guard let first = ranges.first, let last = ranges.last else { return nil }
    return first.lowerBound..<max(first.upperBound, last.upperBound)
  }
}

/// What a packed document holds.
struct PackedContent {
  /// The parts that text stands in, one behind the other: offsets run through all of them, and in
  /// the first they are the offsets of the main part.
  var source: [UInt8] = []
  var paragraphs: [PackedParagraph] = []
  var notes: [String: [PackedParagraph]] = [:]
  var comments: [String: PackedComment] = [:]
  /// What the document's styles name as its languages.
  var languages = PackedLanguages()

  func builder() -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    for paragraph in paragraphs {
      add(paragraph, to: &builder)
      for note in paragraph.notes {
        for paragraph in notes[note] ?? [] { add(paragraph, to: &builder) }
      }
    }
    builder.styleLanguages = languages
    return builder
  }

  private func add(_ paragraph: PackedParagraph, to builder: inout ProseBuilder) {
    builder.end()
    if !paragraph.isEmpty { builder.begin(paragraph.kind) }
    for piece in paragraph.pieces {
      switch piece {
      case .text(let text, let range): builder.append(text, standingAt: range)
      case .space: builder.addSpace()
      case .lineBreak: builder.addBreak()
      case .comment(let id):
        if let comment = comments[id], let range = comment.range {
          builder.addComment(comment.text, range)
        }
      }
    }
    builder.end()
  }
}

/// The languages that a word processor takes a document to be in, for scripts of the West and of the
/// East: often but what the program was set to.
struct PackedLanguages {
  var western: LanguageTag?
  var eastAsian: LanguageTag?
}

extension ProseBuilder {
  /// Appends text that XML holds as it is, or by references.
  fileprivate mutating func append(_ text: String, standingAt range: Range<Int>) {
    if text.utf8.count != range.count {
      append(text, for: range)
    } else if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      // A line end in XML is a space to the reader.
      appendFlowing(range, in: .paragraph)
    } else {
      append(range)
    }
  }
}
