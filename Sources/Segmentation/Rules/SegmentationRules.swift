public import Bitext
internal import CBuiltin
internal import Synchronization

/// Rules for where sentences end, as SRX 2.0 describes them: for each language an ordered list of
/// places that are a break or are none.
public struct SegmentationRules: Sendable {
  /// A place in a text, by what stands before and after it, and whether it is a break. The first
  /// rule of a list that fits a place decides.
  struct Rule: Sendable, Hashable {
    var isBreak: Bool
    /// ICU regular expressions.
    var before: String
    var after: String
    /// In the file, from 1.
    var line: Int
  }

  struct LanguageMap: Sendable {
    /// An ICU regular expression for a whole language tag, without regard to case.
    var pattern: String
    /// The name of a list of rules.
    var name: String
    var line: Int
  }

  /// What decides where no rule does.
  enum Base: Sendable {
    /// Nothing: there is no break, as SRX says.
    case none
    /// The sentence boundaries of Unicode (UAX 29), as ICU has them.
    case unicode
  }

  /// Where the rules came from: a path for messages.
  public let file: String
  /// Whether all the lists that a language is mapped to hold, in order, or only the first.
  var cascades = true
  var base = Base.none
  var lists: [String: [Rule]] = [:]
  var maps: [LanguageMap] = []
  private var compiled = CompiledLists()

  init(file: String) { self.file = file }

  /// The rules that hold when no others are given.
  public static let builtin = parsed(builtinSRX, file: "segmentation.srx")

  /// The file of ``builtin``, in UTF-8: to copy and change.
  public static var builtinSRX: [UInt8] {
    Array(UnsafeBufferPointer(start: concord_rules_bytes(), count: concord_rules_size()))
  }

  private static func parsed(_ bytes: [UInt8], file: String) -> SegmentationRules {
    do throws(Trouble) {
      return try SegmentationRules(srx: bytes, file: file, isTrusted: true)
    } catch {
      // The tests read the file as it is shipped.
      preconditionFailure("the rules that Concord ships with are broken: \(error)")
    }
  }

  /// Whether any list of rules is mapped to a language.
  ///
  /// - Throws: `Trouble` for a language pattern that takes too long.
  public func cover(_ language: LanguageTag) throws(Trouble) -> Bool {
    let compiled = try compiled(for: language)
    return base == .unicode || !compiled.rules.isEmpty
  }

  /// The rules of a language, compiled once however many documents there are.
  func compiled(for language: LanguageTag) throws(Trouble) -> CompiledRules {
    if let known = compiled.known.withLock({ $0[language] }) { return known }
    let made = try CompiledRules(rules(for: language), file: file)
    compiled.known.withLock { $0[language] = made }
    return made
  }

  /// Copies of a rule set share what was compiled.
  private final class CompiledLists: Sendable {
    let known = Mutex<[LanguageTag: CompiledRules]>([:])
  }

  /// The rules of a language, in the order in which they are asked.
  func rules(for language: LanguageTag) throws(Trouble) -> [Rule] {
    var result: [Rule] = []
    let spellings = Self.spellings(of: language)
    for map in maps {
      let pattern = try RegularExpression(
        map.pattern, ignoringCase: true, file: file, line: map.line, what: "languagepattern")
      var matches = false
      for tag in spellings where !matches { matches = try pattern.matches(tag) }
      guard matches else { continue }
      result += lists[map.name] ?? []
      if !cascades { break }
    }
    return result
  }

  /// The ways in which files write a tag: `zh-Hans` is meant by patterns for zh-CN, zh_CN and zh
  /// too.
  private static func spellings(of language: LanguageTag) -> [String] {
    let full = LanguageMatching.maximized(language)
    var tags = [language.canonical]
    if let region = full.region { tags.append("\(full.language)-\(region)") }
    if let script = full.script { tags.append("\(full.language)-\(script)") }
    tags.append(full.language)
    return tags.flatMap { [$0, String($0.map { $0 == "-" ? "_" : $0 })] }
  }
}
