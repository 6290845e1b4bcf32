import TestSupport
import Testing

@testable import Bitext

@Suite struct BinaryCodingTests {
  private func roundTrip<Value: BinaryCodable & Equatable>(_ value: Value) throws -> Bool {
    var writer = BinaryWriter()
    writer.write(value)
    var reader = BinaryReader(writer.bytes[...])
    return try reader.read(Value.self) == value && reader.isAtEnd
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 127, 128, 1 << 40, Int.max, Int.min])
  func numbersComeBack(number: Int) throws { #expect(try roundTrip(number)) }

  private let diagnostic = Diagnostic(
    rule: "missing-term", severity: .warning, message: "“金凤凰” is not rendered here",
    location: Location(file: "a.en.md", range: 3..<10),
    source: Diagnostic.Evidence(
      location: Location(file: "a.zh.md", range: 0..<9), text: "金凤凰"),
    concept: "1", term: "金凤凰", found: nil, expected: ["Golden Phoenix", ""],
    replacement: "x",
    related: [
      Diagnostic.Evidence(location: Location(file: "b", range: 1..<1), text: "")
    ], context: "a\nb", explanation: ["looked for", ""])

  @Test func diagnosticsComeBack() throws {
    #expect(try roundTrip(diagnostic))
    #expect(try roundTrip([diagnostic, diagnostic]))
    #expect(try roundTrip([Diagnostic]()))
  }

  @Test func damageIsThrownAndNeverTrapped() {
    var writer = BinaryWriter()
    writer.write([diagnostic, diagnostic])
    var generator = SeededGenerator(seed: 11)
    for length in writer.bytes.indices {
      var reader = BinaryReader(writer.bytes[..<length])
      #expect(throws: BinaryReader.Damage.self) { try reader.read([Diagnostic].self) }
    }
    for _ in 0..<2000 {
      var bytes = writer.bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      var reader = BinaryReader(bytes[...])
      // What comes back may be anything, as long as something does.
      _ = try? reader.read([Diagnostic].self)
    }
  }
}
