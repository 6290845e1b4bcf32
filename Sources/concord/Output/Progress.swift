internal import Bitext
internal import Dispatch
internal import Formats
internal import Synchronization

/// Says on a terminal how far long work has come: after a second, in one line that goes away.
final class Progress: Sendable {
  private struct State {
    var text = ""
    var isShown = false
  }

  private let state = Mutex(State())
  private let isOver = DispatchSemaphore(value: 0)
  private let isOn: Bool
  private let start = DispatchTime.now()

  /// Before this nobody wonders, and after it the line changes as often as can be read.
  private static let delay = DispatchTimeInterval.seconds(1)
  private static let interval = DispatchTimeInterval.milliseconds(200)

  /// - Parameter isOn: whether there is someone to tell.
  init(isOn: Bool) {
    self.isOn = isOn
    guard isOn else { return }
    // A queue of its own has a thread even while all cores are at work.
    DispatchQueue(label: "progress").async { [self] in
      var wait = Self.delay
      while isOver.wait(timeout: .now() + wait) == .timedOut {
        draw()
        wait = Self.interval
      }
    }
  }

  /// Sets what the line says.
  func say(_ text: @autoclosure () -> String) {
    guard isOn else { return }
    let text = text()
    state.withLock { $0.text = text }
  }

  /// Takes the line away while something else is said.
  func interrupt(_ body: () -> Void) {
    state.withLock { state in
      Self.clear(&state)
      body()
    }
  }

  /// Takes the line away for good.
  func finish() {
    guard isOn else { return }
    isOver.signal()
    state.withLock { state in
      state.text = ""
      Self.clear(&state)
    }
  }

  private func draw() {
    state.withLock { state in
      guard !state.text.isEmpty else { return }
      let seconds = (DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000_000
      StandardError.write("\r\u{1B}[K\(state.text.visible) \(seconds) s")
      state.isShown = true
    }
  }

  private static func clear(_ state: inout State) {
    if state.isShown { StandardError.write("\r\u{1B}[K") }
    state.isShown = false
  }
}
