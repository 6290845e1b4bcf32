import Bitext
import Segmentation

@testable import Documents

/// Reads a text as a document of some name.
func read(
  _ text: String, as file: String, _ options: DocumentOptions = DocumentOptions()
) throws -> Prose {
  try DocumentReader.prose(try decodeText(Array(text.utf8), file: file), file: file, options)
}

extension Prose {
  /// The texts of the blocks.
  var texts: [String] { blocks.map { text($0.range) } }

  /// The texts that are not checked.
  var literalTexts: [String] { literals.map { text($0) } }

  /// Where a text stands in the prose, every time.
  func ranges(of needle: String) -> [Range<Int>] {
    let wanted = Array(needle.utf8)
    guard utf8.count >= wanted.count else { return [] }
    return (0...utf8.count - wanted.count).filter { utf8[$0...].starts(with: wanted) }
      .map { $0..<$0 + wanted.count }
  }
}
