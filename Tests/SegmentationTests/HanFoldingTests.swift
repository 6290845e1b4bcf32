import CICU
import Testing

@testable import Segmentation

@Suite struct HanFoldingTests {
  private static let first: UInt32 = 0x4E00
  private static let last: UInt32 = 0x9FFF

  @Test(arguments: [
    ("與", "与", "與"), ("后", "后", "後"), ("佔", "占", "佔"), ("人", "人", "人"), ("薴", "苎", "薴"),
    ("a", "a", "a"), ("㐀", "㐀", "㐀"), ("𠀀", "𠀀", "𠀀"), ("\u{9FFF}", "\u{9FFF}", "\u{9FFF}"),
  ])
  func formsOfACharacter(character: String, simplified: String, traditional: String) {
    for (scalar, (short, long)) in zip(
      character.unicodeScalars, zip(simplified.unicodeScalars, traditional.unicodeScalars))
    {
      #expect(HanFolding.simplified(scalar.value) == short.value)
      #expect(HanFolding.traditional(scalar.value) == long.value)
    }
  }

  @Test func foldingTwiceChangesNothingMore() {
    let unsettled = (Self.first...Self.last).filter { scalar in
      HanFolding.simplified(HanFolding.simplified(scalar)) != HanFolding.simplified(scalar)
    }
    #expect(unsettled.isEmpty)
  }

  /// The tables that are built in say what ICU says; another ICU than the one that they were made
  /// with may know more pairs.
  @Test(arguments: [HanConversion.Script.simplified, .traditional])
  func theTablesAreWhatICUSays(script: HanConversion.Script) throws {
    let table = try #require(Self.icuTable(script))
    let differing = (Self.first...Self.last).filter { scalar in
      let form =
        script == .simplified ? HanFolding.simplified(scalar) : HanFolding.traditional(scalar)
      return form != Self.settled(scalar, in: table)
    }
    let words = differing.compactMap { scalar in
      Unicode.Scalar(scalar).map { "\($0) U+\(String(Self.settled(scalar, in: table), radix: 16))" }
    }
    #expect(differing.count <= (concord_icu_version() == 72 ? 0 : 100), "\(words)")
    let changed = table.indices.filter { table[$0] != Self.first + UInt32($0) }
    #expect(changed.count > 2000)
  }

  /// What ICU makes of each ideograph that stands alone; `nil` without its data.
  private static func icuTable(_ script: HanConversion.Script) -> [UInt32]? {
    var text = ""
    for scalar in first...last {
      Unicode.Scalar(scalar).map { text.unicodeScalars.append($0) }
      text += "\n"
    }
    let lines = HanConversion.convert(text, to: script).unicodeScalars.split(separator: "\n")
    guard lines.count == Int(last - first) + 1 else { return nil }
    return zip(first...last, lines).map { scalar, line in
      guard line.count == 1, let form = line.first, first...last ~= form.value else {
        return scalar
      }
      return form.value
    }
  }

  /// Follows 薴 to 苧 and that to 苎, of which each is the other's form, down to the first of those
  /// that lead to one another.
  private static func settled(_ scalar: UInt32, in table: [UInt32]) -> UInt32 {
    func next(_ scalar: UInt32) -> UInt32 { table[Int(scalar - first)] }
    var last = scalar
    // Longer than any chain in ICU's tables.
    for _ in 0..<4 { last = next(last) }
    var least = last
    var other = next(last)
    while other != last {
      least = min(least, other)
      other = next(other)
    }
    return least
  }
}
