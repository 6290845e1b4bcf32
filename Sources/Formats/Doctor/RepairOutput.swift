internal import Bitext
internal import Segmentation

/// Where a repaired file goes, in the encoding of the file it came from.
final class RepairOutput {
  private let file: OutputFile
  private let encoding: String
  /// The whole text of a file that is not in UTF-8: such a file is in memory anyway.
  private var whole: [UInt8] = []

  private var isUTF8: Bool { encoding == "UTF-8" }

  init(_ file: OutputFile, encoding: String, mark: [UInt8]) throws {
    self.file = file
    self.encoding = encoding
    if !mark.isEmpty { try file.write(mark) }
  }

  func write(_ bytes: some Collection<UInt8>) throws {
    if isUTF8 { try file.write(bytes) } else { whole += bytes }
  }

  func write(_ text: String) throws { try write(text.utf8) }

  func finish() throws {
    guard !isUTF8 else { return }
    guard let bytes = encodeText(String(decoding: whole, as: UTF8.self), encoding: encoding) else {
      throw Trouble(
        "what was mended cannot be written in \(encoding): convert the file to UTF-8 first")
    }
    try file.write(bytes)
  }
}
