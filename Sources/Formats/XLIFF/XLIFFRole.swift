/// What an element of XLIFF is to who reads it.
enum XLIFFRole {
  case xliff, file, unit, segment, ignorable, side, note, other

  /// - Parameters:
  ///   - name: of the element, without its prefix.
  ///   - parent: what holds it.
  ///   - isInUnit: whether a unit is open.
  init(of name: String, in parent: XLIFFRole?, isInUnit: Bool) {
    self =
      switch (name, parent) {
      case ("xliff", nil): .xliff
      case ("file", .xliff?): .file
      case ("trans-unit", _), ("unit", _): isInUnit ? .other : .unit
      case ("segment", .unit?): .segment
      case ("ignorable", .unit?): .ignorable
      case ("source", .unit?), ("seg-source", .unit?), ("target", .unit?): .side
      case ("source", .segment?), ("target", .segment?): .side
      case ("note", _): .note
      default: .other
      }
  }
}

/// An element that is open.
protocol XLIFFElement {
  var role: XLIFFRole { get }
}

extension Array where Element: XLIFFElement {
  /// Whether the last of the open elements stands in one that the unit itself holds.
  var isInUnitsGroup: Bool { count >= 3 && self[count - 3].role == .unit }
}
