public import Bitext
internal import Checking
internal import Formats
internal import Segmentation

/// The flow behind `check --fix`: puts the replacements that findings offer into their files.
///
/// It is made before the check and remembers what the files hold, so that one that changes
/// meanwhile is left alone.
public struct FixFlow: Sendable {
  private let contents: [String: ContentHash]
  private let encoding: String?

  /// What is to be done with a file that was fixed.
  public enum Mode: Sendable, Hashable {
    case write
    /// Nothing is written: the changes are told.
    case difference
  }

  public struct Result: Sendable {
    /// How many replacements were made.
    public var fixed = 0
    /// The files in which some were made.
    public var files: [String] = []
    /// Unified differences, one file after the other.
    public var difference = ""
    /// Why replacements were not made.
    public var warnings: [Warning] = []
  }

  /// - Parameters:
  ///   - files: all that will be checked.
  ///   - encoding: of the files; `nil` where it is guessed.
  public init(files: [String], encoding: String? = nil) {
    var contents: [String: ContentHash] = [:]
    for file in files where file != "-" {
      if let bytes = try? Files.read(file) { contents[file] = ContentHash(of: bytes) }
    }
    self.contents = contents
    self.encoding = encoding
  }

  /// Makes all replacements that are certain.
  ///
  /// - Parameters:
  ///   - diagnostics: the findings of the check.
  ///   - mode: whether files are written.
  /// - Returns: what was done, and what was not and why.
  /// - Throws: `Trouble` for a file that cannot be written; those before it are written then.
  public func fix(_ diagnostics: [Diagnostic], _ mode: Mode) throws -> Result {
    var result = Result()
    let fixable = diagnostics.filter { $0.replacement != nil }
    for (file, findings) in Dictionary(grouping: fixable, by: \.location.file)
      .sorted(by: { $0.key < $1.key })
    {
      do {
        try fix(file, findings, mode, &result)
      } catch let refusal as Refusal {
        result.warnings.append(Warning(refusal.reason, file: file))
      }
    }
    return result
  }

  /// Why a file as a whole is left alone.
  private struct Refusal: Error {
    var reason: String
  }

  private func fix(
    _ file: String, _ findings: [Diagnostic], _ mode: Mode, _ result: inout Result
  ) throws {
    guard let content = contents[file] else {
      throw Refusal(reason: "is not a file that could be fixed")
    }
    let old = try Files.read(file)
    guard ContentHash(of: old) == content else {
      throw Refusal(reason: "has changed since it was checked: nothing was fixed, run again")
    }
    if old.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw Refusal(reason: "is a packed document: mend it in its own program")
    }
    let text = try decodeText(old, file: file, encoding: encoding)
    let edits = edits(findings, text, file, &result.warnings)
    guard !edits.isEmpty else { return }
    let new = Self.applying(edits.map { ($0.bytes, $0.encoded) }, to: old)
    let expected = Self.applying(edits.map { ($0.text, Array($0.written.utf8)) }, to: text.utf8)
    // Whatever an encoding may do at the seams, what is written must read as it was meant.
    guard let back = try? decodeText(new, file: file, encoding: encoding), back.utf8 == expected
    else {
      throw Refusal(reason: "would not read the same in its encoding: mend it by hand")
    }
    switch mode {
    case .write: try Self.write(new, to: file)
    case .difference:
      result.difference += UnifiedDifference.text(
        file: file, old: text.utf8, edits.map { ($0.text, Array($0.written.utf8)) })
    }
    result.fixed += edits.count
    result.files.append(file)
  }

  private struct Edit {
    /// Of the file as it lies on disk.
    var bytes: Range<Int>
    /// Of the decoded text.
    var text: Range<Int>
    var written: String
    var encoded: [UInt8]
  }

  /// The replacements of a file that can be made, in its order, none over another.
  private func edits(
    _ findings: [Diagnostic], _ text: DecodedText, _ file: String, _ warnings: inout [Warning]
  ) -> [Edit] {
    let syntax = FixSyntax(file: file)
    let lines = LineIndex(text)
    var edits: [Edit] = []
    for finding in findings.sorted(by: Checker.inOrder) {
      let range = finding.location.range
      // Of two that overlap the first is made; the other one is found again by the next check.
      if let last = edits.last, last.bytes.upperBound > range.lowerBound { continue }
      guard let edit = edit(finding, text, lines, syntax) else {
        let place = lines.position(at: range.lowerBound)
        warnings.append(
          Warning(
            "“\(finding.term)” stands among marks, or “\(finding.replacement ?? "")” would need some: "
              + "mend it by hand", file: file, line: place.line, column: place.column))
        continue
      }
      edits.append(edit)
    }
    return edits
  }

  private func edit(
    _ finding: Diagnostic, _ text: DecodedText, _ lines: LineIndex, _ syntax: FixSyntax
  ) -> Edit? {
    let range = finding.location.range
    let place = lines.textRange(range)
    guard let found = finding.found, let replacement = finding.replacement, !place.isEmpty,
      text.positions.source(place) == range,
      let written = syntax.written(
        replacement, for: found, raw: text.utf8[place], before: text.utf8[..<place.lowerBound]),
      let encoded = encodeText(written, encoding: text.encoding)
    else { return nil }
    return Edit(bytes: range, text: place, written: written, encoded: encoded)
  }

  private static func applying(
    _ edits: [(range: Range<Int>, new: [UInt8])], to old: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var end = 0
    for edit in edits {
      result += old[end..<edit.range.lowerBound]
      result += edit.new
      end = edit.range.upperBound
    }
    return result + old[end...]
  }

  /// Writes the file itself, also where the path is a link to it.
  private static func write(_ bytes: [UInt8], to file: String) throws {
    let output = try OutputFile.replacing(Files.resolved(file) ?? file)
    try output.write(bytes)
    try output.finish()
  }
}
