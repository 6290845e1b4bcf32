import Segmentation
import TestSupport
import Testing

/// What is found where: texts with their numbers marked, beside what each means.
@Suite struct NumberRecognizerTests {
  private func expect(
    _ marked: String, _ meanings: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = MarkedText(marked)
    let bytes = text.utf8
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(text.marking(numbers.map(\.range)) == marked, sourceLocation: sourceLocation)
    #expect(numbers.map(\.meaning) == meanings, "\(marked)", sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      ("⟦1,164 家⟧", ["1164 classifier"]),
      ("⟦1,164⟧ companies", ["1164"]),
      ("⟦1\u{A0}164⟧ companies", ["1164"]),
      ("⟦1\u{202F}164\u{202F}000⟧ companies", ["1164000"]),
      ("⟦1⟧ ⟦164⟧ companies", ["1", "164"]),
      ("⟦1164家⟧", ["1164 classifier"]),
      ("⟦１２家⟧", ["12 classifier"]),
      ("⟦１，１６４⟧", ["1164"]),
      ("⟦2.5⟧ and ⟦3⟧.", ["2.5", "3"]),
      ("⟦0.10⟧", ["0.1"]),
      ("⟦1,164⟧,⟦5⟧", ["1164", "5"]),
      ("⟦12⟧,⟦34⟧", ["12", "34"]),
      ("⟦1.164⟧,⟦5⟧", ["1.164", "5"]),
      ("at -⟦5⟧ and +⟦5⟧", ["-5", "5"]),
      ("负⟦5⟧", ["-5"]),
      ("⟦3万5千⟧", ["35000"]),
      ("⟦1亿2000万⟧", ["120000000"]),
      ("⟦300多万⟧", ["3000000"]),
      ("⟦12.5万人次⟧", ["125000 classifier"]),
      ("⟦500-million⟧", ["500000000"]),
      ("⟦5k⟧, ⟦39K⟧", ["5000", "39000"]),
      ("⟦100M⟧ users", ["100000000"]),
    ] as [(String, [String])])
  func digits(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("⟦一百二十三人⟧", ["123 classifier"]),
      ("⟦三十⟧", ["30"]),
      ("⟦十二⟧", ["12 small"]),
      ("⟦两千⟧", ["2000"]),
      ("⟦两千三⟧", ["2300"]),
      ("⟦一万二⟧", ["12000"]),
      ("⟦一千零五⟧", ["1005"]),
      ("⟦三百万⟧", ["3000000"]),
      ("⟦三万亿⟧", ["3000000000000"]),
      ("⟦三萬億⟧", ["3000000000000"]),
      ("⟦十三亿人⟧", ["1300000000 classifier"]),
      ("⟦三亿五千万⟧", ["350000000"]),
      ("⟦一万亿五千万⟧", ["1000050000000"]),
      ("⟦一万二千亿⟧", ["1200000000000"]),
      ("⟦十二点五⟧", ["12.5"]),
      ("⟦廿五⟧", ["25"]),
      ("⟦壹佰贰拾叁元⟧", ["123 yuan"]),
      ("⟦二〇二一⟧", ["2021"]),
      ("⟦七八个⟧", ["7…8 classifier small"]),
      ("⟦三四百家⟧", ["300…400 classifier"]),
      ("⟦十七八岁⟧，⟦十四五岁⟧", ["17…18 year", "14…15 year"]),
      ("⟦二十⟧两银子，⟦三千两百⟧", ["20", "3200"]),
      ("⟦一百多亿年⟧", ["10000000000 year"]),
      ("不足⟦百万⟧", ["1000000"]),
      ("⟦二百五十人⟧", ["250 classifier"]),
      ("⟦三家⟧企业", ["3 classifier small"]),
      ("⟦十余家⟧", ["10 classifier small"]),
      ("过⟦百位⟧", ["100 classifier"]),
      ("⟦百多个⟧", ["100 classifier"]),
      ("⟦半年⟧", ["0.5 year small"]),
      ("⟦三年半⟧", ["3.5 year small"]),
      ("⟦两个半小时⟧", ["2.5 hour small"]),
      ("⟦一半⟧", ["0.5 small"]),
    ] as [(String, [String])])
  func chineseNumerals(_ marked: String, _ meanings: [String]) {
    expect(marked, meanings)
  }

  @Test(
    arguments: [
      ("⟦thirteen days⟧", ["13 day"]),
      ("⟦twenty-five days⟧", ["25 day"]),
      ("⟦Three hundred⟧ people", ["300"]),
      ("⟦one hundred and twenty-three⟧", ["123"]),
      ("⟦two million⟧ and ⟦forty⟧", ["2000000", "40"]),
      ("⟦two thousand and forty⟧", ["2040"]),
      ("⟦a hundred and five⟧", ["105"]),
      ("⟦a dozen⟧", ["12 small"]),
      ("⟦half a million⟧", ["500000"]),
      ("⟦two and a half years⟧", ["2.5 year small"]),
      ("⟦twelve point five⟧", ["12.5"]),
      ("⟦One⟧ of ⟦two⟧", ["1 small", "2 small"]),
      ("⟦30 Billion Yuan⟧ for ⟦2 Million⟧ Homes", ["30000000000 cny", "2000000"]),
      ("⟦twenty-first⟧", ["#21"]),
    ] as [(String, [String])])
  func englishWords(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("⟦百分之八⟧", ["8 percent"]),
      ("⟦百分之八十五⟧", ["85 percent"]),
      ("⟦百分之八点五⟧", ["8.5 percent"]),
      ("⟦百分之8⟧", ["8 percent"]),
      ("⟦百分之百⟧", ["100 percent"]),
      ("百分之，⟦8⟧", ["8"]),
      ("⟦8%⟧", ["8 percent"]),
      ("⟦3.5％⟧，", ["3.5 percent"]),
      ("⟦8 percent⟧ of", ["8 percent"]),
      ("⟦8 per cent⟧ of", ["8 percent"]),
      ("⟦twenty percent⟧", ["20 percent"]),
      ("⟦5‰⟧和⟦千分之五⟧", ["5 perMille", "5 perMille"]),
      ("⟦3个百分点⟧", ["3 percentagePoint"]),
      ("⟦2.5 percentage points⟧", ["2.5 percentagePoint"]),
      ("⟦三成⟧，⟦三成五⟧，⟦五成半⟧", ["30 percent", "35 percent", "55 percent"]),
      ("⟦三分之一⟧", ["1/3 small"]),
      ("⟦two-thirds⟧", ["2/3 small"]),
      ("⟦a quarter⟧ of", ["0.25 small"]),
      ("⟦1/3⟧", ["1/3"]),
      ("⟦3倍⟧, ⟦three times⟧, ⟦threefold⟧", ["3 times", "3 times small", "3 times small"]),
      ("⟦翻一番⟧，⟦翻了两番⟧，⟦doubled⟧", ["2 times small", "4 times small", "2 times small"]),
      ("⟦第三⟧, ⟦3rd⟧, ⟦third⟧", ["#3 small", "#3", "#3 small"]),
    ] as [(String, [String])])
  func sharesAndOrdinals(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("⟦300亿元⟧", ["30000000000 yuan"]),
      ("⟦30 billion yuan⟧", ["30000000000 cny"]),
      ("⟦RMB300 billion⟧", ["300000000000 cny"]),
      ("⟦人民币300亿元⟧", ["30000000000 cny"]),
      ("⟦US$3.5 million⟧", ["3500000 usd"]),
      ("⟦$5m⟧", ["5000000 dollar"]),
      ("⟦5 million dollars⟧", ["5000000 dollar"]),
      ("⟦350万美元⟧", ["3500000 usd"]),
      ("⟦HK$3,564 billion⟧", ["3564000000000 hkd"]),
      ("⟦35,640億港元⟧", ["3564000000000 hkd"]),
      ("⟦€20⟧ or ⟦20 euros⟧ or ⟦20欧元⟧", ["20 eur", "20 eur", "20 eur"]),
      ("⟦￥20⟧ or ⟦£20⟧", ["20 yuanOrYen", "20 gbp"]),
      ("⟦13.8万平方米⟧", ["138000 squareMetre"]),
      ("⟦138,000 square meters⟧", ["138000 squareMetre"]),
      ("⟦50 sq km⟧, ⟦5 km²⟧", ["50 squareKilometre", "5 squareKilometre"]),
      ("⟦500千瓦时⟧和⟦3千瓦⟧", ["500 kilowattHour", "3 kilowatt"]),
      ("⟦三千瓦⟧", ["3 kilowatt small"]),
      ("⟦100 MW⟧", ["100 megawatt"]),
      ("⟦5 m⟧ and ⟦5⟧ M. told us ⟦5⟧", ["5 metre", "5", "5"]),
      ("⟦RMB 300 million⟧", ["300000000 cny"]),
      ("⟦兩個半小時⟧，⟦半個月⟧", ["2.5 hour small", "0.5 month small"]),
      ("at -⟦5℃⟧", ["-5 degreeCelsius"]),
      ("⟦10万标箱⟧", ["100000 teu"]),
      ("⟦30-year⟧", ["30 year"]),
      ("⟦5年⟧，⟦五年⟧", ["5 year", "5 year small"]),
      ("⟦120公里/小时⟧", ["120 kilometrePerHour"]),
      ("时速⟦350公里⟧", ["350 kilometrePerHour"]),
      ("⟦four decades⟧", ["4 decade small"]),
      ("人民币⟦一级⟧", ["1 classifier small"]),
    ] as [(String, [String])])
  func moneyAndMeasures(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("⟦3-5 km⟧", ["3…5 kilometre"]),
      ("⟦3至5公里⟧", ["3…5 kilometre"]),
      ("⟦3～5天⟧", ["3…5 day"]),
      ("between ⟦3 and 5⟧", ["3…5"]),
      ("⟦3⟧ and ⟦5⟧", ["3", "5"]),
      ("⟦3 to 5 million⟧", ["3000000…5000000"]),
      ("⟦300 to 5 million⟧", ["300…5000000"]),
      ("⟦3至5万元⟧", ["30000…50000 yuan"]),
      ("⟦5%-8%⟧", ["5…8 percent"]),
      ("⟦1.5–2.5%⟧", ["1.5…2.5 percent"]),
      ("⟦$3-5 million⟧", ["3000000…5000000 dollar"]),
      ("⟦25个基点⟧至⟦0.75%⟧", ["25 basisPoint", "0.75 percent"]),
      ("⟦2021—2025年⟧", ["y2021…y2025"]),
      ("⟦2021-25⟧", ["y2021…y2025"]),
      ("⟦2015/16⟧", ["y2015…y2016"]),
      ("⟦3至5月⟧", ["m3…m5"]),
      ("⟦10 月15 日至 16 日⟧", ["m10d15…m10d16"]),
      ("⟦1⟧、⟦2月⟧，⟦3⟧、⟦4⟧和⟦5月⟧", ["m1", "m2", "m3", "m4", "m5"]),
      ("⟦3-5日⟧", ["d3…d5"]),
      ("⟦5月3日至8日⟧", ["m5d3…m5d8"]),
      ("⟦May 3-5, 2021⟧", ["y2021m5d3…y2021m5d5"]),
      ("from ⟦May to June 2021⟧", ["y2021m5…y2021m6"]),
    ] as [(String, [String])])
  func ranges(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("⟦2021年5月⟧", ["y2021m5"]),
      ("⟦2021年5月3日⟧", ["y2021m5d3"]),
      ("⟦2021 年 5 月 3 日⟧", ["y2021m5d3"]),
      ("⟦5月3日⟧，⟦5月⟧，⟦五月⟧，⟦十二月⟧", ["m5d3", "m5", "m5", "m12"]),
      ("⟦二〇二一年⟧，⟦二零二一年五月⟧", ["y2021", "y2021m5"]),
      ("⟦2021-05-03⟧ ⟦2021/5/3⟧ ⟦2021.5.3⟧", ["y2021m5d3", "y2021m5d3", "y2021m5d3"]),
      ("⟦May 2021⟧, ⟦May 3, 2021⟧", ["y2021m5", "y2021m5d3"]),
      ("⟦3 May 2021⟧, ⟦3rd of May⟧", ["y2021m5d3", "m5d3"]),
      ("⟦May 3rd⟧ in ⟦December⟧ or ⟦Sep⟧", ["m5d3", "m12", "m9"]),
      ("the ⟦1990s⟧ and ⟦90s⟧", ["y1990decade", "y90decade?"]),
      ("⟦20世纪90年代⟧", ["y1990decade"]),
      ("⟦上世纪90年代⟧，⟦九十年代⟧", ["y1990decade", "y90decade?"]),
      ("⟦20th century⟧和⟦20世纪⟧", ["y1900century", "y1900century"]),
      ("⟦2021年第一季度⟧，⟦二季度⟧", ["y2021q1", "q2"]),
      ("⟦Q1 2021⟧, ⟦first quarter of 2021⟧", ["y2021q1", "y2021q1"]),
      ("⟦2021年上半年⟧，⟦first half of 2021⟧", ["y2021half1", "y2021half1"]),
      ("前⟦三季度⟧", ["3 quarter small"]),
      ("⟦2019年首季⟧，⟦首季度⟧", ["y2019q1", "q1"]),
      ("⟦2 0 1 5 年⟧", ["y2015"]),
      ("FY⟦2021⟧", ["y2021"]),
      ("⟦08/16/2000⟧ ⟦16/08/2000⟧ ⟦08/09/2000⟧", ["y2000m8d16", "y2000m8d16", "y2000"]),
      ("⟦星期一⟧ ⟦周日⟧ ⟦Monday⟧ ⟦Saturdays⟧", ["wd1", "wd7", "wd1", "wd6"]),
      ("⟦上午9时30分⟧ ⟦9:30 a.m.⟧", ["h9min30", "h9min30"]),
      ("⟦21:30⟧ ⟦晚上9点半⟧ ⟦9:30pm⟧", ["h21min30", "h21min30", "h21min30"]),
      ("⟦9点半⟧ ⟦9:30⟧", ["h9?min30", "h9?min30"]),
      ("⟦九点三十分⟧", ["h9?min30"]),
      ("⟦9 p.m.⟧", ["h21"]),
      ("⟦5月3日⟧⟦9时⟧", ["m5d3", "h9?"]),
      ("⟦9时至11时⟧", ["h9?…h11?"]),
      ("值为⟦3⟧时", ["3"]),
      ("⟦two o'clock⟧", ["h2?"]),
      ("the ⟦eighties⟧", ["y80decade?"]),
      ("in ⟦2021⟧, ⟦2021⟧", ["y2021", "y2021"]),
    ] as [(String, [String])])
  func datesAndTimes(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(
    arguments: [
      ("“⟦十四五⟧”规划，⟦十四五⟧期间", ["name 14", "name 14"]),
      ("⟦14th Five-Year Plan⟧", ["name 14"]),
      ("⟦二十大⟧", ["name 20"]),
      ("⟦H1N1⟧ ⟦COVID-19⟧ ⟦G85⟧ ⟦T3⟧ ⟦A4⟧", ["name", "name", "name", "name", "name"]),
      ("⟦５Ｇ⟧和⟦Ｇ８５⟧", ["name", "name"]),
      ("⟦5G⟧ and ⟦4K⟧ and ⟦3D⟧", ["name", "name", "name"]),
      ("⟦iPhone 15⟧", ["name"]),
      ("⟦1.2.3⟧ ⟦192.168.0.1⟧ ⟦v2.0⟧", ["name", "name", "name"]),
      ("⟦555-3242⟧", ["name"]),
      ("⟦010-88886666⟧ ⟦13812345678⟧", ["name", "name 13812345678"]),
      ("⟦24/7⟧, ⟦9/11⟧", ["name", "name"]),
      ("⟦007⟧", ["name 7"]),
      ("Basel ⟦III⟧", ["name 3"]),
      ("⟦十六进制⟧和⟦二进制⟧", ["name 16", "name 2"]),
    ] as [(String, [String])])
  func names(_ marked: String, _ meanings: [String]) { expect(marked, meanings) }

  @Test(arguments: [
    "一带一路", "一国两制", "三峡", "万州", "千厮门", "五一", "双十一", "百度", "三亚", "四川", "万达", "九龙坡", "两江新区", "二手",
    "一些", "一定", "一起", "统一个人所得税", "第一时间", "十分高兴", "万一", "千万别去", "七七八八", "一心一意", "千方百计", "三番五次",
    "几十家", "数百万人", "成千上万", "十几个", "百姓", "陆续", "一部分", "一次性", "五台山", "唯一", "之一",
    "may march", "It may rain. May we go?", "Mayor", "Octopus", "million", "", "千", "零下", "一点一点地",
    "二元组",
    "You MAY do so", "Jan Novak", "万分感谢",
    "see https://a.b/12?c=3 now", "a b c", "mid", "at a stop",
  ])
  func isNoNumber(_ text: String) { expect(text, []) }
}

extension RecognizedNumber {
  /// What a number means, for a table: `138000 squareMetre`, `y2021m5`, `#3 small`.
  var meaning: String {
    var text = kind == .name ? "name" : ""
    if let date { text += date.meaning }
    if let upperDate { text += "…\(upperDate.meaning)" }
    if let value { text += (kind == .name ? " " : kind == .ordinal ? "#" : "") + "\(value)" }
    if let upper { text += "…\(upper)" }
    if let unit { text += " \(unit)" }
    return text + (isSmallWord && kind != .name ? " small" : "")
  }
}

extension CalendarDate {
  fileprivate var meaning: String {
    var text = ""
    if let year {
      text += "y\(year)\(span == .year ? "" : "\(span)")\(hasShortYear ? "?" : "")"
    }
    let parts: [(String, UInt8?)] = [
      ("half", half), ("q", quarter), ("m", month), ("d", day), ("wd", weekday), ("h", hour),
    ]
    for case (let name, let part?) in parts { text += "\(name)\(part)" }
    if hour != nil, isTwelveHour { text += "?" }
    if let minute { text += "min\(minute)" }
    return text
  }
}
