/// Forward–backward over one text pair: the places of one side are the states, the words of the
/// other are what they emit.
///
/// A word without a counterpart keeps the place of the one before it (Och and Ney 2003).
/// The space is kept from text to text.
struct HiddenMarkovChain {
  /// The share of each state in each word, word after word.
  private(set) var shares = zeros(0)
  /// What each state gives each word, word after word: to be filled before each run, with 0 between
  /// the last state and the next word.
  private(set) var emissions = zeros(0)
  /// How far the words lie apart in ``shares`` and ``emissions``: the states, filled up so that
  /// some are worked on at a time.
  private(set) var stride = 0
  /// The kind of the step to each word, and one more to the end.
  private(set) var kinds = FixedBuffer<UInt8>(repeating: 0, count: 0)
  /// What no state gives each word.
  private(set) var nulls = zeros(0)
  /// Expected jumps, summed over the texts.
  let jumps = zeros(JumpModel.size * JumpModel.kinds)

  private let model: JumpModel
  private let null: Float
  /// The share of each state in each word, seen from what comes before: of those that emit it, and
  /// of these with those that keep their place through a word without a counterpart.
  private var forward = zeros(0)
  private var masses = zeros(0)
  /// Those that keep their place through the word that is worked on.
  private var held = zeros(0)
  /// The share that is at no place yet, before the first counterpart.
  private var unplaced = zeros(0)
  /// The likelihood of what follows, seen from each place, for two neighbouring words.
  private var backward = zeros(0)
  private var next = zeros(0)
  /// What leads from each place on by emitting the word that is worked on.
  private var values = zeros(0)
  private var scales = zeros(0)
  /// For each place the reciprocal of what all jumps from it weigh; for the place before the first
  /// one too.
  private var norms = zeros(0)
  private let startNorms = zeros(JumpModel.kinds)
  private var kernel = zeros(0)
  /// The same from right to left, so that every loop runs upwards.
  private var reversed = zeros(0)
  private var kernelLength = 0
  /// The places that a jump may come from, with what each gives it.
  private var sources = FixedBuffer<Source>(repeating: Source(place: 0, weight: 0), count: 0)
  /// The class of each jump of the kernel.
  private var classes: [Int] = []

  private struct Source {
    var place: Int32
    var weight: Float
  }

  /// Shares below this are not followed further.
  private static let negligible: Float = 1e-4

  /// - Parameters:
  ///   - model: the jumps between states.
  ///   - null: the probability that a word has no counterpart.
  init(_ model: JumpModel, null: Float) {
    self.model = model
    self.null = null
  }

  private static func zeros(_ count: Int) -> FixedBuffer<Float> {
    FixedBuffer(repeating: 0, count: count)
  }

  /// Makes room for a text, whose ``emissions`` are to be filled next.
  mutating func reserve(states: Int, words: Int) {
    stride = (states + Self.lanes - 1) / Self.lanes * Self.lanes
    if emissions.count < stride * words {
      let size = stride * words * 3 / 2
      emissions = Self.zeros(size)
      shares = Self.zeros(size)
      forward = Self.zeros(size)
      masses = Self.zeros(size)
    }
    if nulls.count < words {
      nulls = Self.zeros(words * 2)
      kinds = FixedBuffer(repeating: 0, count: words * 2 + 1)
      unplaced = Self.zeros(words * 2)
      scales = Self.zeros(words * 2)
    }
    if kernelLength < stride { widen(to: stride * 2) }
  }

  private mutating func widen(to length: Int) {
    backward = Self.zeros(length)
    next = Self.zeros(length)
    values = Self.zeros(length)
    held = Self.zeros(length)
    norms = Self.zeros(length * JumpModel.kinds + Self.lanes)
    sources = FixedBuffer(repeating: Source(place: 0, weight: 0), count: length)
    kernelLength = length
    classes = (-kernelLength...kernelLength).map { JumpModel.index(of: $0) }
    kernel = Self.zeros(kernelSize * JumpModel.kinds + Self.lanes)
    reversed = Self.zeros(kernelSize * JumpModel.kinds + Self.lanes)
    for kind in 0..<JumpModel.kinds {
      let weights = model.kernel(length: kernelLength, kind: kind)
      kernel.replace(from: kind * kernelSize, with: weights)
      reversed.replace(from: kind * kernelSize, with: weights.reversed())
    }
  }

  /// Fills ``shares`` from ``emissions`` and ``nulls``.
  mutating func run(states: Int, words: Int, countsJumps: Bool) {
    setNorms(states)
    start(states)
    for word in 1..<max(1, words) { step(word, states) }
    // The end of the text stands behind the last place: the last word jumps there.
    for index in 0..<states {
      backward[index] =
        kernel[center(words) + states - index] * norms[Int(kinds[words]) * states + index]
    }
    scaleEnd(words, states)
    for word in Swift.stride(from: words - 1, through: 0, by: -1) {
      share(word, states)
      if word > 0 { back(word, states, countsJumps) }
    }
  }

