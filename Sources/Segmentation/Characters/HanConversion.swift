internal import CICU
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes Chinese text in the other script, by ICU's Hans/Hant transliteration.
///
/// Characters and a few phrases are replaced, words are not: a translator has to look at what comes
/// out. Of several counterparts (后: 後, 后) it takes the commonest.
package enum HanConversion {
  package enum Script: Sendable, Hashable {
    case simplified, traditional
  }

  /// A text in one script of Chinese; what is no ideograph stays as it is.
  ///
  /// - Parameters:
  ///   - text: in either script, or in both.
  ///   - script: that of what comes out.
  /// - Returns: the text itself where it has no ideographs, and where ICU lacks its data.
  package static func convert(_ text: String, to script: Script) -> String {
    let utf8 = Array(text.utf8)
    guard utf8.span.hasIdeographs else { return text }
    let converted =
      switch script {
      case .simplified: toSimplified.withLock { $0.convert(utf8) }
      case .traditional: toTraditional.withLock { $0.convert(utf8) }
      }
    return converted ?? text
  }

  private static let toSimplified = Mutex(HanConverter(toSimplified: true))
  private static let toTraditional = Mutex(HanConverter(toSimplified: false))
}

/// ICU's transliterator, which one task uses at a time.
private struct HanConverter: ~Copyable {
  private let handle: OpaquePointer?

  init(toSimplified: Bool) {
    var status: Int32 = 0
    handle = concord_icu_converter_open(toSimplified ? 1 : 0, &status)
  }

  deinit { concord_icu_converter_close(handle) }

  /// - Returns: `nil` where ICU cannot do it.
  func convert(_ utf8: [UInt8]) -> String? {
    guard let handle else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(utf8.count)
    var start = 0
    while start < utf8.count {
      let end = utf8.span.pieceEnd(from: start)
      var bytes: UnsafeMutablePointer<UInt8>?
      let count = utf8.withUnsafeBufferPointer { buffer in
        concord_icu_convert(
          handle, buffer.baseAddress.map { $0 + start }, Int32(end - start), &bytes)
      }
      defer { free(bytes) }
      guard count >= 0, let bytes else { return nil }
      result += UnsafeBufferPointer(start: bytes, count: Int(count))
      start = end
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension Span<UInt8> {
  /// Whether the text has characters that one of the scripts may write otherwise.
  fileprivate var hasIdeographs: Bool {
    var index = 0
    while index < count {
      let (scalar, length) = scalar(at: index)
      if scalar.isHanScalar { return true }
      index += length
    }
    return false
  }

  /// Where the piece that starts at a byte ends: ICU takes a text of bounded length at a time, and
  /// a piece ends between two scalars.
  fileprivate func pieceEnd(from start: Int) -> Int {
    let longest = 1 << 20
    guard count - start > longest else { return count }
    var end = start + longest
    while end > start + 1, self[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }
}
