/// Which way of writing an ideograph gives away.
package enum HanForm: UInt8, Sendable {
  /// Stands in texts of several kinds, as 人, 后 and 乾 do: no evidence.
  case shared
  /// Simplified Chinese alone: 图.
  case simplified
  /// Traditional Chinese alone: 圖.
  case traditional
  /// Japanese alone: 図.
  case japanese

  /// The form of a scalar; scalars outside the block of common ideographs are shared.
  ///
  /// The table was computed once, from ICU and from the national character sets, which takes longer
  /// than most commands do; a test computes it again. ICU knows which characters differ in the two
  /// scripts, and the national character sets which of
  /// those are at home in both: 乾 and 於 have simplified forms and stand in GB 2312 themselves, 后
  /// and 里 are simplified forms and stand in Big5, as do rarer ones such as 万 and 恒; 着 is written
  /// in Hong Kong, and its other form 著 on the mainland too. What
  /// JIS X 0208 has, neither of these sets has, and no script turns into another is Japanese; Hong
  /// Kong's supplement holds such forms too, and is not asked.
  package static func form(of scalar: UInt32) -> HanForm {
    let index = Int(scalar) - Int(first)
    return forms.indices.contains(index) ? forms[index] : .shared
  }

  static let first: UInt32 = 0x4E00
  static let last: UInt32 = 0x9FFF

  private static let forms: [HanForm] = {
    var forms: [HanForm] = []
    forms.reserveCapacity(Int(last - first) + 3)
    HanFormTable.text.withUTF8Buffer { text in
      for letter in text where letter != UInt8(ascii: "\n") {
        let value = HanFormTable.value(of: letter)
        for place in 0..<3 {
          forms.append(HanForm(rawValue: value >> (2 * UInt8(place)) & 3) ?? .shared)
        }
      }
    }
    return forms
  }()
}
