public import Bitext
public import Segmentation

/// The glossaries of OmegaT: a source, a target and a remark between tabs, without a header; `#`
/// begins a remark on nothing. Its tables with commas are read as other tables are.
public enum OmegaTGlossary {
  /// The endings of such files; those of the last two are in the encoding of the machine where they
  /// were written.
  public static let endings: Set<String> = ["utf8", "txt", "tab"]

  /// The encoding that the first line names, as Emacs writes it: `-*- coding: utf-8 -*-`.
  ///
  /// - Parameter bytes: the file.
  /// - Returns: `nil` where it names none.
  public static func declaredEncoding(_ bytes: [UInt8]) -> String? {
    let line = bytes.prefix(256).prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.first == 0x23, let mark = line.firstRange(of: Array("-*-".utf8)),
      let word = line[mark.upperBound...].firstRange(of: Array("coding:".utf8))
    else { return nil }
    let name = line[word.upperBound...].drop { $0 == 0x20 }
      .prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  /// Reads a glossary.
  ///
  /// - Parameters:
  ///   - text: the decoded file.
  ///   - file: the name that trouble is reported under.
  ///   - languages: of source and target; the script decides where they are `nil`.
  /// - Returns: the concepts with their lines, and what was odd.
  /// - Throws: `Trouble` for a file without any term, and for one whose languages cannot be told.
  public static func read(
    _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws(Trouble) -> GlossaryContent {
    var rows = try delimitedRows(text.utf8, delimiter: .tab, file: file)
    rows.removeAll { $0.isEmpty || $0.fields[0].utf8.first == 0x23 }
    // Somebody named the columns: then it is a table like others.
    if let first = rows.first, GlossaryHeader(first.fields) != nil {
      return try GlossaryRows(rows: rows, file: file, languages: languages).content(file: file)
    }
    var surplus: Int?
    for index in rows.indices {
      let fields = rows[index].fields
      if fields.count > columns {
        if fields[columns...].contains(where: { !$0.isBlank }) {
          surplus = surplus ?? rows[index].line
        }
        rows[index].fields.removeLast(fields.count - columns)
      }
      for side in rows[index].fields.indices.prefix(2) {
        rows[index].fields[side] = rows[index].fields[side].literalCell
      }
    }
    var content = try GlossaryRows(rows: rows, file: file, languages: languages)
      .content(file: file, isPairList: true)
    if let surplus {
      content.warnings.append(
        Warning(
          "has more than a source, a target and a remark: the rest is left out", file: file,
          line: surplus))
    }
    return content
  }

  private static let columns = 3
}

/// Writes a glossary of OmegaT's in UTF-8, a line for each pair of terms that may be used.
public struct OmegaTGlossaryWriter {
  private let output: OutputFile
  private let languages: TermPairLanguages
  private var losses = ListLosses()

  /// - Parameters:
  ///   - output: where the lines go.
  ///   - languages: the two that are written.
  public init(to output: OutputFile, languages: TermPairLanguages) {
    self.output = output
    self.languages = languages
  }

  /// How many concepts were written.
  public private(set) var count = 0

  /// What the lines could not keep, once per reason.
  public var warnings: [Warning] { losses.warnings }

  /// Writes the line by which OmegaT knows the encoding, whatever the file is called.
  public func writeHeader() throws {
    try output.write("# Glossary in tab-separated format -*- coding: utf-8 -*-\n")
  }

  public mutating func write(_ concept: Concept) throws {
    var sides: (source: [Term], target: [Term]) = ([], [])
    for term in concept.terms {
      if !term.status.isAccepted {
        losses.add(
          "terms that are not to be used, or wait for review, were left out, since OmegaT knows no "
            + "status", term.text)
      } else if term.language == languages.source {
        if term.text.utf8.first == 0x23 {
          losses.add("source terms that start with # were left out: OmegaT skips them", term.text)
        } else {
          sides.source.append(term)
        }
      } else if term.language == languages.target {
        sides.target.append(term)
      } else {
        losses.add("terms in further languages were left out", term.text)
      }
    }
    guard !sides.source.isEmpty else {
      return losses.add("concepts without a source term in use were left out", concept.id)
    }
    count += 1
    let remark = concept.note ?? concept.definition ?? ""
    for source in sides.source {
      for target in sides.target { try write([source.text, target.text, remark]) }
      if sides.target.isEmpty { try write([source.text, "", remark]) }
    }
  }

  private mutating func write(_ fields: [String]) throws {
    let flat = fields.map(\.onOneLine)
    for (field, text) in zip(fields, flat) where text.isChanged {
      losses.add("tabs and line breaks became spaces: --format csv keeps them", field)
    }
    let cells = flat.map(\.text)
    try output.write(
      (cells[2].isEmpty ? Array(cells.dropLast()) : cells).joined(separator: "\t") + "\n")
  }
}
