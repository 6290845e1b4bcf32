internal import Bitext
internal import Segmentation

/// The words of a language that terms do not begin with, end with, or hold.
struct TermVocabulary: Sendable {
  private let function: Set<UInt64>
  private let breaks: Set<UInt64>

  /// Languages without a list have no such words; statistics must do.
  static func of(_ language: LanguageTag) -> TermVocabulary {
    if language.isChinese { return .chinese }
    return language.language == "en" ? .english : TermVocabulary(function: "", breaks: "")
  }

  /// What a word may do, by its key tokens.
  func traits(of tokens: ArraySlice<KeyToken>, isAcronym: Bool) -> PhraseText.Traits {
    let key = PhraseKey.of(tokens.lazy.map(\.hash))
    // US is no pronoun, and IT neither.
    if isAcronym { return [] }
    if breaks.contains(key) { return [.breaks, .function] }
    return function.contains(key) ? .function : []
  }

  private init(function: String, breaks: String) {
    self.function = Self.keys(function)
    self.breaks = Self.keys(breaks)
  }

  private static func keys(_ words: String) -> Set<UInt64> {
    Set(words.split { $0 == " " || $0 == "\n" }.map { PhraseKey.of(String($0)) })
  }

  private static let english = TermVocabulary(
    function: """
      a an the of and or to in on at by for with from into onto upon over under between among during
      through per via within without against towards toward across about above below after before
      since until along around behind beyond near amid amidst throughout as well both either
      each every all any some no other others another more most less least much many few several
      own same very too so just only also still even ever never again further once here there now
      such various certain following including respective etc e.g i.e mr mrs ms dr prof
      """,
    breaks: """
      i you he she it we they me him them us my your his its our their
      this that these those who whom whose which what when where why how while whereas because if
      although though unless whether than then but nor yet not is are was were be been being am do
      does did done doing has have had having can could will would shall should may might must
      however therefore thus hence meanwhile moreover furthermore nevertheless according said says
      say make makes made take takes took taken give gives gave given continue continued continues
      remain remained remains become became becomes provide provided provides include
      included includes seek sought help helped helps ensure ensured ensures require
      required requires allow allowed allows
      """)

  private static let chinese = TermVocabulary(
    function: """
      在 和 与 及 或 等 为 将 把 被 对 从 到 以 于 由 向 给 比 按 每 各 某 即 如 因 之 所 让 使 令 而 且 并 又
      也 都 就 还 更 最 已 曾 不 没 未 无 有 着 过 后 前 中 内 外 间 时 上 下 来 去 约 近 逾 达 至 经
      年 月 日 个 项 名 位 届 次 批 份 亿 万 千 百 多 本 该 其 此 这 那 以及 包括 至于 对于
      由于 根据 按照 透过 通过 作为 有关 关于 相关 其他 其它 各项 各类 一些 一个 多个 若干 大部分 部分 以下
      以上 之间 之后 之前 期间 同时 目前 现时 今年 去年 明年 全年 当中 其中 方面 进行 作出 提供 继续 进一步 成为
      可 须 应 需 仍 均 只 才 亦 则 若 合共 分别 以便 以来 左右 截至 随着
      """,
    breaks: """
      的 了 是 我 你 他 她 它 们 我们 你们 他们 她们 它们 这些 那些 这个 那个 哪些 什么 怎么 如何 为什么 因此 因为
      所以 但 但是 不过 然而 虽然 尽管 如果 若果 假如 而且 并且 或者 可以 可能 应该 必须 能够 将会 已经 正在
      曾经 没有 不是 就是 也是 都是 还是 仍然 吗 呢 吧 啊 说 称 表示 认为 指出
      """)
}
