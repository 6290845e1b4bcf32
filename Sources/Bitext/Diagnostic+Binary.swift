extension Severity: BinaryCodable {}

extension Location: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(file)
    writer.write(range)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(file: try reader.read(), range: try reader.read())
  }
}

extension Diagnostic.Evidence: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(location)
    writer.write(text)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(location: try reader.read(), text: try reader.read())
  }
}

extension Diagnostic: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(rule)
    writer.write(severity)
    writer.write(message)
    writer.write(location)
    writer.write(source)
    writer.write(concept)
    writer.write(term)
    writer.write(found)
    writer.write(expected)
    writer.write(replacement)
    writer.write(related)
    writer.write(context)
    writer.write(explanation)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(
      rule: try reader.read(), severity: try reader.read(), message: try reader.read(),
      location: try reader.read(), source: try reader.read(), concept: try reader.read(),
      term: try reader.read(), found: try reader.read(), expected: try reader.read(),
      replacement: try reader.read(), related: try reader.read(), context: try reader.read(),
      explanation: try reader.read())
  }
}

extension Warning: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(message)
    writer.write(file)
    writer.write(line)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init(try reader.read(), file: try reader.read(), line: try reader.read())
  }
}
