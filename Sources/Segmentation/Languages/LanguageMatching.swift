public import Bitext
internal import CICU
internal import Synchronization

/// Compares language tags by what they mean, through CLDR's likely subtags.
public enum LanguageMatching {
  /// The tag in its preferred form with its likely script and region: `zh` becomes `zh-Hans-CN`,
  /// `zh-TW` `zh-Hant-TW`, `iw` `he-Hebr-IL`. A tag that ICU does not know gets nothing more.
  public static func maximized(_ tag: LanguageTag) -> LanguageTag {
    known.withLock { known in
      if let tag = known[tag] { return tag }
      let result = maximize(tag)
      known[tag] = result
      return result
    }
  }

  /// Whether two tags stand for the same language in the same script: `zh`, `zh-CN`, `zh_Hans`,
  /// `zh-guoyu` and `cmn-Hans-CN` do, `zh-TW` and `zh-CN`, `zh-HK` and `yue` do not. Variants,
  /// extensions and private use count for nothing.
  public static func match(_ left: LanguageTag, _ right: LanguageTag) -> Bool {
    if left == right { return true }
    let (left, right) = (maximized(left), maximized(right))
    return left.language == right.language && left.script == right.script
  }

  /// Whether two tags stand for the same language in whatever script.
  public static func sameLanguage(_ left: LanguageTag, _ right: LanguageTag) -> Bool {
    left == right || maximized(left).language == maximized(right).language
  }

  private static let known = Mutex<[LanguageTag: LanguageTag]>([:])

  private static func maximize(_ tag: LanguageTag) -> LanguageTag {
    let tag = tag.preferred
    var buffer = [CChar](repeating: 0, count: 160)
    let length = concord_icu_maximize(tag.canonical, &buffer, Int32(buffer.count))
    guard length > 0 else { return tag }
    let text = String(
      decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return LanguageTag(text) ?? tag
  }
}
