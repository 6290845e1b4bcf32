import Bitext
import Foundation
import Store
import Testing

/// A program that keeps a store open while commands change it.
@Suite struct OtherProcessTests {
  @Test func whatACommandChangesIsSeenAtOnce() throws {
    let command = try Command()
    func bring(_ number: Int) throws {
      try command.write("\(number).tsv", "en\tzh-Hans\nThe Port\t港口 \(number)\n")
      let run = try command.run(
        "import", "--as", "memory", "\(number).tsv", "--store", "memory.sqlite")
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(try command.run("init", "--store", "memory.sqlite").status == 0)
    try bring(1)
    let store = try ConcordStore(path: command.path("memory.sqlite"), access: .read)
    func expectFound(_ numbers: [Int]) throws {
      let right = numbers.map { "港口 \($0)" }
      // The first asks SQLite, the others only whether anything was committed.
      for _ in 0..<3 {
        #expect(try store.unitTexts(like: "the port", on: .source).map(\.target) == right)
        let hits = try store.concordance("PORT", limit: nil)
        #expect(hits.map(\.unit.target).sorted() == right.sorted())
      }
    }
    try expectFound([1])
    for number in 2...4 {
      try bring(number)
      try expectFound(Array(1...number))
    }
    #expect(
      try command.run("memory", "delete", "--target-text", "港口 2", "--store", "memory.sqlite")
        .status == 0)
    try expectFound([1, 3, 4])
    #expect(try command.run("memory", "reindex", "--store", "memory.sqlite").status == 0)
    try expectFound([1, 3, 4])
  }
}
