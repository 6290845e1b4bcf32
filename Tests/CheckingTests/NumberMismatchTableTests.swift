import Bitext
import TestSupport
import Testing

@testable import Checking

/// Pairs that say the same in numbers, each quiet in both directions, and pairs that do not.
@Suite struct NumberMismatchTableTests {
  @Test(
    arguments: [
      // Values and units.
      ("投资300亿元", "an investment of RMB30 billion"), ("增长8.5%", "up by 8.5 per cent"),
      ("百分之八", "8%"), ("第3届和第四届", "the third and the 4th"), ("0至0.25厘", "0–0.25%"),
      ("2014/15年度", "the year 2014–15"), ("3家至5家", "from three to five firms"),
      ("1平方公里", "100 hectares"), ("三分之一", "a third of it"), ("2万名", "20 thousand people"),
      // One, a half and two as parts of speech.
      ("进一步推进", "further progress"), ("一家银行", "a bank"), ("首批牌照", "the first licences"),
      ("最大的之一", "one of the largest"), ("这两者", "these"), ("参见图1，第一批", "the first, see Chart 1"),
      // Dates, part by part.
      ("2015年12月31日", "31 December 2015"), ("12月16日和17日", "on 16 and 17 December"),
      ("2015年3月至5月", "from March to May 2015"), ("2016年，4月和5月", "in April and May 2016"),
      ("7月31日至8月4日", "31 July to 4 August"), ("# 3月", "# MARCH"), ("# 5月", "# MAY"),
      ("2015年底为3%，2016年底为4%", "4% at the end of 2016, from 3% in 2015"),
      // Years without their number, and years carried on.
      ("去年增长3%", "up by 3% in 2016"), ("2014年底的5%", "5% a year earlier"),
      ("年內增长3%", "up by 3% in 2015"), ("2015年不错。2015年底为3%。", "At the end of 2015 it was 3%."),
      ("今年4月1日", "1 April 2017"), ("第4季升3%", "up by 3% in the last quarter"),
      // Numbers that other words imply.
      ("过去10年", "over the past decade"), ("全球百大公司", "the top 100 firms"),
      ("每三年一度的调查", "the triennial survey"),
      ("雙重認證及8天", "8 days and two-factor authentication"), ("24小时服务", "round-the-clock service"),
      ("二十國集團", "the G20"), ("不足1年", "less than a full year"), ("半年度报告", "the half-yearly report"),
      ("值为0", "the value is zero"), ("32 位系统", "a 32bit system"),
      ("Python 3.10 及更高", "in Python 3.10 and up"),
      ("每5秒", "every 5th second"),
      // The same in other numbers, and what news add for their readers.
      ("增长了两倍", "it has tripled"), ("增加三倍", "increased fourfold"), ("缩短三分之一", "a third less"),
      ("共1000亩", "67 hectares in all"), ("投资32亿元", "3.2 billion yuan ($444 million)"),
      ("5月18日开幕", "It opened on Sunday."), ("开幕", "It opened on Sunday."),
      ("近2000年的历史", "nearly 2,000 years of history"), ("一百年前", "a century ago"),
      // Names and marks.
      ("巴塞爾協定三", "Basel III"), ("點對點支付", "P2P payments"), ("已经公布。1 其他", "as announced. Others"),
      ("评级1、治理", "ratings1, governance"), ("银行會議(EMEAP)5 轄下", "meetings (EMEAP) of"),
      ("儘管美國在1 2 月加息，2 0 1 5 年平稳", "stable in 2015, though rates rose in December"),
    ] as [(String, String)])
  func saysTheSame(_ chinese: String, _ english: String) {
    #expect(NumberOracle.check(chinese, english).isEmpty)
    #expect(NumberOracle.check(english, chinese, isReversed: true).isEmpty)
  }