  private func share(_ word: Int, _ states: Int) {
    let row = word * stride
    let (share, placed, mass) = (shares.base + row, forward.base + row, masses.base + row)
    let after = backward.base
    var total: Float = 0
    for index in 0..<states { total += mass[index] * after[index] }
    // What one direction left out as negligible the other one may have followed.
    let scale = 1 / max(1, total)
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      let value = placed.lanes(index) * after.lanes(index) * scale
      share.setLanes(index, value.replacing(with: 1, where: value .>= 1))
    }
  }

  /// So that the shares of the last word sum up to 1.
  private func scaleEnd(_ words: Int, _ states: Int) {
    let mass = masses.base + (words - 1) * stride
    var total =
      unplaced[words - 1] * kernel[center(words) + states + 1] * startNorms[Int(kinds[words])]
    for index in 0..<states { total += mass[index] * backward[index] }
    for index in 0..<states { backward[index] /= total }
  }

  /// States that are worked on at a time.
  private static let lanes = 4

  private var kernelSize: Int { 2 * kernelLength + 1 }

  /// Where the weight of no jump stands in the kernel of the step to a word.
  private func center(_ word: Int) -> Int { Int(kinds[word]) * kernelSize + kernelLength }

  private func setNorms(_ states: Int) {
    for kind in 0..<JumpModel.kinds {
      let center = kind * kernelSize + kernelLength
      var sum: Float = 0
      for target in 0..<states { sum += kernel[center + target + 1] }
      startNorms[kind] = 1 / sum
      sum += kernel[center] - kernel[center + states]
      for index in 0..<states {
        norms[kind * states + index] = 1 / sum
        sum += kernel[center - index - 1] - kernel[center + states - 1 - index]
      }
    }
  }

  private func start(_ states: Int) {
    let (scale, kernel) = (startNorms[Int(kinds[0])], self.kernel.base + center(0) + 1)
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      forward.base.setLanes(index, kernel.lanes(index) * scale)
      held.base.setLanes(index, SIMD4())
    }
    finish(0, states, unplaced: self.null * nulls[0])
  }

  /// From the word before to this one.
  private func step(_ word: Int, _ states: Int) {
    let row = word * stride
    let (now, before) = (forward.base + row, masses.base + row - stride)
    let keep = held.base
    let null = self.null * nulls[word]
    let start = unplaced[word - 1]
    let kernel = self.kernel.base + center(word)
    let norms = self.norms.base + Int(kinds[word]) * states
    let startKernel = kernel + 1
    let startScale = start > Self.negligible ? start * startNorms[Int(kinds[word])] : 0
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      now.setLanes(index, startKernel.lanes(index) * startScale)
      keep.setLanes(index, before.lanes(index) * null)
    }
    for index in 0..<states {
      let mass = before[index]
      guard mass > Self.negligible else { continue }
      let scale = mass * norms[index]
      let jump = kernel - index
      for target in Swift.stride(from: 0, to: states, by: Self.lanes) {
        now.setLanes(target, now.lanes(target) + jump.lanes(target) * scale)
      }
    }
    finish(word, states, unplaced: start * null)
  }

  /// Emits the word and scales all shares to sum up to 1.
  private func finish(_ word: Int, _ states: Int, unplaced rest: Float) {
    let row = word * stride
    let (now, keep, emission) = (forward.base + row, held.base, emissions.base + row)
    let mass = masses.base + row
    let real = 1 - self.null
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      now.setLanes(index, now.lanes(index) * (emission.lanes(index) * real))
    }
    var total = rest
    for index in 0..<states { total += now[index] + keep[index] }
    let scale = 1 / max(total, 1e-30)
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      let placed = now.lanes(index) * scale
      now.setLanes(index, placed)
      mass.setLanes(index, placed + keep.lanes(index) * scale)
    }
    unplaced[word] = rest * scale
    scales[word] = scale
  }

  /// From the word after to this one.
  private mutating func back(_ word: Int, _ states: Int, _ countsJumps: Bool) {
    let (after, now, emission) = (backward.base, next.base, emissions.base + word * stride)
    let null = self.null * nulls[word] * scales[word]
    let real = (1 - self.null) * scales[word]
    let reversed = self.reversed.base + center(word)
    let norms = self.norms.base + Int(kinds[word]) * states
    let values = self.values.base
    let sourceCount = countsJumps ? findSources(word, states) : 0
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      values.setLanes(index, emission.lanes(index) * real * after.lanes(index))
      now.setLanes(index, SIMD4())
    }
    for target in 0..<states {
      let value = values[target]
      guard value > Self.negligible else { continue }
      let jump = reversed - target
      for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
        now.setLanes(index, now.lanes(index) + jump.lanes(index) * value)
      }
      if sourceCount > 0 { countJumps(to: target, word, sourceCount, value) }
    }
    for index in Swift.stride(from: 0, to: states, by: Self.lanes) {
      now.setLanes(index, now.lanes(index) * norms.lanes(index) + after.lanes(index) * null)
    }
    swap(&next, &backward)
  }

  /// Finds the places that a jump to a word may come from, which are the same for all places that
  /// it may lead to, and says how many they are.
  private func findSources(_ word: Int, _ states: Int) -> Int {
    let before = masses.base + (word - 1) * stride
    let norms = self.norms.base + Int(kinds[word]) * states
    let sources = self.sources.base
    var count = 0
    for index in 0..<states {
      let mass = before[index]
      guard mass > Self.negligible else { continue }
      sources[count] = Source(place: Int32(truncatingIfNeeded: index), weight: mass * norms[index])
      count += 1
    }
    return count
  }

  private func countJumps(to target: Int, _ word: Int, _ sourceCount: Int, _ value: Float) {
    let counts = jumps.base + Int(kinds[word]) * JumpModel.size
    let (kernel, sources) = (self.kernel.base + center(word) + target, self.sources.base)
    classes.withUnsafeBufferPointer { classes in
      for number in 0..<sourceCount {
        let source = sources[number]
        let place = Int(source.place)
        counts[classes[kernelLength + target - place]] += source.weight * kernel[-place] * value
      }
    }
  }
}

extension UnsafeMutablePointer<Float> {
  /// The four values from an index on.
  @inline(__always)
  fileprivate func lanes(_ index: Int) -> SIMD4<Float> {
    UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  fileprivate func setLanes(_ index: Int, _ values: SIMD4<Float>) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: values, as: SIMD4<Float>.self)
  }
}
