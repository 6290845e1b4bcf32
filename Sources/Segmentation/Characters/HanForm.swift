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
  /// ICU knows which characters differ in the two scripts, and the national character sets which of
  /// those are at home in both: 乾 and 於 have simplified forms and stand in GB 2312 themselves, 后
  /// and 里 are simplified forms and stand in Big5, as do rarer ones such as 万 and 恒; 着 is written
  /// in Hong Kong, and its other form 著 on the mainland too. What
  /// JIS X 0208 has, neither of these sets has, and no script turns into another is Japanese; Hong
  /// Kong's supplement holds such forms too, and is not asked.
  package static func form(of scalar: UInt32) -> HanForm {
    let index = Int(scalar) - Int(first)
    return forms.indices.contains(index) ? forms[index] : .shared
  }

  private static let first: UInt32 = 0x4E00
  private static let last: UInt32 = 0x9FFF

  private static let forms: [HanForm] = {
    let mainland = characters("GB2312", leads: 0xB0...0xF7)
    let japan = characters("EUC-JP", leads: 0xB0...0xF4)
    let taiwan = characters("Big5", leads: 0xA4...0xF9)
    // Without ICU's data nothing is evidence.
    guard !mainland.isEmpty, !taiwan.isEmpty else { return [] }
    return (first...last).map { scalar in
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
        if first...last ~= scalar { found.insert(scalar) }
        index += length
      }
    }
    return found
  }
}
