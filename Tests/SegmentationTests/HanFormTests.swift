import Bitext
import CICU
import Testing

@testable import Segmentation

@Suite struct HanFormTests {
  @Test(arguments: [
    ("图国会学园区这个对号礼", HanForm.simplified), ("圖國會學園區這個對體萬與號禮爲說裏", .traditional),
    ("図対沢駅広", .japanese), ("人大山水乾於著着恒厘万与体后里面干台松沈云余范几斗谷", .shared), ("aА1。のカ한", .shared),
  ])
  func formsAreThoseOfTheNationalStandards(characters: String, form: HanForm) {
    // 広 is a form of its own in Japan alone; all others likewise.
    for scalar in characters.unicodeScalars {
      #expect(HanForm.form(of: scalar.value) == form, "\(scalar)")
    }
  }

  @Test func eachScriptHasSomeThousandFormsOfItsOwn() {
    let forms = (0x4E00...0x9FFF as ClosedRange<UInt32>).map { HanForm.form(of: $0) }
    let counts = [HanForm.simplified, .traditional, .japanese].map { form in
      forms.count { $0 == form }
    }
    // The official table of simplified characters (1986) has 2,235.
    #expect(1500...2500 ~= counts[0], "\(counts)")
    #expect(2000...4000 ~= counts[1], "\(counts)")
    #expect(100...800 ~= counts[2], "\(counts)")
  }

  @Test func simplifyingLeavesNothingTraditional() {
    for scalar in 0x4E00...0x9FFF as ClosedRange<UInt32>
    where HanForm.form(of: scalar) == .traditional {
      #expect(HanForm.form(of: HanFolding.simplified(scalar)) != .traditional)
    }
  }

  /// The table that is built in says what ICU and the national character sets say; another ICU than
  /// the one that it was made with may know more pairs.
  @Test func theTableIsWhatICUSays() {
    let differing = zip(HanForm.first...HanForm.last, Self.computed).filter { scalar, form in
      HanForm.form(of: scalar) != form
    }
    #expect(Self.computed.count == Int(HanForm.last - HanForm.first) + 1)
    #expect(differing.count <= (Self.isMadeWithThisICU ? 0 : 100))
  }

  private static let isMadeWithThisICU = concord_icu_version() == 72

  private static let computed: [HanForm] = {
    let mainland = characters("GB2312", leads: 0xB0...0xF7)
    let japan = characters("EUC-JP", leads: 0xB0...0xF4)
    let taiwan = characters("Big5", leads: 0xA4...0xF9)
    // Without ICU's data nothing is evidence.
    guard !mainland.isEmpty, !taiwan.isEmpty else { return [] }
    return (HanForm.first...HanForm.last).map { scalar in
      let isMainland = mainland.contains(scalar)
      if HanFolding.simplified(scalar) != scalar { return isMainland ? .shared : .traditional }
      let traditional = HanFolding.traditional(scalar)
      if traditional != scalar {
        let isEvidence =
          isMainland && !taiwan.contains(scalar) && !mainland.contains(traditional)
        return isEvidence ? .simplified : .shared
      }
      let isChinese = isMainland || taiwan.contains(scalar)
      return japan.contains(scalar) && !isChinese ? .japanese : .shared
    }
  }()

  /// The ideographs of a character set of two bytes, decoded one by one.
  private static func characters(_ encoding: String, leads: ClosedRange<UInt8>) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for lead in leads {
      var bytes: [UInt8] = []
      // A line feed after each keeps a bad pair from taking the next with it.
      for trail in UInt8(0x40)...0xFE { bytes += [lead, trail, 0x0A] }
      guard
        let text = try? convert(
          bytes, from: encoding, skipping: 0, file: encoding, allowsDamage: true
        ).text
      else { return [] }
      var index = 0
      let utf8 = text.utf8.span
      while index < utf8.count {
        let (scalar, length) = utf8.scalar(at: index)
        if HanForm.first...HanForm.last ~= scalar { found.insert(scalar) }
        index += length
      }
    }
    return found
  }
}
