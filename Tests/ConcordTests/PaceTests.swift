import Dispatch
import Testing

@testable import concord

@Suite struct PaceTests {
  private func text(_ unit: Pace.Unit, _ done: Int, _ all: Int, after seconds: Double) -> String {
    let start = DispatchTime(uptimeNanoseconds: 1_000_000_000)
    let now = DispatchTime(uptimeNanoseconds: 1_000_000_000 + UInt64(seconds * 1e9))
    return Pace("reading a.tmx", unit: unit, since: start).text(done: done, all: all, now: now)
  }

  @Test func saysHowFastAndHowLong() {
    #expect(
      text(.bytes, 63_000_000, 140_000_000, after: 0.9)
        == "reading a.tmx: 63 of 140 MB, 70 MB/s, 2 s left, after")
    #expect(
      text(.bytes, 1_250_000, 9_900_000, after: 10)
        == "reading a.tmx: 1.3 of 9.9 MB, 0.1 MB/s, 1 min 10 s left, after")
    #expect(
      text(.units, 2048, 10_000, after: 2)
        == "reading a.tmx: 2048 of 10000 units, 1024 units/s, 8 s left, after")
  }

  @Test func saysNothingOfWhatHasNotBegun() {
    #expect(text(.bytes, 0, 10, after: 1) == "reading a.tmx:")
    #expect(text(.bytes, 5, 10, after: 0) == "reading a.tmx:")
  }

  /// A file may have grown while it was read.
  @Test(arguments: [10_000_000, 12_000_000])
  func saysThatTheEndIsNear(done: Int) {
    #expect(
      text(.bytes, done, 10_000_000, after: 3) == "reading a.tmx: 10 MB done, finishing, after")
  }
}
