public import Bitext

/// The two languages of a list that holds pairs of terms.
public struct TermPairLanguages: Sendable, Hashable {
  public var source: LanguageTag
  public var target: LanguageTag

  public init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }
}

extension Concept {
  /// The terms of a language, the preferred one first.
  func terms(in language: LanguageTag) -> [Term] {
    let own = terms.filter { $0.language == language }
    return TermStatus.allCases.flatMap { status in own.filter { $0.status == status } }
  }

  /// The text of the first property of a name that the concept has as a whole.
  func property(_ name: String) -> String? {
    properties.first { $0.name == name && $0.language == nil }?.value
  }
}

extension String {
  /// Without what would end a field or a line of a list, and whether it was there.
  var onOneLine: (text: String, isChanged: Bool) {
    guard utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
      return (self, false)
    }
    let flat = utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? UInt8(0x20) : $0 }
    return (String(decoding: flat, as: UTF8.self), true)
  }

  /// A cell of one term, whatever it holds: a bar parts no terms in it.
  var literalCell: String { joinTerms([self]) }
}

/// Counts what a list could not keep, and says it once for each reason.
struct ListLosses {
  private var counts: [(reason: String, count: Int, example: String)] = []

  mutating func add(_ reason: String, _ example: String) {
    if let index = counts.firstIndex(where: { $0.reason == reason }) {
      counts[index].count += 1
    } else {
      counts.append((reason, 1, example))
    }
  }

  var warnings: [Warning] {
    counts.map { Warning("\($0.reason) (\($0.count), such as '\($0.example.visible)')") }
  }
}
