extension PositionMap {
  /// The same map with its runs in the order of the file: ``text(at:)`` finds its way back in it
  /// although notes stand behind the paragraph that they interrupt.
  package var inFileOrder: PositionMap {
    var map = PositionMap()
    for run in runs.sorted(by: { $0.source < $1.source }) {
      map.append(
        text: run.text, source: run.source, count: run.count, textUnit: run.textUnit,
        sourceUnit: run.sourceUnit)
    }
    return map
  }
}
