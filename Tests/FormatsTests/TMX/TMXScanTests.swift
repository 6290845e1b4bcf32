import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

/// What reading a file gives, to the last word.
private struct Reading: Equatable {
  struct Unit: Equatable {
    var line: Int
    var declaredSource: String?
    var sourceLanguage: String?
    var inlineCount: Int
    var element: UnitDetails.Element
    var variants: [Variant]
    var texts: [String]
    var pairs: [TranslationUnit]
  }

  struct Variant: Equatable {
    var language: String
    var text: String
    var element: UnitDetails.Element
    var markup: String?
  }

  var units: [Unit] = []
  var warnings: [Warning] = []
  var headers: [TMXHeader] = []
  var trouble: Trouble?

  /// - Parameter read: one of the readers.
  /// - Throws: what is no trouble of the file.
  init(
    _ read: (TMXDeliveries, (TMXUnit) throws -> Void) throws -> Void
  ) throws {
    var (units, warnings, headers): ([Unit], [Warning], [TMXHeader]) = ([], [], [])
    let deliveries = TMXDeliveries(
      warn: { warnings.append($0) }, header: { headers.append($0) })
    do {
      try read(deliveries) { units.append(Unit($0)) }
    } catch let found as Trouble {
      trouble = found
    }
    (self.units, self.warnings, self.headers) = (units, warnings, headers)
  }

  /// As users read it.
  init(_ path: String) throws {
    try self.init { deliveries, body in
      try TMXReader.forEachUnit(
        of: path, warn: deliveries.warn, header: deliveries.take, body)
    }
  }

  /// By means of the XML parser alone.
  init(parsing path: String) throws {
    try self.init { deliveries, body in
      try TMXReader.parseUnits(of: path, deliveries, hasPlaces: false, body)
    }
  }
}

extension Reading.Unit {
  init(_ unit: TMXUnit) {
    line = unit.line
    declaredSource = unit.declaredSource
    sourceLanguage = unit.sourceLanguage?.description
    inlineCount = unit.inlineCount
    element = unit.element
    variants = unit.variants.map {
      Reading.Variant(
        language: $0.language.description, text: $0.text, element: $0.element, markup: $0.markup)
    }
    texts = unit.texts.map { "\($0.language) \($0.text)" }
    pairs = unit.translationUnits(origin: "memory.tmx", number: 7)
    #expect(texts == variants.map { "\($0.language) \($0.text)" })
  }
}

