import Foundation
import TestSupport
import Testing

/// Nothing that a file says makes the command reach for another machine or another file.
@Suite struct NetworkTests {
  /// A document type elsewhere, an entity that is a file, one that is an address, and an address in
  /// the properties.
  private static let hostile = """
    <?xml version="1.0"?>
    <!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">
    <tmx version="1.4"><header srclang="en"/><body>
    <tu><prop type="file">http://127.0.0.1:9/a</prop><tuv xml:lang="en"><seg>a</seg></tuv>\
    <tuv xml:lang="zh"><seg>甲</seg></tuv></tu>
    </body></tmx>

    """
  private static let entities = """
    <?xml version="1.0"?>
    <!DOCTYPE tmx [<!ENTITY f SYSTEM "secret.txt"><!ENTITY u SYSTEM "http://127.0.0.1:9/x">]>
    <tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>&f;&u;</seg></tuv>\
    <tuv xml:lang="zh"><seg>甲</seg></tuv></tu></body></tmx>

    """

  @Test func importReachesForNothing() throws {
    guard let strace = Judge("strace")?.url else { return Judge.skipped("system calls") }
    let command = try Command()
    try command.write("hostile.tmx", Self.hostile)
    try command.write("entities.tmx", Self.entities)
    try command.write("secret.txt", "secret")
    try command.run("init")
    let traced = ["-f", "-e", "trace=network,open,openat", "-o", "calls.txt", Command.binary.path]
    let result = try command.run(
      traced + ["import", "hostile.tmx", "entities.tmx"], program: strace)
    // A sandbox may forbid tracing.
    guard command.exists("calls.txt"), !(try command.read("calls.txt")).isEmpty else {
      return Judge.skipped("system calls, which may not be traced here")
    }
    #expect(result.status == 2)
    #expect(result.errors.contains("entities.tmx:3:"))
    #expect(result.output.contains("1 translation units added"))
    let calls = try command.read("calls.txt")
    #expect(calls.contains("hostile.tmx"))
    #expect(!calls.contains("connect("))
    #expect(!calls.contains("socket("))
    #expect(!calls.contains("secret.txt"))
    #expect(!calls.contains("tmx14.dtd"))
  }
}