  @Test(
    arguments: [
      ("投资300亿元", "an investment of 3 billion yuan"), ("投资300亿元", "an investment of £30 billion"),
      ("增长8.5%", "up by 8.6%"), ("增长8.5%", "up by  %"), ("第7届", "the eighth"), ("共5期", "4 issues"),
      ("2015年12月31日", "31 December"), ("12月16日", "December"),
      ("12月16日", "16 of them"), ("2015年3月", "March"), ("3月21日", "21st day"), ("5月3日", "May 4"),
      ("2015年和2016年", "2015 and 2017"), ("2015年底", "2051"), ("表3", "Table 4"),
      ("比例为80：20", "a ratio of :20"), ("三家公司", "four companies"), ("两家公司", "three companies"),
      ("十四家公司", "firms"), ("见附注3", "see note 31"), ("1.2.3 版", "version 1.2.4"),
      ("5月", "June"), ("第一季", "in the second quarter"), ("上午9时30分", "at 9:40 a.m."),
      ("3至5公里", "3 to 6 km"), ("3至5公里", "3 km"), ("1个月", "11 months"), ("10元", "100 yuan"),
      ("共1000亩", "70 hectares"), ("是原来的两倍", "it has tripled"), ("缩短三分之一", "a fourth less"),
      ("周三", "Thursday"), ("1宗申请", "10 applications"), ("第10季", "the first quarter"),
      ("投资32亿元", "3.2 billion yuan and $444 million"),
    ] as [(String, String)])
  func saysSomethingElse(_ chinese: String, _ english: String) {
    #expect(!NumberOracle.check(chinese, english).isEmpty)
    #expect(!NumberOracle.check(english, chinese, isReversed: true).isEmpty)
  }

  /// Random numbers, written as each language writes them, in another order: quiet; and with one of
  /// them changed: found, at the changed one.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func numbersAreComparedByValue(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let numbers = (0..<1 + random.below(6)).map { _ in NumberOracle.Written(&random) }
    let chinese = numbers.map(\.chinese).joined(separator: "，此外")
    let english = numbers.shuffled(using: &random)
    let text = english.map(\.english).joined(separator: ", besides ")
    #expect(NumberOracle.check(chinese, text).isEmpty, "\(chinese) / \(text)")
    var changed = english
    let index = random.below(changed.count)
    changed[index] = changed[index].changed
    let wrong = changed.map(\.english).joined(separator: ", besides ")
    let found = NumberOracle.check(chinese, wrong)
    #expect(found.map(\.found) == [changed[index].english], "\(chinese) / \(wrong)")
    #expect(found.map(\.term) == [english[index].chinese], "\(chinese) / \(wrong)")
  }

  @Test func whatIsFoundDoesNotDependOnTheDirection() {
    for (left, right) in [("共300棵", "31 trees"), ("2015年3月", "March"), ("增长3%，共50家", "up by 3%")] {
      let there = NumberOracle.check(left, right)
      let back = NumberOracle.check(right, left, isReversed: true)
      #expect(there.count == back.count)
      #expect(there.map(\.severity) == back.map(\.severity))
    }
  }
}

/// Numbers written without the recogniser's help.
enum NumberOracle {
  struct Written {
    var value: Int
    /// 0: a count, 1: money in 亿, 2: percent, 3: 万.
    var form: Int

    init(_ random: inout SeededGenerator) {
      // Ten apart, so that no change of one makes another of the list.
      value = 13 + random.below(88) * 10
      form = random.below(4)
    }

    var changed: Written {
      var copy = self
      copy.value += 1
      return copy
    }

    var chinese: String {
      switch form {
      case 1: "\(value)亿元"
      case 2: "\(value)%"
      case 3: "\(value)万"
      default: "\(value)"
      }
    }

    var english: String {
      switch form {
      case 1: "\(value / 10).\(value % 10) billion yuan"
      case 2: "\(value) percent"
      case 3: "\(value)0000"
      default: "\(value)"
      }
    }
  }

  static func check(_ source: String, _ target: String, isReversed: Bool = false) -> [Diagnostic] {
    let languages: (LanguageTag, LanguageTag) =
      isReversed ? (.english, .simplifiedChinese) : (.simplifiedChinese, .english)
    let pair = ParallelText(
      source: MarkedText(source).document("source", languages.0),
      target: MarkedText(target).document("target", languages.1),
      beads: [Bead(source: 0..<1, target: 0..<1, score: 1)], isAligned: false)
    return Checker(termbase: Termbase(), languages: []).check(pair, direction: .forward)
      .filter { $0.rule == RuleName.numberMismatch.rawValue }
  }
}
