internal import Bitext
internal import Segmentation

/// Terms as people type them.
enum TermText {
  /// The text without spaces around it, and with single ones in it.
  static func cleaned(_ text: String) -> String {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    return words.joined(separator: " ")
  }

  /// - Throws: `Trouble` for a text that could never be found in another one.
  static func check(_ text: String) throws(Trouble) {
    guard !text.isEmpty else { throw Trouble("a term may not be empty") }
    guard KeyTokenizer().tokens(of: text).contains(where: { $0.kind != .punctuation }) else {
      throw Trouble("“\(text)” holds neither letters nor digits and could never be found")
    }
  }
}
