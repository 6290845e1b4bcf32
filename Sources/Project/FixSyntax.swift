internal import Formats
internal import Segmentation

/// How text is written in a format, as far as a replacement must know it.
///
/// What is not certain is not written: a replacement that would need marks of its own, and a place
/// where marks stand within the text.
struct FixSyntax {
  private enum Kind {
    case plain, markdown, markup, json, yaml, gettext, table, subtitles, structured
  }

  private let kind: Kind

  /// - Parameter file: its ending tells the format.
  init(file: String) {
    kind =
      switch Files.ending(of: file) {
      case "md", "markdown", "mdx": .markdown
      case "html", "htm", "xhtml", "xml", "tmx", "xlf", "xliff", "sdlxliff", "mqxliff", "vtt":
        .markup
      case "json": .json
      case "yaml", "yml": .yaml
      case "po", "pot": .gettext
      case "csv", "tsv": .table
      case "srt": .subtitles
      case "rst", "rest": .structured
      default: .plain
      }
  }

  /// The replacement as it is to be written in place of some text of the file.
  ///
  /// - Parameters:
  ///   - replacement: the new text.
  ///   - found: the old one, as the document's prose has it.
  ///   - raw: the stretch of the decoded file that is to be replaced.
  ///   - before: what stands before it in the file.
  /// - Returns: `nil` when that is not certain.
  func written(
    _ replacement: String, for found: String, raw: ArraySlice<UInt8>, before: ArraySlice<UInt8>
  ) -> String? {
    guard let written = escaped(replacement), let old = escaped(found) else { return nil }
    let stands = Self.withoutSpace(raw, joinsLines: kind == .gettext)
    let isVerbatim = stands == Self.withoutSpace(Array(found.utf8)[...], joinsLines: false)
    guard isVerbatim || stands == Self.withoutSpace(Array(old.utf8)[...], joinsLines: false) else {
      return nil
    }
    // In CDATA nothing is escaped.
    if kind == .markup, written != replacement || old != found, Self.isInCDATA(before) {
      return nil
    }
    return written
  }

  private func escaped(_ text: String) -> String? {
    switch kind {
    case .plain: return text
    case .markdown: return text.holdsNone(of: "\\`*_[]<>|~$#;") ? text : nil
    case .yaml: return text.holdsNone(of: "\\:#'\"{}[],&*!|>%@`") ? text : nil
    case .table: return text.holdsNone(of: ",;\"\t|") ? text : nil
    case .subtitles: return text.holdsNone(of: "<>{}\\") ? text : nil
    case .structured: return text.holdsNone(of: "\\`*_|<>:[]") ? text : nil
    case .markup: return text.replacing(["&": "&amp;", "<": "&lt;", ">": "&gt;"])
    case .json, .gettext: return text.replacing(["\\": "\\\\", "\"": "\\\""])
    }
  }

  /// Terms over a line break are the same terms. A string of PO goes on after a quotation mark.
  private static func withoutSpace(_ text: ArraySlice<UInt8>, joinsLines: Bool) -> [UInt8] {
    var result = text.filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    guard joinsLines, text.contains(0x0A) else { return result }
    var index = 0
    while index + 1 < result.count {
      let isEscaped = index > 0 && result[index - 1] == 0x5C
      if result[index] == 0x22, result[index + 1] == 0x22, !isEscaped {
        result.removeSubrange(index...index + 1)
      } else {
        index += 1
      }
    }
    return result
  }

  private static func isInCDATA(_ before: ArraySlice<UInt8>) -> Bool {
    let (opening, closing) = (Array("<![CDATA[".utf8), Array("]]>".utf8))
    var index = before.endIndex - 1
    while index >= before.startIndex {
      if before[index...].starts(with: closing) { return false }
      if before[index...].starts(with: opening) { return true }
      index -= 1
    }
    return false
  }
}

extension String {
  fileprivate func holdsNone(of marks: String) -> Bool {
    let marks = Set(marks.unicodeScalars)
    return unicodeScalars.allSatisfy { $0.value >= 0x20 && !marks.contains($0) }
  }

  /// `nil` where the text holds controls, which some formats cannot write at all.
  fileprivate func replacing(_ marks: [Unicode.Scalar: String]) -> String? {
    var result = ""
    for scalar in unicodeScalars {
      guard scalar.value >= 0x20 else { return nil }
      if let mark = marks[scalar] {
        result += mark
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
