package import Bitext
internal import CZip

/// What a packed file is taken for: how large its parts may be, and what its user is told to do.
package enum PackedKind: Sendable {
  case document
  case workbook

  /// A part up to this size may be packed however well: real documents hold their text in some
  /// megabytes, and a workbook that does not hold pictures has less in each part.
  fileprivate var harmlessSize: UInt64 { self == .document ? 32 << 20 : 8 << 20 }

  /// A file up to this size may be packed however well, all parts together: a workbook with many
  /// sheets is read sheet by sheet until one is found. Documents are read in one part or two.
  fileprivate var harmlessTotal: UInt64 { self == .document ? .max : 64 << 20 }

  fileprivate var noun: String { self == .document ? "document" : "workbook" }

  fileprivate var wayOut: String {
    self == .document ? "as plain text (.txt)" : "the sheet as CSV UTF-8 (.csv)"
  }
}

/// A file of packed parts, such as DOCX, ODT and XLSX are: the only place that calls libzip. Nothing
/// is written to disk, and what a part claims is examined before any of it is unpacked.
package struct PackedFile: ~Copyable {
  private let zip: OpaquePointer
  private let file: String
  private let kind: PackedKind
  private let parts: [String: Part]
  /// The names of the parts as the file spells them, by their names in small letters.
  private let spellings: [String: String]

  private struct Part {
    var index: Int64
    var size: UInt64
    var packedSize: UInt64
    var isEncrypted: Bool
  }

  /// What is allowed. Real documents have some hundred parts, their text is packed to a tenth, and
  /// rarely exceeds some megabytes; deflate reaches a thousandth.
  private enum Limit {
    static let parts: UInt32 = 4096
    static let ratio: UInt64 = 100
    static let size: UInt64 = 512 << 20
    static let total: UInt64 = 4 << 30
  }

  /// Opens a file and reads its directory.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that trouble is reported under.
  ///   - kind: what it is taken for.
  /// - Throws: `Trouble` for a damaged file, and for one that is made to do harm.
  package init(
    _ bytes: [UInt8], file: String, kind: PackedKind = .document
  ) throws(Trouble) {
    var status: Int32 = 0
    guard let zip = concord_zip_open(bytes, bytes.count, Limit.parts, &status) else {
      throw Self.trouble(status, file, kind)
    }
    do {
      parts = try Self.directory(of: zip, file, kind)
    } catch {
      concord_zip_close(zip)
      throw error
    }
    spellings = Dictionary(
      parts.keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: { min($0, $1) })
    self.zip = zip
    self.file = file
    self.kind = kind
  }

  deinit { concord_zip_close(zip) }

  /// Whether there is a part of a name.
  package func holds(_ name: String) -> Bool { parts[name] != nil }

  /// The name of a part as the file spells it: names differ in more than case (ECMA-376, part 2,
  /// section 6.2.2), and some programs spell them one way and refer to them in another.
  package func spelling(of name: String) -> String? {
    parts[name] != nil ? name : spellings[name.lowercased()]
  }

  /// Unpacks a part.
  ///
  /// - Parameter name: its path.
  /// - Returns: its bytes; `nil` when there is no such part.
  /// - Throws: `Trouble` for a part that is damaged, encrypted, or unpacks to far more than it is.
  package func part(_ name: String) throws(Trouble) -> [UInt8]? {
    guard let part = try examined(name) else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(part.size))
    let count = concord_zip_read(zip, part.index, &bytes, bytes.count)
    guard count >= 0 else { throw damaged(name) }
    bytes.removeLast(bytes.count - Int(count))
    return bytes
  }

  /// Unpacks a part piece by piece, so that it need not be held.
  ///
  /// - Parameters:
  ///   - name: its path.
  ///   - body: takes each piece, and whether it is the last; that one may be empty.
  /// - Returns: `false` when there is no such part.
  /// - Throws: `Trouble` for a part that is damaged, encrypted, or unpacks to far more than it is,
  ///   and what `body` throws.
  package func forEachPiece(
    of name: String, _ body: (ArraySlice<UInt8>, _ isLast: Bool) throws(Trouble) -> Void
  ) throws(Trouble) -> Bool {
    guard let part = try examined(name) else { return false }
    guard let stream = concord_zip_part_open(zip, part.index) else { throw damaged(name) }
    defer { concord_zip_part_close(stream) }
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    var total: UInt64 = 0
    while true {
      let count = concord_zip_part_read(stream, &piece, piece.count)
      guard count >= 0 else { throw damaged(name) }
      total += UInt64(count)
      // A part may not hold more than it was examined for.
      guard total <= part.size else { throw damaged(name) }
      try body(piece[..<Int(count)], count == 0)
      if count == 0 { return true }
    }
  }

  private static let pieceSize = 1 << 16

  /// A part that may be unpacked; `nil` when there is no such part.
  private func examined(_ name: String) throws(Trouble) -> Part? {
    guard let part = parts[name] else { return nil }
    guard !part.isEncrypted else {
      throw Trouble("is encrypted: open it with its password and save it without one", file: file)
    }
    let isTooLarge = part.size > Limit.size
    let isBomb = part.size > kind.harmlessSize && part.size / max(1, part.packedSize) > Limit.ratio
    guard !isTooLarge, !isBomb else {
      throw Trouble(
        "its part \(name.visible) would unpack from \(part.packedSize) to \(part.size) bytes, as "
          + "no \(kind.noun) does: save it anew, or \(kind.wayOut)", file: file)
    }
    return part
  }

  private func damaged(_ name: String) -> Trouble {
    Trouble(
      "its part \(name.visible) is damaged: open the file in the program that made it and save it "
        + "anew", file: file)
  }

  private static func directory(
    of zip: OpaquePointer, _ file: String, _ kind: PackedKind
  ) throws(Trouble) -> [String: Part] {
    var parts: [String: Part] = [:]
    var total: UInt64 = 0
    var packedTotal: UInt64 = 0
    for index in 0..<concord_zip_count(zip) {
      var part = concord_zip_part()
      guard concord_zip_describe(zip, index, &part) == 0, let name = part.name else {
        throw trouble(Int32(concord_zip_damaged), file, kind)
      }
      let path = String(cString: name)
      guard part.isLink == 0, !leadsOutside(path) else {
        throw Trouble(
          "its part \(path.visible) leads out of it, as no \(kind.noun) does: save it anew in the "
            + "program that made it", file: file)
      }
      let (sum, isOver) = total.addingReportingOverflow(part.size)
      guard !isOver, sum <= Limit.total else {
        throw Trouble(
          "would unpack to more than \(Limit.total >> 30) GB, as no \(kind.noun) does: save it anew, "
            + "or \(kind.wayOut)", file: file)
      }
      total = sum
      packedTotal &+= part.packedSize
      parts[path] = Part(
        index: index, size: part.size, packedSize: part.packedSize,
        isEncrypted: part.isEncrypted != 0)
    }
    guard total <= kind.harmlessTotal || total / max(1, packedTotal) <= Limit.ratio else {
      throw Trouble(
        "would unpack from \(packedTotal) to \(total) bytes, as no \(kind.noun) does: save it anew, "
          + "or \(kind.wayOut)", file: file)
    }
    return parts
  }

  private static func leadsOutside(_ path: String) -> Bool {
    let parts = path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return path.hasPrefix("/") || path.hasPrefix("\\") || parts.contains("..")
      || parts.first.map { $0.count == 2 && $0.hasSuffix(":") } ?? false
  }

  private static func trouble(
    _ status: Int32, _ file: String, _ kind: PackedKind
  ) -> Trouble {
    switch Int(status) {
    case concord_zip_crowded:
      Trouble(
        "holds more than \(Limit.parts) parts, as no \(kind.noun) does: save \(kind.wayOut), and "
          + "name that file", file: file)
    case concord_zip_no_memory: Trouble("there is not enough memory to unpack it", file: file)
    default:
      Trouble(
        "is a damaged packed file: it was cut off or changed on its way; save or copy it anew",
        file: file)
    }
  }
}
