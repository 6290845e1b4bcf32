import Bitext
import Foundation
import Formats
import Testing

@Suite struct MappedFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func holdsTheBytesOfTheFile() throws {
    let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = folder.appending(path: "data").path
    try Data(content).write(to: URL(filePath: path))
    let file = try MappedFile(path)
    #expect(Array(file.bytes) == content)
    // What was opened stays, though the file is replaced or gone.
    try Data([1, 2, 3]).write(to: URL(filePath: path), options: .atomic)
    try FileManager.default.removeItem(atPath: path)
    #expect(Array(file.bytes) == content)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func anEmptyFileHasNoBytes() throws {
    let path = folder.appending(path: "empty").path
    try Data().write(to: URL(filePath: path))
    #expect(try MappedFile(path).bytes.isEmpty)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func whatIsNoFileIsTrouble() throws {
    #expect(throws: Trouble.self) { _ = try MappedFile(folder.path) }
    #expect(throws: Trouble.self) { _ = try MappedFile(folder.path + "/absent") }
    #expect(throws: Trouble.self) { _ = try MappedFile("/dev/null") }
    try FileManager.default.removeItem(at: folder)
  }
}
