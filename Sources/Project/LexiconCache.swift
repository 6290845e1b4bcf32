internal import Bitext
internal import Formats
internal import Segmentation

/// Lexicons in the form that needs no parsing, kept under the user's cache folder by the content
/// of the files that they came from: safe to delete, and never stale.
struct LexiconCache {
  /// `nil` keeps nothing.
  private let folder: String?

  /// The cache in the folder that XDG_CACHE_HOME or HOME names in an environment.
  init(isOn: Bool = true, environment: (String) -> String?) {
    let base = environment("XDG_CACHE_HOME") ?? environment("HOME").map { $0 + "/.cache" }
    folder = isOn ? base.map { $0 + "/concord" } : nil
  }

  /// The word list that travels inside the program.
  func builtin() -> Lexicon {
    let text = Lexicon.builtinText
    return kept(text) ?? keep(.builtin, text)
  }

  /// The word list in a file, also a gzipped one.
  func lexicon(_ path: String) throws(Trouble) -> Lexicon {
    let packed = try Files.read(path)
    if let known = kept(packed) { return known }
    return keep(try Lexicon.parse(try Files.unpacked(packed, path), file: path), packed)
  }

  private func kept(_ content: [UInt8]) -> Lexicon? {
    guard let path = path(content), Files.kind(of: path) == .file,
      let bytes = try? Files.read(path)
    else { return nil }
    return Lexicon(compiled: bytes)
  }

  /// Writes a lexicon; where that fails, the next run parses again.
  private func keep(_ lexicon: Lexicon, _ content: [UInt8]) -> Lexicon {
    guard let path = path(content), let folder else { return lexicon }
    do {
      try Files.makeDirectories(folder)
      let file = try OutputFile.replacing(path)
      try file.write(lexicon.compiled())
      try file.finish()
    } catch {
      // A cache that cannot be written is no trouble.
    }
    return lexicon
  }

  private func path(_ content: [UInt8]) -> String? {
    folder.map { "\($0)/lexicon-\(Lexicon.compiledVersion)-\(ContentHash(of: content).text)" }
  }
}
