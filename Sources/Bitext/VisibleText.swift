extension String {
  /// The text with its control characters made visible, for a terminal: an escape sequence in a
  /// document must not command the reader's screen, nor a bidirectional control turn a line
  /// around.
  public var visible: String {
    // Above ASCII the controls start with one of three bytes, as much else does.
    let isPlain = utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xD8 && $0 != 0xE2
    }
    if isPlain { return self }
    guard unicodeScalars.contains(where: \.isInvisibleControl) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F: result.unicodeScalars.append(Self.picture(0x2400 + scalar.value))
      case 0x7F: result.unicodeScalars.append(Self.picture(0x2421))
      case _ where scalar.isInvisibleControl:
        result += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func picture(_ value: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}

extension Unicode.Scalar {
  fileprivate var isInvisibleControl: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