/// The scanner and the XML parser must give the same units, warnings and trouble for every file.
@Suite struct TMXScanTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func expectSame(
    _ bytes: some Sequence<UInt8>, _ name: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = try directory.file("memory.tmx", bytes)
    try expectSame(at: path, name, sourceLocation: sourceLocation)
  }

  private func expectSame(
    at path: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (ours, parsed) = (try Reading(path), try Reading(parsing: path))
    guard ours != parsed else { return }
    // The first difference says more than two files.
    #expect(ours.trouble == parsed.trouble, "\(name)", sourceLocation: sourceLocation)
    #expect(ours.warnings == parsed.warnings, "\(name)", sourceLocation: sourceLocation)
    #expect(ours.headers == parsed.headers, "\(name)", sourceLocation: sourceLocation)
    #expect(ours.units.count == parsed.units.count, "\(name)", sourceLocation: sourceLocation)
    let different = zip(ours.units, parsed.units).first { $0 != $1 }
    #expect(different?.0 == different?.1, "\(name)", sourceLocation: sourceLocation)
  }

  /// Whether the scanner takes a whole file, so that these tests are about it.
  private func isScanned(_ bytes: some Sequence<UInt8>) throws -> Bool {
    let path = try directory.file("memory.tmx", bytes)
    let deliveries = TMXDeliveries(warn: { _ in }, header: nil)
    return try TMXFileScan(path).forEachUnit(deliveries) { _ in }
  }

  @Test(arguments: ["\n", "\r\n"])
  func commonFilesAreScannedAndSayTheSame(lineBreak: String) throws {
    var random = RandomTMX(seed: 61)
    random.lineBreak = lineBreak
    for number in 0..<60 {
      let file = random.file(units: random.random.below(6))
      #expect(try isScanned(file.utf8), "\(number): \(file)")
      try expectSame(file.utf8, "\(number): \(file)")
    }
  }

  @Test func oddFilesSayTheSame() throws {
    var random = RandomTMX(seed: 62)
    random.isOdd = true
    for number in 0..<100 {
      if number % 10 == 0 { random.lineBreak = number % 20 == 0 ? "\r\n" : "\n" }
      let file = random.file(units: random.random.below(6))
      try expectSame(file.utf8, "\(number): \(file)")
    }
  }

  @Test(arguments: 0..<8)
  func damagedFilesSayTheSame(seed: UInt64) throws {
    var random = RandomTMX(seed: 1000 + seed)
    for number in 0..<60 {
      random.lineBreak = number % 5 == 0 ? "\r\n" : "\n"
      let bytes = random.damage(Array(random.file(units: 1 + random.random.below(4)).utf8))
      try expectSame(bytes, "\(seed), \(number): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Windows of the file end wherever they do: in a tag, a reference, a character, a line break.
  @Test(arguments: 0..<2)
  func largeFilesSayTheSame(seed: UInt64) throws {
    var random = RandomTMX(seed: 2000 + seed)
    random.lineBreak = seed % 2 == 0 ? "\n" : "\r\n"
    let shift = String(repeating: " ", count: Int(seed) * 3)
    var file = shift.isEmpty ? "" : "<!--\(shift)-->"
    file += "<tmx version=\"1.4\"><header srclang=\"en\"/><body>"
    for _ in 0..<500 { file += random.unit() }
    file += "<tu><tuv xml:lang=\"en\"><seg>"
    file += String(repeating: "长 segment &amp; ", count: 12_000) + "</seg></tuv></tu>"
    for _ in 0..<100 { file += random.unit() }
    let bytes = Array((file + "</body></tmx>").utf8)
    try #require(bytes.count > 5 << 16)
    #expect(try isScanned(bytes))
    try expectSame(bytes, "\(seed)")
    let damaged = random.damage(bytes)
    try expectSame(damaged, "\(seed), damaged")
  }

  /// Cut off behind every byte of a small file.
  @Test func filesThatAreCutOffSayTheSame() throws {
    var random = RandomTMX(seed: 63)
    let bytes = Array(random.file(units: 1).utf8)
    for count in 0..<bytes.count { try expectSame(bytes.prefix(count), "\(count)") }
  }

  @Test func samplesOfOtherToolsSayTheSame() throws {
    let files =
      TestData.files(in: "samples/tmx-kit", ending: ".tmx")
      + TestData.files(in: "samples/tmx", ending: ".tmx")
    for file in files {
      try expectSame(at: file, file)
      // The kit is in UTF-16, which the scanner leaves alone.
      let text = try textInUTF8(file)
      try expectSame(text.utf8, "\(file) in UTF-8")
    }
  }

  /// A character of every kind and length, whole and broken, at every place of the wide look.
  @Test func bytesThatAreNoCharactersAreNeverScanned() throws {
    let sequences: [([UInt8], Bool)] = [
      ([0x41], true), ([0xC2, 0x80], true), ([0xDF, 0xBF], true), ([0xE0, 0xA0, 0x80], true),
      ([0xED, 0x9F, 0xBF], true), ([0xEE, 0x80, 0x80], true), ([0xEF, 0xBF, 0xBD], true),
      ([0xF0, 0x90, 0x80, 0x80], true), ([0xF4, 0x8F, 0xBF, 0xBD], true),
      ([0x80], false), ([0xC0, 0x80], false), ([0xC1, 0xBF], false), ([0xE0, 0x9F, 0xBF], false),
      ([0xED, 0xA0, 0x80], false), ([0xEF, 0xBF, 0xBE], false), ([0xEF, 0xBF, 0xBF], false),
      ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80], false),
      ([0xFF], false), ([0x00], false), ([0x1F], false), ([0xC3], false), ([0xE4, 0xB8], false),
      ([0xF0, 0x9F, 0x98], false),
    ]
    for shift in [0, 1, 13, 30, 31, 32, 45] {
      for (sequence, isCharacter) in sequences {
        for filler in ["a", "中"] {
          let text = Array(repeating: filler, count: shift).joined()
          let bytes =
            Array(#"<tmx><header/><body><tu><tuv xml:lang="en"><seg>"#.utf8) + Array(text.utf8)
            + sequence + Array("b</seg></tuv></tu></body></tmx>".utf8)
          let isScanned = try isScanned(bytes)
          #expect(isScanned == isCharacter, "\(sequence) behind \(shift)")
        }
      }
    }
  }
}

/// The text of an XML file in whatever encoding, with a declaration of UTF-8.
private func textInUTF8(_ path: String) throws -> String {
  let bytes = TestData.bytes(path)
  guard let encoding = declaredXMLEncoding(bytes) else {
    return String(decoding: bytes, as: UTF8.self)
  }
  let text = try decodeText(bytes, file: path, encoding: encoding)
  return String(decoding: text.utf8, as: UTF8.self)
    .replacing(/encoding="[^"]*"/, with: "encoding=\"UTF-8\"", maxReplacements: 1)
}
