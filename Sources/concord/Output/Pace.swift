internal import Dispatch

/// How fast long work goes, and how long it will still take.
struct Pace {
  /// What is counted.
  enum Unit { case bytes, units }

  private let work: String
  private let unit: Unit
  private let start: DispatchTime

  init(_ work: String, unit: Unit, since start: DispatchTime = .now()) {
    self.work = work
    self.unit = unit
    self.start = start
  }

  /// One line: `reading a.tmx: 63 of 140 MB, 70 MB/s, 2 s left, after`, behind which the seconds
  /// stand that have passed.
  func text(done: Int, all: Int, now: DispatchTime = .now()) -> String {
    let seconds = Double(now.uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    guard seconds > 0, done > 0 else { return "\(work):" }
    // Behind the last byte the store still has its indexes to make, and a file to reach the disk.
    guard done < all else { return "\(work): \(amount(all))\(name) done, finishing, after" }
    let rate = Double(done) / seconds
    // Rounded up: the last second is still one.
    let left = Int((Double(all - done) / rate).rounded(.up))
    return "\(work): \(amount(done)) of \(amount(all))\(name), \(amount(Int(rate)))\(name)/s, "
      + "\(Self.duration(left)) left, after"
  }

  private var name: String { unit == .bytes ? " MB" : " units" }

  private func amount(_ count: Int) -> String {
    guard unit == .bytes else { return String(count) }
    // Below ten a decimal says more.
    let tenths = (count + 50_000) / 100_000
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : String((tenths + 5) / 10)
  }

  private static func duration(_ seconds: Int) -> String {
    seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
  }
}
