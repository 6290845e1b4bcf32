internal import Segmentation

extension NumberComparison {
  mutating func excuse(_ sourceText: Span<UInt8>, _ targetText: Span<UInt8>) {
    for i in source.rest where source.mentions[i].isWeak { remove(source: i, target: nil) }
    for i in target.rest where target.mentions[i].isWeak { remove(source: nil, target: i) }
  }
}
