package import Bitext
internal import Segmentation

/// Tells the words of a language with which no phrase that reads well begins or ends: articles,
/// prepositions, conjunctions, pronouns, auxiliaries, 的, 及.
///
/// Fewer than ``SmallWords``, which are all that terms do not begin or end with: "takes place",
/// 5月 and 提供服务 are phrases.
package struct PhraseEdges: Sendable {
  private let edges: Set<String>
  /// Those that only end none: "one" of something.
  private let ends: Set<String>
  /// Those that change what the words behind them mean, and so may begin a phrase.
  private let negations: Set<String>
  /// Prepositions that make one thing with a single word behind them: "for example", "by default".
  private let prepositions: Set<String>

  /// Of a language without a list no word is one.
  package init(_ language: LanguageTag) {
    if language.isChinese {
      self.init(
        edges: Self.chinese, ends: "一个 一种 一些 几个 多个", negations: "不 没 没有 未 无 非",
        prepositions: "")
    } else if language.language == "en" {
      self.init(
        edges: Self.english, ends: "", negations: "no not nor without neither",
        prepositions: "in on at by for with without under per within as")
    } else {
      self.init(edges: "", ends: "", negations: "", prepositions: "")
    }
  }

  private init(edges: String, ends: String, negations: String, prepositions: String) {
    func words(_ text: String) -> Set<String> {
      Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
    self.negations = words(negations)
    self.edges = words(edges)
    self.ends = self.edges.union(self.negations).union(words(ends))
    self.prepositions = words(prepositions)
  }

  /// Whether a phrase does not begin with a word.
  ///
  /// - Parameter word: as the text writes it: "US" is no pronoun.
  /// - Returns: `false` too for a word of a language without a list.
  package func isBadStart(_ word: String) -> Bool {
    key(word).map(edges.contains) ?? false
  }

  /// Whether a phrase does not end with a word, as the text writes it.
  package func isBadEnd(_ word: String) -> Bool { key(word).map(ends.contains) ?? false }

  /// Whether a word before a single other one makes a phrase with it.
  package func introduces(_ word: String) -> Bool { key(word).map(prepositions.contains) ?? false }

  /// A word as the lists have it; `nil` for an acronym.
  private func key(_ word: String) -> String? {
    guard word.unicodeScalars.count < 2 || word.contains(where: { !$0.isUppercase }) else {
      return nil
    }
    return String(decoding: MatchKey(word).bytes, as: UTF8.self)
  }

  private static let english = """
    a an the this that these those of and or but to in on at by for with from into onto upon
    over under between among during through per via within against towards toward across
    about above below after before since until as than then if unless whether because although
    though while whereas when where why how who whom whose which what i you he she it we they me
    him them us my your his its our their is are was were be been being am do does did has have had
    can could will would shall should may might must it's there so such each every any some both
    either another however therefore thus hence also just only too very
    """

  private static let chinese = """
    的 中的 了 着 和 与 及 以及 或 或者 在 为 将 把 被 对 对于 从 到 以 于 由 由于 向 给 比 按 按照 根据 即 如
    如果 因 因为 因此 所以 之 所 让 使 令 而 而且 且 并 并且 又 也 也可以 都 就 还 但 但是 是 也是 就是 都是 还是
    我 你 他 她 它 们 我们 你们 他们 她们 它们 其 此 该 这 那 这个 那个 这些 那些 某 各 每 等 会 能 可 可以
    可能 应 应该 须 必须 能够 将会 已 已经 曾 曾经 正在 则 若 虽然 尽管 然而 不过 吗 呢 吧 啊 只 才 亦 仍 均
    """
}
