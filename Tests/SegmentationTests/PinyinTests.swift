import CICU
import Segmentation
import Testing

@Suite struct PinyinTests {
  @Test(arguments: [
    ("陈清扬", "chen qing yang"), ("西部（科学城）", "xi bu（ke xue cheng）"), ("Qu 瞿", "Qu qu"), ("", ""),
    ("吕", "lu"), ("陳慶", "chen qing"), ("兙", "兙"),
  ])
  func spellsTheReadings(_ text: String, _ expected: String) {
    #expect(Pinyin.spelling(of: text) == expected)
  }

  @Test func readingsAreThoseOfICU() {
    var differences: [String] = []
    for start in stride(from: UInt32(0x4E00), to: 0xA000, by: 512) {
      let scalars = (start..<start + 512).compactMap { Unicode.Scalar($0) }
      let text = Array(scalars.map { "\($0)\n" }.joined().utf8)
      var out = [UInt8](repeating: 0, count: text.count * 4)
      let length = concord_icu_pinyin(text, Int32(text.count), &out, Int32(out.count))
      let lines = String(decoding: out.prefix(Int(max(0, length))), as: UTF8.self)
        .split(separator: "\n").map { $0.filter { $0 != " " } }
      #expect(lines.count == scalars.count)
      for (scalar, line) in zip(scalars, lines) {
        // ICU leaves a few characters that were made in Japan, or reads them as several syllables.
        guard line.allSatisfy({ ("a"..."z").contains($0) }) else { continue }
        if Pinyin.spelling(of: "\(scalar)") != line { differences.append("\(scalar) \(line)") }
      }
    }
    #expect(differences.isEmpty, "\(differences.prefix(20))")
  }
}
