import Segmentation
import Testing

/// Numbers that get their meaning from what stands beside them: days in lists, dates that a PDF
/// spaced, months alone on a line, the hundredths after a unit.
@Suite struct NumberListTests {
  private func meanings(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return NumberRecognizer().numbers(in: bytes.span).map(\.meaning)
  }

  @Test(
    arguments: [
      ("on 16 and 17 December", ["m12d16", "m12d17"]),
      ("14, 15 and 16 May", ["m5d14", "m5d15", "m5d16"]),
      ("12月16日和17日", ["m12d16", "m12d17"]), ("12月16日和工作17日", ["m12d16", "d17"]),
      ("三月二十二至二十四日", ["m3d22…m3d24"]), ("3月22至24日", ["m3d22…m3d24"]), ("3月4、5日", ["m3d4", "m3d5"]),
      ("3月22至24家", ["m3", "22…24 classifier"]),
      ("1 2 月", ["m12"]), ("2 0 1 5 年", ["y2015"]), ("第 1 2 章", ["1", "2 classifier"]),
      ("# MARCH", ["m3"]), ("MAY", ["m5"]), ("May\nwe", ["m5"]), ("MAY we", []),
      ("* March", ["m3"]),
      ("1米88", ["1.88 metre"]), ("9秒83", ["9.83 second"]), ("1米2个", ["1 metre", "2 classifier"]),
      ("1米888", ["1 metre", "888"]),
      ("人均GDP1.2万美元", ["12000 usd"]), ("CPI2.1%", ["2.1 percent"]), ("CRH380", ["name"]),
      ("two-and-a-half-hour", ["2.5 hour small"]), ("120 km per hour", ["120 kilometrePerHour"]),
      ("2002-03年度", ["y2002…y2003"]), ("the 2002–03 Budget", ["y2002…y2003"]),
      ("2021-05", ["y2021m5"]),
      ("2002-03-04", ["y2002m3d4"]), ("三分一", ["1/3 small"]), ("四分三的银行", ["0.75 small"]),
      ("三分二十秒", ["3 classifier small", "20 second"]), ("每周六天", ["6 day small"]), ("每周六天气", ["wd6"]),
      ("21st Century", ["y2000century"]), ("Third Quarter", ["q3"]),
    ] as [(String, [String])])
  func isReadFromItsNeighbours(_ text: String, _ expected: [String]) {
    #expect(meanings(text) == expected)
  }
}
