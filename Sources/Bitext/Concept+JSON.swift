extension Concept {
  /// The shape that `list` and `show` promise to other programs. Concepts and terms have a member
  /// `properties` only where their file said more than the other members hold.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", id)
      writer.member("domain", domain)
      writer.key("terms")
      writer.array(terms) { writer, term in
        writer.object { writer in
          writer.member("language", term.language.description)
          writer.member("text", term.text)
          writer.member("status", term.status.rawValue)
          writer.member("properties", term.properties)
        }
      }
      writer.member("definition", definition)
      writer.member("note", note)
      writer.member("source", source)
      writer.member("created", created)
      writer.member("changed", changed)
      writer.member("properties", properties)
    }
    return writer.text
  }
}

extension JSONWriter {
  /// `{"date":…,"author":…}`, or null.
  public mutating func member(_ name: String, _ change: Change?) {
    key(name)
    guard let change else { return value(String?.none) }
    object { writer in
      writer.member("date", change.date)
      writer.member("author", change.author)
    }
  }
}
