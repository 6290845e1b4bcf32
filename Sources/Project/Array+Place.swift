extension Array {
  /// Where the first element stands of which something is true that is true of all behind it too.
  func firstPlace(where isReached: (Element) -> Bool) -> Int {
    var (start, end) = (startIndex, endIndex)
    while start < end {
      let middle = start + (end - start) / 2
      if isReached(self[middle]) { end = middle } else { start = middle + 1 }
    }
    return start
  }
}
