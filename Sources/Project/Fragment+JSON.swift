internal import Bitext

extension Fragment {
  /// The shape that fragments are promised in to other programs: `translations` as in `lookup`, the
  /// sides of the example as in `search`, the text's language first.
  public func json() -> String { json(line: nil, query: nil) }

  /// The same with what a batch adds.
  ///
  /// - Parameters:
  ///   - line: of the batch, from 1.
  ///   - query: the text that is covered.
  /// - Returns: one object.
  public func json(line: Int?, query: String?) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      if let line { writer.member("line", line) }
      if let query { writer.member("query", query) }
      writer.member("kind", kind.rawValue)
      writer.member("start", range.lowerBound)
      writer.member("end", range.upperBound)
      writer.member("text", text)
      writer.member("translations", translations)
      writer.member("status", status?.rawValue)
      writer.member("concept", concept)
      writer.key("agreement")
      if let agreement {
        writer.object { writer in
          writer.member("units", agreement.units)
          writer.member("of", agreement.asked)
        }
      } else {
        writer.raw("null")
      }
      writer.key("example")
      if let example { example.write(to: &writer) } else { writer.raw("null") }
    }
    return writer.text
  }
}

extension Fragment.Example {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", unit.id.map(Int.init))
      writer.member("source", isReversed ? unit.target : unit.source)
      writer.member("target", isReversed ? unit.source : unit.target)
      writer.member("sourceStart", range.lowerBound)
      writer.member("sourceEnd", range.upperBound)
      writer.member("targetStart", translation?.lowerBound)
      writer.member("targetEnd", translation?.upperBound)
      writer.member("origin", unit.origin)
    }
  }
}
