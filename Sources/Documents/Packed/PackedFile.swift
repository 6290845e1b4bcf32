internal import Bitext
internal import CZip

/// A file of packed parts, such as DOCX and ODT are: the only place that calls libzip. Nothing is
/// written to disk, and what a part claims is examined before any of it is unpacked.
struct PackedFile: ~Copyable {
  private let zip: OpaquePointer
  private let file: String
  private let parts: [String: Part]

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
    /// A part up to this size may be packed however well.
    static let harmlessSize: UInt64 = 32 << 20
    static let ratio: UInt64 = 100
    static let size: UInt64 = 512 << 20
    static let total: UInt64 = 4 << 30
  }

  /// Opens a file and reads its directory.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that trouble is reported under.
  /// - Throws: `Trouble` for a damaged file, and for one that is made to do harm.
  init(_ bytes: [UInt8], file: String) throws(Trouble) {
    var status: Int32 = 0
    guard let zip = concord_zip_open(bytes, bytes.count, Limit.parts, &status) else {
      throw Self.trouble(status, file)
    }
    do {
      parts = try Self.directory(of: zip, file)
    } catch {
      concord_zip_close(zip)
      throw error
    }
    self.zip = zip
    self.file = file
  }

  deinit { concord_zip_close(zip) }

  /// Whether there is a part of a name.
  func holds(_ name: String) -> Bool { parts[name] != nil }

  /// Unpacks a part.
  ///
  /// - Parameter name: its path.
  /// - Returns: its bytes; `nil` when there is no such part.
  /// - Throws: `Trouble` for a part that is damaged, encrypted, or unpacks to far more than it is.
  func part(_ name: String) throws(Trouble) -> [UInt8]? {
    guard let part = parts[name] else { return nil }
    guard !part.isEncrypted else {
      throw Trouble("is encrypted: open it with its password and save it without one", file: file)
    }
    let isTooLarge = part.size > Limit.size
    let isBomb = part.size > Limit.harmlessSize && part.size / max(1, part.packedSize) > Limit.ratio
    guard !isTooLarge, !isBomb else {
      throw Trouble(
        "its part \(name.visible) would unpack from \(part.packedSize) to \(part.size) bytes, as "
          + "no document does: save it anew, or as plain text (.txt)", file: file)
    }
    var bytes = [UInt8](repeating: 0, count: Int(part.size))
    let count = concord_zip_read(zip, part.index, &bytes, bytes.count)
    guard count >= 0 else {
      throw Trouble(
        "its part \(name.visible) is damaged: open the file in the program that made it and save it "
          + "anew", file: file)
    }
    bytes.removeLast(bytes.count - Int(count))
    return bytes
  }

  private static func directory(
    of zip: OpaquePointer, _ file: String
  ) throws(Trouble) -> [String: Part] {
    var parts: [String: Part] = [:]
    var total: UInt64 = 0
    for index in 0..<concord_zip_count(zip) {
      var part = concord_zip_part()
      guard concord_zip_describe(zip, index, &part) == 0, let name = part.name else {
        throw trouble(Int32(concord_zip_damaged), file)
      }
      let path = String(cString: name)
      guard part.isLink == 0, !leadsOutside(path) else {
        throw Trouble(
          "its part \(path.visible) leads out of it, as no document does: save it anew in the program "
            + "that made it", file: file)
      }
      let (sum, isOver) = total.addingReportingOverflow(part.size)
      guard !isOver, sum <= Limit.total else {
        throw Trouble(
          "would unpack to more than \(Limit.total >> 30) GB, as no document does: save it anew, or "
            + "as plain text (.txt)", file: file)
      }
      total = sum
      parts[path] = Part(
        index: index, size: part.size, packedSize: part.packedSize,
        isEncrypted: part.isEncrypted != 0)
    }
    return parts
  }

  private static func leadsOutside(_ path: String) -> Bool {
    let parts = path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return path.hasPrefix("/") || path.hasPrefix("\\") || parts.contains("..")
      || parts.first.map { $0.count == 2 && $0.hasSuffix(":") } ?? false
  }

  private static func trouble(_ status: Int32, _ file: String) -> Trouble {
    switch Int(status) {
    case concord_zip_crowded:
      Trouble(
        "holds more than \(Limit.parts) parts, as no document does: save it as plain text (.txt), "
          + "and name that file", file: file)
    case concord_zip_no_memory: Trouble("there is not enough memory to unpack it", file: file)
    default:
      Trouble(
        "is a damaged packed file: it was cut off or changed on its way; save or copy it anew",
        file: file)
    }
  }
}
