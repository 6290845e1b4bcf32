internal import Bitext

/// A date of TBX as ISO 8601 at length: `2026-05-18`, with or without a time in UTC, and the short
/// form that older tools write.
///
/// - Returns: `nil` for anything else, which is kept as it is.
func timestamp(fromTBX text: String) -> Timestamp? {
  if let short = timestamp(fromTMX: text) { return isDay(short) ? short : nil }
  let bytes = Array(text.utf8)
  guard isDay(text) else { return nil }
  if bytes.count == 10 { return text + "T00:00:00Z" }
  let rest = Array(bytes[10...])
  guard rest.count >= 9, rest[0] == 0x54 || rest[0] == 0x20 else { return nil }
  for (index, byte) in rest[1..<9].enumerated() {
    guard index % 3 == 2 ? byte == 0x3A : byte.isASCIIDigit else { return nil }
  }
  let end = String(decoding: rest[9...], as: UTF8.self)
  guard ["", "Z", ".0", ".000", ".000Z"].contains(end) else { return nil }
  return String(decoding: bytes[..<10], as: UTF8.self) + "T"
    + String(decoding: rest[1..<9], as: UTF8.self) + "Z"
}

/// Whether a text starts with a day of the calendar: what a `date` element may hold.
func isDay(_ text: String) -> Bool {
  let bytes = Array(text.utf8.prefix(10))
  guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return false }
  func number(_ range: Range<Int>) -> Int? {
    bytes[range].allSatisfy(\.isASCIIDigit)
      ? Int(String(decoding: bytes[range], as: UTF8.self)) : nil
  }
  guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
    year > 0, 1...12 ~= month
  else { return false }
  let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
  let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return 1...days[month - 1] ~= day
}
