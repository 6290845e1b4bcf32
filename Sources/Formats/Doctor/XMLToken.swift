internal import Bitext

/// A piece of an XML file between two tags, or a tag.
struct XMLToken {
  enum Kind {
    case text, data, start, empty, end, comment, instruction, declaration, doctype
  }

  var kind: Kind
  var name = ""
  var attributes: [XMLTokenAttribute] = []
  /// Its bytes of the cleaned text.
  var range: Range<Int>
  var place: ExchangePlace
  /// What is written instead of its bytes; `nil` where nothing was wrong.
  var mended: [UInt8]?
}

/// An attribute as it stands in a tag.
struct XMLTokenAttribute {
  var name: String
  /// With its references unresolved, and mended.
  var value: String
  var quote: UInt8 = 0x22
  /// The bytes of the whole, and of its value alone, in the cleaned text.
  var range: Range<Int>
  var valueRange: Range<Int>
}

extension XMLToken {
  var isTag: Bool { kind == .start || kind == .empty || kind == .end }

  /// A tag written anew.
  static func tag(_ name: String, _ attributes: [XMLTokenAttribute], isEmpty: Bool) -> [UInt8] {
    var text = "<" + name
    for attribute in attributes {
      let quote = attribute.quote == 0x27 ? "'" : "\""
      text += " " + attribute.name + "=" + quote + attribute.value + quote
    }
    return Array((text + (isEmpty ? "/>" : ">")).utf8)
  }
}

extension UInt8 {
  var isMarkupBlank: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
  /// Whether a name can start so; above ASCII nearly all letters can.
  var isXMLNameStart: Bool { isASCIILetter || self == 0x5F || self == 0x3A || self >= 0x80 }
  var isXMLNamePart: Bool { isXMLNameStart || isASCIIDigit || self == 0x2D || self == 0x2E }
}
