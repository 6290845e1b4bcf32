internal import Bitext
internal import Segmentation

/// The formats that the doctor knows.
public enum ExchangeFormat: Sendable {
  case tmx, tbx, xliff, po

  private static let known: [String: ExchangeFormat] = [
    "tmx": .tmx, "tbx": .tbx, "xlf": .xliff, "xliff": .xliff, "sdlxliff": .xliff,
    "mqxliff": .xliff, "mxliff": .xliff, "po": .po, "pot": .po,
  ]

  public static var endings: Set<String> { Set(known.keys) }

  /// The format of a file by its name's ending, else by its outermost element; `nil` for what is
  /// none of these.
  ///
  /// - Parameter path: the file, or `-`.
  public init?(of path: String) {
    if let format = Self.known[Files.ending(of: path)] {
      self = format
      return
    }
    // A table is known by its name.
    guard path == "-" || !["csv", "tsv", "tab", "txt"].contains(Files.ending(of: path)) else {
      return nil
    }
    guard let start = Self.start(of: path), let format = Self(root: Self.root(of: start)) else {
      return nil
    }
    self = format
  }

  private init?(root: String) {
    switch root {
    case "tmx": self = .tmx
    case "martif", "tbx": self = .tbx
    case "xliff": self = .xliff
    default: return nil
    }
  }

  /// The first characters of a file, in whatever encoding they are ASCII.
  private static func start(of path: String) -> [UInt8]? {
    var start: [UInt8] = []
    if path == "-" {
      start = (try? Files.read(path)) ?? []
    } else if var file = try? InputFile(path) {
      _ = try? file.read(into: &start)
    }
    return start.prefix(1 << 14).filter { $0 != 0 && $0 < 0x80 }
  }

  /// The name of the first start tag; empty where there is none.
  private static func root(of start: [UInt8]) -> String {
    var rest = start[...]
    guard rest.first(where: { !$0.isMarkupBlank }) == 0x3C else { return "" }
    while let bracket = rest.firstIndex(of: 0x3C) {
      rest = rest[(bracket + 1)...]
      guard let first = rest.first else { return "" }
      if first.isXMLNameStart {
        return String(decoding: rest.prefix(while: \.isXMLNamePart), as: UTF8.self)
          .withoutXMLPrefix.lowercased()
      }
    }
    return ""
  }
}
