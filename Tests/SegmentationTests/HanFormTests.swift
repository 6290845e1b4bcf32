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
}
