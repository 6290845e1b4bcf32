import Segmentation
import TestSupport
import Testing

@Suite struct NumberAgreementTests {
  private func only(_ text: String) -> RecognizedNumber? {
    let bytes = Array(text.utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    return numbers.count == 1 ? numbers[0] : nil
  }

  private func agree(_ left: String, _ right: String) -> Bool? {
    guard let a = only(left), let b = only(right) else { return nil }
    let answer = a.agrees(with: b)
    return answer == b.agrees(with: a) ? answer : nil
  }

  @Test(
    arguments: [
      ("1,164 家", "1,164 companies"), ("300亿元", "30 billion yuan"), ("300亿元", "RMB30 billion"),
      ("300亿元", "30bn yuan"), ("3.2亿美元", "$320 million"), ("3.2亿美元", "US$320 million"),
      ("5,450億元", "HK$545 billion"), ("人民币6,251億元", "RMB625.1 billion"),
      ("13.8万平方米", "138,000 square meters"), ("13.8万平方米", "138,000 sq m"),
      ("1平方公里", "100 hectares"), ("15亩", "1 hectare"), ("5公里", "5,000 meters"),
      ("200公斤", "0.2 tonnes"), ("5斤", "2.5 kg"), ("1.5万千瓦", "15 MW"),
      ("2亿千瓦时", "200 GWh"), ("时速120公里", "120 km/h"), ("-5℃", "-5°C"),
      ("2021年5月", "May 2021"), ("2021年5月3日", "May 3, 2021"), ("2021年5月3日", "3 May 2021"),
      ("5月3日", "May 3, 2021"), ("5月3日", "May 3rd"), ("二〇二一年", "2021"),
      ("2021年", "2021"), ("20世纪90年代", "1990s"), ("九十年代", "1990s"), ("21世纪", "21st century"),
      ("2021年第一季度", "first quarter of 2021"), ("一季度", "Q1 2021"),
      ("2021年上半年", "first half of 2021"), ("周三", "Wednesday"), ("上午9时30分", "9:30 a.m."),
      ("晚上9点半", "21:30"), ("9点半", "9:30 p.m."), ("2021—2025年", "2021–2025"),
      ("5月3日至8日", "May 3-8"), ("3至5公里", "3 to 5 km"), ("3万至5万人", "30,000 to 50,000"),
      ("一百二十三", "one hundred and twenty-three"), ("2.35万", "23,500"), ("2500万", "25 million"),
      ("二十万", "two hundred thousand"), ("50万", "half a million"), ("一万二", "12,000"),
      ("三分之一", "one third"), ("三分之一", "1/3"), ("一半", "half"), ("一半", "50%"),
      ("三成", "30%"), ("百分之八点五", "8.5 percent"), ("8.5%", "8.5 per cent"),
      ("3个百分点", "3 percentage points"), ("25个基点", "0.25 percentage points"),
      ("翻一番", "doubled"), ("3倍", "three times"), ("第三", "third"), ("第14届", "14th"),
      ("十四五", "14th Five-Year Plan"), ("二十大", "20th"), ("G85", "G85"), ("５Ｇ", "5G"),
      ("半年", "six months"), ("两年半", "two and a half years"), ("30年", "three decades"),
      ("下降5%", "-5%"), ("十七八岁", "17-18"), ("三家企业", "three companies"),
      ("2小时", "120 minutes"), ("20英镑", "20 pounds"), ("两周", "14 days"), ("百多个", "more than 100"),
    ] as [(String, String)])
  func meanTheSame(_ left: String, _ right: String) { #expect(agree(left, right) == true) }

  @Test(
    arguments: [
      ("300亿元", "3 billion yuan"), ("300亿元", "30 million yuan"), ("300亿元", "£30 billion"),
      ("3.2亿美元", "€320 million"), ("13.8万平方米", "1.38 million square meters"),
      ("1平方公里", "10 hectares"), ("5公里", "5 miles"), ("5公里", "5 kg"), ("2021年5月", "June 2021"),
      ("2021年5月", "May 2022"), ("5月3日", "May 4, 2021"), ("2021年", "2022"), ("2021年", "20.21"),
      ("20世纪90年代", "1980s"), ("第三", "fourth"), ("三成", "3%"), ("上午9时30分", "9:30 p.m."),
      ("9点半", "9:40"), ("20公斤", "£20"), ("3至5公里", "3 to 6 km"), ("3至5公里", "3 km"),
      ("周三", "Thursday"),
      ("-5℃", "5°C"), ("一季度", "Q2 2021"), ("H1N1", "H5N1"), ("十四五", "13th Five-Year Plan"),
      ("1.2.3", "1.2.4"), ("0.1", "0.10001"), ("2021—2025年", "2021–2026"),
    ] as [(String, String)])
  func meanSomethingElse(_ left: String, _ right: String) { #expect(agree(left, right) == false) }

  @Test func theEndsOfARangeCanBeComparedOneByOne() {
    let ends = only("3至5万元")?.ends ?? []
    #expect(ends.map(\.value) == [30_000, 50_000])
    #expect(ends.allSatisfy { $0.upper == nil && $0.unit == .yuan })
    #expect(only("5月3日至8日")?.ends.map(\.date?.day) == [3, 8])
    #expect(only("5")?.ends.count == 1)
  }

  @Test func currenciesHaveTheirCode() {
    #expect(NumberUnit.hkd.currencyCode == "HKD")
    #expect(NumberUnit.yuan.currencyCode == "CNY")
    #expect(NumberUnit.dollar.currencyCode == "USD")
    #expect(NumberUnit.metre.currencyCode == nil)
  }

  @Test func dateAgreementNeedsSomethingInCommon() {
    #expect(!CalendarDate(year: 2021).agrees(with: CalendarDate(month: 5)))
    #expect(CalendarDate(year: 2021).precision == .year)
    #expect(CalendarDate(year: 2021, month: 5, day: 3).precision == .day)
    #expect(CalendarDate(month: 5).precision == .month)
    #expect(CalendarDate(month: 5, day: 3).parts == [.month, .day])
    #expect(only("5月3日9时至11时") == nil)
    #expect(only("Q1 2021")?.date?.parts == [.year, .partOfYear])
  }
}
