public import Bitext

/// Writes units as two plain files of which line n of one translates line n of the other, as Moses and
/// most trainers of machine translation want them.
public struct MosesWriter {
  private let source: OutputFile
  private let target: OutputFile
  private var losses = ListLosses()

  /// - Parameters:
  ///   - source: where the source segments go.
  ///   - target: where their translations go.
  public init(source: OutputFile, target: OutputFile) {
    self.source = source
    self.target = target
  }

  /// What the lines could not keep, once per reason.
  public var warnings: [Warning] { losses.warnings }

  public mutating func write(_ unit: TranslationUnit) throws {
    let lines = (line(unit.source), line(unit.target))
    if lines.0 != unit.source || lines.1 != unit.target {
      losses.add("line breaks within a segment became spaces", unit.source)
    }
    try source.write(lines.0 + "\n")
    try target.write(lines.1 + "\n")
  }

  /// Whatever some reader takes for the end of a line becomes a space.
  private func line(_ text: String) -> String {
    var result = ""
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where isAfterReturn: break
      case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: result += " "
      default: result.unicodeScalars.append(scalar)
      }
      isAfterReturn = scalar == "\r"
    }
    return result
  }
}
