public import Bitext
public import Segmentation

/// Leads from a file's name to its lines. Front ends give it; reports only ask.
public protocol SourceLines {
  /// The lines of a file that diagnostics point at; `nil` when it cannot be read any more.
  func lines(of file: String) -> LineIndex?
  /// The lines of a file around a place, at the least what a report shows of them; `nil` when it
  /// cannot be read any more.
  func lines(around location: Location) -> LineIndex?
  /// Where a byte of a file stands; `nil` when that cannot be known any more.
  func position(of offset: Int, in file: String) -> LineIndex.Position?
}

extension SourceLines {
  public func lines(around location: Location) -> LineIndex? { lines(of: location.file) }

  public func position(of offset: Int, in file: String) -> LineIndex.Position? {
    lines(of: file)?.position(at: offset)
  }
}

extension Diagnostic {
  /// The shape that `check` promises to other programs.
  public func json(_ sources: some SourceLines) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("rule", rule)
      writer.member("severity", severity.rawValue)
      writer.member("message", message)
      writer.place(location, sources)
      writer.key("source")
      if let source {
        writer.evidence(source, sources)
      } else {
        writer.value(String?.none)
      }
      writer.member("concept", concept)
      writer.member("term", term)
      writer.member("found", found)
      writer.member("expected", expected)
      writer.key("fix")
      if let replacement {
        writer.object { $0.member("replacement", replacement) }
      } else {
        writer.value(String?.none)
      }
      if !related.isEmpty {
        writer.key("related")
        writer.array(related) { $0.evidence($1, sources) }
      }
      if !explanation.isEmpty { writer.member("explanation", explanation) }
    }
    return writer.text
  }
}

extension JSONWriter {
  fileprivate mutating func evidence(
    _ evidence: Diagnostic.Evidence, _ sources: some SourceLines
  ) {
    object { writer in
      writer.place(evidence.location, sources)
      writer.member("text", evidence.text)
    }
  }

  fileprivate mutating func place(_ location: Location, _ sources: some SourceLines) {
    member("file", location.file)
    position("start", location.range.lowerBound, location.file, sources)
    position("end", location.range.upperBound, location.file, sources)
  }

  private mutating func position(
    _ name: String, _ offset: Int, _ file: String, _ sources: some SourceLines
  ) {
    let position = sources.position(of: offset, in: file)
    key(name)
    object { writer in
      writer.member("line", position?.line)
      writer.member("column", position?.column)
      writer.member("offset", offset)
    }
  }
}
