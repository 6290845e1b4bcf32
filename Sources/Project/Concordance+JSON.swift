internal import Bitext
internal import Store

extension ConcordanceLine {
  /// The shape that `concordance` promises to other programs. `counterparts` is there where
  /// somebody asked for them; `term`, `status` and `consistent` of a concept's terms alone.
  public func json() -> String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", Int(hit.unit.id))
      writer.member("side", hit.side.rawValue)
      writer.member("start", hit.range.lowerBound)
      writer.member("end", hit.range.upperBound)
      writer.member("source", hit.unit.source)
      writer.member("target", hit.unit.target)
      writer.member("origin", origin)
      if let counterparts {
        writer.key("counterparts")
        writer.array(counterparts) { writer, range in
          writer.object { writer in
            writer.member("start", range.lowerBound)
            writer.member("end", range.upperBound)
          }
        }
      }
      if let term {
        writer.member("term", term.text)
        writer.member("status", term.status.rawValue)
        writer.key("consistent")
        if let isConsistent { writer.value(isConsistent) } else { writer.raw("null") }
      }
    }
  }
}

extension ConcordanceRendering {
  /// The shape that `concordance --renderings` promises to other programs; the example is an object
  /// of `concordance`.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("rendering", text)
      writer.member("language", language.description)
      writer.member("units", units)
      writer.member("status", status?.rawValue)
      writer.key("example")
      example.write(to: &writer)
    }
    return writer.text
  }
}
