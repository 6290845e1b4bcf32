internal import Bitext

/// Words that name a year without its number: "last year", "a year earlier", 去年, 年內.
package enum RelativeYears {
  /// How often a text in UTF-8 speaks of a year so.
  ///
  /// - Parameters:
  ///   - utf8: the text.
  ///   - numbers: those that were recognised in it: the 年底 of 2016年底 is none.
  /// - Returns: the number of such phrases.
  package static func count(in utf8: Span<UInt8>, besides numbers: [RecognizedNumber]) -> Int {
    var count = 0
    var index = 0
    var next = 0
    while index < utf8.count {
      while next < numbers.count, numbers[next].range.upperBound <= index { next += 1 }
      let isInside = next < numbers.count && numbers[next].range.lowerBound < index
      let canStart = utf8[index] >= 0x80 || !utf8.isASCIILetter(at: index - 1)
      if !isInside, canStart, let (_, end) = phrases.longest(utf8, at: index) {
        count += 1
        index = end
      } else {
        index += 1
      }
    }
    return count
  }

  private static let phrases = PhraseTable<Void>([
    (
      (),
      """
      last year|this year|next year|the year|that year|same year|previous year|preceding year|prior year\
      |following year|current year|coming year|past year|year earlier|year ago|year before|year later\
      |year-end|year end|latest year|financial year|fiscal year|reporting year|years ago|years earlier\
      |same period|the period|last quarter|this quarter|next quarter
      """
    ),
    (
      (),
      """
      去年|今年|明年|前年|上年|本年|同年|翌年|次年|當年|当年|該年|该年|後年|年內|年内|全年|年底|年初|年中|年末|年終|年终\
      |一年前|過去一年|过去一年|上一年|一年来|一年來|同期|期內|期内|年度|往年|按年|年結|年结
      """
    ),
  ])
}
