/// Writes packed files byte by byte, so that tests can make what no program makes.
package struct ZipBuilder {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  /// What was added without quirks, for ``replacing(_:_:)``.
  private var parts: [(name: String, bytes: [UInt8])] = []

  package init() {}

  /// How a part is to differ from what an honest program writes.
  package struct Quirks {
    package var declaredSize: Int?
    package var isEncrypted = false
    package var isLink = false
    /// Whether the bytes are packed already, and what they unpack to.
    package var deflated: (size: Int, checksum: UInt32)?

    package init() {}
  }

  package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// The same file with another text in one part.
  package func replacing(_ name: String, _ change: (String) -> String) -> ZipBuilder {
    var zip = ZipBuilder()
    for part in parts {
      let text = String(decoding: part.bytes, as: UTF8.self)
      zip.add(part.name, part.name == name ? change(text) : text)
    }
    return zip
  }

  package mutating func add(
    _ name: String, _ bytes: [UInt8], _ quirks: Quirks = Quirks()
  ) {
    parts.append((name, bytes))
    let offset = body.count
    let size = quirks.declaredSize ?? quirks.deflated?.size ?? bytes.count
    let checksum = quirks.deflated?.checksum ?? Self.checksum(bytes)
    // Version 2.0, then flags, method, time, date, checksum, sizes and lengths.
    var common: [UInt8] = []
    common += number(20, 2) + number(quirks.isEncrypted ? 1 : 0, 2)
    common += number(quirks.deflated == nil ? 0 : 8, 2) + number(0, 4)
    common += number(Int(checksum), 4) + number(bytes.count, 4) + number(size, 4)
    common += number(name.utf8.count, 2) + number(0, 2)
    body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
    let mode = quirks.isLink ? 0o120777 : 0o100644
    directory += [0x50, 0x4B, 1, 2] + number(3 << 8 | 20, 2) + common
    directory += number(0, 2) + number(0, 2) + number(0, 2) + number(mode << 16, 4)
    directory += number(offset, 4) + Array(name.utf8)
    count += 1
  }

  /// The whole file; `declaredCount` is what its end says about the number of parts.
  package func bytes(declaredCount: Int? = nil) -> [UInt8] {
    let parts = number(declaredCount ?? count, 2)
    return body + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + parts + parts
      + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
  }

  /// A stream of deflate that unpacks to one byte, many times: 258 of them take 13 bits (RFC 1951).
  package static func bomb(_ byte: UInt8, times: Int) -> [UInt8] {
    var bits = BitWriter()
    // The last block, with fixed codes; a literal below 144 has eight bits from 0x30 on.
    bits.add(1, 1)
    bits.add(1, 2)
    bits.addCode(0x30 + Int(byte), 8)
    for _ in 0..<times / 258 {
      bits.addCode(0b1100_0101, 8)
      bits.addCode(0, 5)
    }
    bits.addCode(0, 7)
    return bits.bytes
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func add(_ value: Int, _ count: Int) {
      for bit in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << UInt8(used)
        used += 1
      }
    }

    /// Codes start with their highest bit.
    mutating func addCode(_ code: Int, _ count: Int) {
      for bit in (0..<count).reversed() { add(code >> bit & 1, 1) }
    }
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32, bit by bit.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}

extension ZipBuilder {
  /// A document of Word's with a body, and what else it is to hold.
  package static func word(
    _ body: String, parts: [(name: String, text: String)] = []
  ) -> [UInt8] {
    var zip = ZipBuilder()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add("word/document.xml", wordPart("document", "<w:body>\(body)</w:body>"))
    for part in parts { zip.add(part.name, part.text) }
    return zip.bytes()
  }

  /// A part of a document of Word's.
  package static func wordPart(_ root: String, _ content: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:\(root) "
      + "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
      + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
      + "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">"
      + "\(content)</w:\(root)>"
  }

  /// A text of LibreOffice's.
  package static func openDocument(_ body: String, styles: String = "") -> [UInt8] {
    var zip = ZipBuilder()
    zip.add("mimetype", "application/vnd.oasis.opendocument.text")
    zip.add("content.xml", openDocumentContent(body))
    if !styles.isEmpty { zip.add("styles.xml", openDocumentContent(styles)) }
    return zip.bytes()
  }

  package static func openDocumentContent(_ body: String) -> String {
    let names = ["office", "text", "table", "style", "draw"].map {
      "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
    }
    return "<?xml version=\"1.0\"?><office:document-content \(names.joined(separator: " ")) "
      + "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
      + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><office:body><office:text>\(body)"
      + "</office:text></office:body></office:document-content>"
  }
}
