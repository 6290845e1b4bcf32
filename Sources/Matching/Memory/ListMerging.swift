/// Merges ascending lists of numbers.
struct ListMerging {
  private var numbers: [UInt32] = []
  private var starts: [Int] = []
  private var other: [UInt32] = []

  mutating func reset() {
    numbers.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  mutating func begin() { starts.append(numbers.count) }
  @inline(__always)
  mutating func add(_ number: UInt32) { numbers.append(number) }

  /// Calls `body` with all numbers, ascending.
  mutating func withNumbers(_ body: (UnsafeBufferPointer<UInt32>) throws -> Void) throws {
    while starts.count > 1 { mergePairs() }
    try numbers.withUnsafeBufferPointer(body)
  }

  /// Makes one list of every two neighbours.
  private mutating func mergePairs() {
    other.removeAll(keepingCapacity: true)
    other.append(contentsOf: repeatElement(0, count: numbers.count))
    var merged: [Int] = []
    let ends = starts.dropFirst() + [numbers.count]
    let runs = zip(starts, ends).map { $0..<$1 }
    numbers.withUnsafeBufferPointer { numbers in
      other.withUnsafeMutableBufferPointer { other in
        for index in stride(from: 0, to: runs.count, by: 2) {
          let left = runs[index]
          merged.append(left.lowerBound)
          guard index + 1 < runs.count else {
            for place in left { other[place] = numbers[place] }
            continue
          }
          let right = runs[index + 1]
          var (one, two, out) = (left.lowerBound, right.lowerBound, left.lowerBound)
          while one < left.upperBound, two < right.upperBound {
            let (first, second) = (numbers[one], numbers[two])
            let takesFirst = first < second
            other[out] = takesFirst ? first : second
            one += takesFirst ? 1 : 0
            two += takesFirst ? 0 : 1
            out += 1
          }
          while one < left.upperBound {
            other[out] = numbers[one]
            (one, out) = (one + 1, out + 1)
          }
          while two < right.upperBound {
            other[out] = numbers[two]
            (two, out) = (two + 1, out + 1)
          }
        }
      }
    }
    swap(&numbers, &other)
    starts = merged
  }
}
