internal import Bitext
internal import Segmentation

/// The names that a Markdown document gives to addresses, `[name]: address`: wherever it does so,
/// `[text][name]` is a link in all of it.
struct MarkdownReferences {
  /// A definition of each name, to be read before a part of the document.
  private(set) var definitions: [UInt8] = []
  private var known: Set<[UInt8]> = []

  /// As much is read again with each part.
  static let mostBytes = 1 << 18

  /// Adds the names that a part of the document defines.
  ///
  /// - Parameter part: the part, without front matter.
  mutating func note(_ part: ArraySlice<UInt8>) {
    let labels = MarkdownLabels.labels(in: part).filter { !known.contains($0) }
    guard !labels.isEmpty else { return }
    // What only looks like a definition, such as code, makes no link of a name before the part.
    var probes: [UInt8] = []
    var places: [Int: [UInt8]] = [:]
    for label in Set(labels).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      places[probes.count] = label
      probes += [UInt8(ascii: "[")] + label + Array("]\n\n".utf8)
    }
    guard let events = MarkdownEvents(probes + part, from: 0) else { return }
    for index in 0..<events.count {
      if let place = events.place(ofText: index) { places[place] = nil }
    }
    for label in places.values.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      known.insert(label)
      definitions += [UInt8(ascii: "[")] + label + Array("]: x\n".utf8)
    }
  }

  /// The definitions as a part of the document that others may follow.
  var text: [UInt8] { definitions.isEmpty ? [] : definitions + [0x0A] }
}

/// Finds what may be the label of a definition of a link reference.
enum MarkdownLabels {
  /// Whether there may be any, and whether all of them can be seen from their own line.
  enum Presence {
    case none
    case some
    /// A label may have begun on the line before.
    case hidden
  }

  static func presence(in lines: Span<UInt8>) -> Presence {
    var found = Presence.none
    for index in 0..<max(0, lines.count - 1) where lines.isLabelEnd(index) {
      switch lines.label(upTo: index) {
      case .none: break
      case .some: found = .some
      case .hidden: return .hidden
      }
    }
    return found
  }

  /// The labels that stand on one line.
  static func labels(in text: ArraySlice<UInt8>) -> [[UInt8]] {
    let bytes = Array(text)
    let span = bytes.span
    var found: [[UInt8]] = []
    for index in 0..<max(0, span.count - 1) where span.isLabelEnd(index) {
      if case .some(let start) = span.label(upTo: index) {
        found.append(Array(bytes[start..<index]))
      }
    }
    return found
  }
}

extension Span<UInt8> {
  fileprivate enum Label {
    case none
    /// Behind its bracket.
    case some(start: Int)
    case hidden
  }

  fileprivate func isLabelEnd(_ index: Int) -> Bool {
    self[index] == UInt8(ascii: "]") && self[index + 1] == UInt8(ascii: ":")
  }

  /// The label that ends before a bracket: before its own bracket stands nothing but what quotes
  /// and lists begin with.
  fileprivate func label(upTo end: Int) -> Label {
    var index = end
    while index > 0, self[index - 1] != 0x0A, self[index - 1] != 0x0D {
      index -= 1
      guard self[index] == UInt8(ascii: "[") else { continue }
      if index > 0, self[index - 1] == UInt8(ascii: "\\") { continue }
      // A label is not empty.
      if trimmingWhitespace(index + 1..<end).isEmpty { return .none }
      var before = index
      while before > 0, self[before - 1] != 0x0A, self[before - 1] != 0x0D {
        before -= 1
        let byte = self[before]
        let isMark = byte.isASCIIDigit || byte == 0x20 || byte == 0x09
        guard isMark || ">*+-.)".utf8.contains(byte) else { return .none }
      }
      return .some(start: index + 1)
    }
    return .hidden
  }
}
