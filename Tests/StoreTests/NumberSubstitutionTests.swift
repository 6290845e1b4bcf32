import Bitext
import TestSupport
import Testing

@testable import Store

@Suite struct NumberSubstitutionTests {
  /// A query, a unit and what is expected of its target; `nil` where no way is certain.
  struct Case: Sendable, CustomTestStringConvertible {
    var query: String
    var source: String
    var target: String
    var expected: String?

    init(_ query: String, _ source: String, _ target: String, _ expected: String?) {
      (self.query, self.source, self.target, self.expected) = (query, source, target, expected)
    }

    var testDescription: String { "\(query) ← \(source)" }
  }

  private func substitution(_ item: Case) -> NumberSubstitution {
    let isChinese = item.target.unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value }
    return NumberSubstitution(
      query: NumberedText(item.query), source: item.source, target: item.target,
      language: isChinese ? .simplifiedChinese : .english)
  }

  static let certain: [Case] = [
    Case("2027年开放。", "2026年开放。", "It opens in 2026.", "It opens in 2027."),
    Case("It opens in 2027.", "It opens in 2026.", "2026年开放。", "2027年开放。"),
    Case(
      "2027年上半年增长5.2%。", "2025年上半年增长5.2%。", "It grew 5.2% in the first half of 2025.",
      "It grew 5.2% in the first half of 2027."),
    Case(
      "投资达450亿元。", "投资达300亿元。", "Investment reached 30 billion yuan.",
      "Investment reached 45 billion yuan."),
    Case(
      "投资达3050亿元。", "投资达300亿元。", "Investment reached 30 billion yuan.",
      "Investment reached 305 billion yuan."),
    Case("增长7.25%。", "增长6.5%。", "It grew by 6.5%.", "It grew by 7.25%."),
    Case("增长7.50%。", "增长6.5%。", "It grew by 6.5 percent.", "It grew by 7.50 percent."),
    Case("1,950 people came.", "1,200 people came.", "来了1200人。", "来了1950人。"),
    Case("来了12,500人。", "来了950人。", "950 people came.", "12,500 people came."),
    Case("全长3–8公里", "全长3–5公里", "3–5 km long", "3–8 km long"),
    Case("2026年9月15日", "2026年9月12日", "September 12, 2026", "September 15, 2026"),
    Case("2025年9月12日", "2026年9月12日", "September 12, 2026", "September 12, 2025"),
    Case("会议9:45开始", "会议9:30开始", "The meeting starts at 9:30", "The meeting starts at 9:45"),
    Case("１５台泵", "１２台泵", "12 pumps", "15 pumps"),
    Case("四十台泵", "三十台泵", "30 pumps", "40 pumps"),
    Case("一台泵重40kg", "一台泵重35kg", "One pump weighs 35kg", "One pump weighs 40kg"),
    Case(
      "占地15万平方米", "占地13.8万平方米", "covering 138,000 square meters",
      "covering 150,000 square meters"),
  ]

  @Test(arguments: certain) func aNumberThatStandsOnceIsSubstituted(_ item: Case) throws {
    guard case .substituted(let target, let list) = substitution(item) else {
      Issue.record("not substituted: \(substitution(item))")
      return
    }
    #expect(target == item.expected)
    #expect(list.count == 1)
  }

  static let uncertain: [Case] = [
    // Twice in the target, or not at all, or in words.
    Case("5 valves", "3 valves", "3个阀门（3个）", nil), Case("5 valves", "3 valves", "阀门", nil),
    Case("5 valves", "3 valves", "三个阀门", nil), Case("共5个", "共3个", "three in all", nil),
    // The same number twice in the source.
    Case("3 pumps and 5 valves", "3 pumps and 3 valves", "3台泵和3个阀门", nil),
    // What stands beside the number would have to change.
    Case("2个文件", "1个文件", "1 file", nil), Case("1个文件", "3个文件", "3 files", nil),
    Case("第2名", "第1名", "1st place", nil), Case("增长7%", "增长8%", "an 8% rise", nil),
    Case("80年代", "90年代", "the 1990s", nil), Case("0.5米长", "2米长", "2 metres long", nil),
    // A number that was reckoned from the one that differs.
    Case("全长8公里", "全长5公里", "5 km (3.1 miles) long", nil),
    Case("投资30亿元", "投资20亿元", "2 billion yuan ($280 million) was invested", nil),
    // Months in words.
    Case("2026年6月", "2026年5月", "May 2026", nil),
    // More than numbers differ.
    Case("The new bridge opened in 2026", "The bridge opened in 2024", "大桥于2024年开通", nil),
    Case("5台泵", "5米泵", "5 m pump", nil),
    // Names.
    Case("A330型", "A320型", "type A320", nil), Case("6G网络", "5G网络", "5G network", nil),
  ]

  @Test(arguments: uncertain) func whatIsNotCertainIsLeft(_ item: Case) {
    if case .substituted(let target, _) = substitution(item) {
      Issue.record("substituted: \(target)")
    }
  }

  @Test func languagesWithOtherPluralsKeepTheirNumbers() throws {
    func target(_ language: String, _ query: String, _ source: String, _ target: String) throws
      -> String?
    {
      let language = try #require(LanguageTag(language))
      let found = NumberSubstitution(
        query: NumberedText(query), source: source, target: target, language: language)
      if case .substituted(let text, _) = found { return text }
      return nil
    }
    #expect(try target("ru", "22 files", "5 files", "5 файлов") == nil)
    #expect(try target("de", "22 files", "5 files", "5 Dateien") == "22 Dateien")
    #expect(try target("de", "1 file", "5 files", "5 Dateien") == nil)
    #expect(try target("ru", "It opens in 2027", "It opens in 2026", "Открытие в 2026") != nil)
    // 1.5 would be written 1,5.
    #expect(try target("de", "1.5 km", "2 km", "2 km") == nil)
  }

  @Test func anotherWayOfWritingANumberIsNoOtherNumber() {
    let same = NumberSubstitution(
      query: NumberedText("来了1,200人"), source: "来了1200人", target: "1,200 people came",
      language: .english)
    #expect(same == .same(isSameText: true))
    let none = NumberSubstitution(
      query: NumberedText("no number"), source: "no numbers", target: "没有", language: .english)
    #expect(none == .same(isSameText: false))
  }

  // MARK: Against texts that were written with the other numbers

  /// A sentence in two languages with places for numbers, each written by a rule of its own.
  private struct Template: Sendable {
    var chinese: @Sendable ([Int]) -> String
    var english: @Sendable ([Int]) -> String
    /// What numbers may stand at each place.
    var places: [ClosedRange<Int>]
  }

  private static func grouped(_ value: Int) -> String {
    value < 1000 ? "\(value)" : "\(value / 1000),\(String(value % 1000 + 1000).dropFirst())"
  }

  /// Tenths as a decimal.
  private static func tenths(_ value: Int) -> String {
    value % 10 == 0 ? "\(value / 10)" : "\(value / 10).\(value % 10)"
  }

  private static let templates: [Template] = [
    Template(
      chinese: { "\($0[0])年，该市接待游客\($0[1])人次。" },
      english: { "In \($0[0]), the city received \(grouped($0[1])) visitors." },
      places: [1990...2040, 2...9999]),
    Template(
      chinese: { "投资\($0[0])亿元，增长\(tenths($0[1]))%。" },
      english: {
        "Investment came to \(tenths($0[0])) billion yuan, up \(tenths($0[1])) percent."
      }, places: [11...9000, 1...400]),
    Template(
      chinese: { "从\($0[0])人增加到\($0[1])人，共\($0[2])次。" },
      english: {
        "It rose from \($0[0]) people to \(grouped($0[1])) people, \($0[2]) times in all."
      },
      places: [2...30, 2...3000, 2...30]),
    Template(
      chinese: { "会议于\($0[0])年9月\($0[1])日召开，\($0[2])家单位参加。" },
      english: {
        "The meeting was held on September \($0[1]), \($0[0]), with \($0[2]) organizations."
      }, places: [2000...2030, 1...30, 2...60]),
    Template(
      chinese: { "面积\($0[0])万平方米，高\($0[1])米。" },
      english: {
        "It covers \(grouped($0[0] * 10)),000 square meters and is \($0[1]) meters high."
      },
      places: [2...90, 2...300]),
  ]

  @Test func whatIsSubstitutedIsWhatWouldHaveBeenWritten() {
    var generator = SeededGenerator(seed: 2026)
    var (done, all) = (0, 0)
    for _ in 0..<3000 {
      let template = generator.pick(Self.templates)
      func values() -> [Int] { template.places.map { Int.random(in: $0, using: &generator) } }
      let old = values()
      // Some numbers stay as they are.
      let new = zip(old, values()).map { generator.once(in: 2) ? $0 : $1 }
      guard old != new else { continue }
      let toEnglish = generator.once(in: 2)
      let source = toEnglish ? template.chinese : template.english
      let target = toEnglish ? template.english : template.chinese
      let found = NumberSubstitution(
        query: NumberedText(source(new)), source: source(old), target: target(old),
        language: toEnglish ? .english : .simplifiedChinese)
      all += 1
      guard case .substituted(let text, let list) = found else { continue }
      done += 1
      // Either way of grouping thousands is right.
      let expected = target(new).replacing(",", with: "")
      #expect(
        text.replacing(",", with: "") == expected, "\(source(new)) ← \(source(old)): \(text)")
      #expect(list.count == zip(old, new).count { $0 != $1 })
    }
    // Most have no number twice, and are done.
    #expect(done * 10 > all * 6, "\(done) of \(all)")
  }
}
