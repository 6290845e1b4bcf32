internal import Bitext
internal import Formats

/// What earlier runs of `check` found, in one file a project under the user's cache folder, by the
/// content of the documents and of everything else that findings depend on: safe to delete, and
/// never stale.
struct CheckCache {
  private static let magic: UInt64 = 0x434E_4344_4348_4B31

  /// `nil` keeps nothing.
  private let path: String?
  /// What earlier runs have found, the newest first.
  private var earlier: [Entry] = []
  private var known: [UInt64: ArraySlice<UInt8>] = [:]
  /// What this run has found or used again.
  private var kept: [Entry] = []
  private var isChanged = false

  private typealias Entry = (key: UInt64, bytes: ArraySlice<UInt8>)

  /// As much as this of what a run did not ask for stays, and at least as much as it did: a check
  /// of three files must not cost the whole tree its cache.
  private static let spareBytes = 8 << 20

  /// Opens what the last run of a project left; a damaged file counts as none.
  ///
  /// - Parameters:
  ///   - project: what tells this project from others.
  ///   - isOn: whether anything is kept at all.
  ///   - environment: in which XDG_CACHE_HOME or HOME name the folder.
  init(project: ContentHash, isOn: Bool, environment: (String) -> String?) {
    let base = environment("XDG_CACHE_HOME") ?? environment("HOME").map { $0 + "/.cache" }
    path = isOn ? base.map { "\($0)/concord/check-\(project.text)" } : nil
    guard let path, Files.kind(of: path) == .file, let bytes = try? Files.read(path) else {
      return
    }
    earlier = Self.entries(bytes) ?? []
    for entry in earlier { known[entry.key] = entry.bytes }
  }

  /// What is known under a key.
  func value<Value: BinaryCodable>(for key: ContentHash) -> Value? {
    guard let bytes = known[key.value] else { return nil }
    var reader = BinaryReader(bytes)
    guard let value = try? reader.read(Value.self), reader.isAtEnd else { return nil }
    return value
  }

  /// Keeps what was found by this run.
  mutating func keep(_ value: some BinaryCodable, for key: ContentHash) {
    guard path != nil else { return }
    var writer = BinaryWriter()
    writer.write(value)
    kept.append((key.value, writer.bytes[...]))
    isChanged = true
  }

  /// Keeps what an earlier run has found.
  mutating func keepKnown(_ key: ContentHash) {
    guard let bytes = known[key.value] else { return }
    kept.append((key.value, bytes))
  }

  /// Writes what is to be kept; where that fails, the next run checks again.
  func finish() {
    guard let path, isChanged else { return }
    var body: [UInt8] = []
    func append(_ entry: Entry) {
      for number in [entry.key, UInt64(entry.bytes.count)] { body += number.littleEndianBytes }
      body += entry.bytes
    }
    kept.forEach(append)
    let limit = body.count + max(body.count, Self.spareBytes)
    let keys = Set(kept.map(\.key))
    for entry in earlier where !keys.contains(entry.key) {
      if body.count + entry.bytes.count > limit { break }
      append(entry)
    }
    do {
      try Files.makeDirectories(Files.directory(of: path))
      let file = try OutputFile.replacing(path)
      try file.write(Self.magic.littleEndianBytes)
      try file.write(ContentHash(of: body).value.littleEndianBytes)
      try file.write(body)
      try file.finish()
    } catch {
      // A cache that cannot be written is no trouble.
    }
  }

  private static func entries(_ bytes: [UInt8]) -> [Entry]? {
    guard bytes.count >= 16, UInt64(littleEndian: bytes[..<8]) == magic,
      UInt64(littleEndian: bytes[8..<16]) == ContentHash(of: bytes[16...]).value
    else { return nil }
    var entries: [Entry] = []
    var place = 16
    while place < bytes.count {
      guard place + 16 <= bytes.count else { return nil }
      let count = UInt64(littleEndian: bytes[place + 8..<place + 16])
      guard count <= UInt64(bytes.count - place - 16) else { return nil }
      let start = place + 16
      let key = UInt64(littleEndian: bytes[place..<place + 8])
      entries.append((key, bytes[start..<start + Int(count)]))
      place = start + Int(count)
    }
    return entries
  }
}

extension UInt64 {
  fileprivate var littleEndianBytes: [UInt8] {
    stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: self >> UInt64($0)) }
  }

  fileprivate init(littleEndian bytes: ArraySlice<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
