internal import CICU

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a text in an encoding, the way back from ``decodeText(_:file:encoding:)``.
///
/// - Parameters:
///   - text: what is to be written.
///   - encoding: an IANA name, as ``DecodedText/encoding`` has it.
/// - Returns: `nil` when the encoding is not known or lacks a character of the text.
public func encodeText(_ text: String, encoding: String) -> [UInt8]? {
  let utf8 = Array(text.utf8)
  if encoding.isUTF8Name, encoding != "US-ASCII" { return utf8 }
  var bytes: UnsafeMutablePointer<UInt8>?
  var status: Int32 = 0
  let count = concord_icu_encode(encoding, utf8, Int32(clamping: utf8.count), &bytes, &status)
  defer { free(bytes) }
  guard count >= 0, let bytes else { return nil }
  return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
}
