internal import Bitext
internal import Segmentation

/// What is written into the file.
extension XLIFFEditor {
  /// The line break and the indentation before an element; empty where it stands behind another.
  func layout(before tag: XMLTag) -> String {
    let start = tag.range.lowerBound
    var last = start
    while last > 0, text.utf8[last - 1] == 0x20 || text.utf8[last - 1] == 0x09 { last -= 1 }
    guard last > 0, text.utf8[last - 1] == 0x0A else { return "" }
    last -= 1
    if last > 0, text.utf8[last - 1] == 0x0D { last -= 1 }
    return String(decoding: text.utf8[last..<start], as: UTF8.self)
  }

  /// Writes a target, or fills the one that is there.
  ///
  /// - Parameters:
  ///   - content: XML.
  ///   - slot: where.
  ///   - source: beside which a new target stands.
  ///   - states: attributes that the target gets.
  ///   - suffix: what stands behind the target.
  mutating func put(
    _ content: String, _ slot: EditedUnit.Slot, _ source: EditedSide,
    _ states: [(name: String, value: String)], suffix: String
  ) {
    guard let target = slot.target else {
      let name = source.tag.prefix + "target"
      let attributes = states.map { " \($0.name)=\"\($0.value)\"" }.joined()
      edits.insert(
        layout(before: source.tag) + "<\(name)\(attributes)>\(content)</\(name)>\(suffix)",
        at: slot.end ?? source.end)
      return
    }
    set(states, of: target.tag)
    if target.tag.isEmpty {
      edits.replace(
        target.tag.range.upperBound..<target.end, with: ">\(content)</\(target.tag.name)>")
    } else {
      edits.replace(target.content, with: content)
    }
    edits.insert(suffix, at: target.end)
  }

  private mutating func set(_ states: [(name: String, value: String)], of tag: XMLTag) {
    for state in states { tag.set(state.name, to: state.value, in: text.utf8, &edits) }
  }

  /// Fills segments between marks, in the target that is there or in a new one, whose marks, codes
  /// and spaces are those of the source.
  mutating func put(
    _ filled: [MarkedFilling], _ slot: EditedUnit.Slot, _ source: EditedSide, isComplete: Bool,
    isBuilt: Bool
  ) {
    let states =
      isComplete
      ? Self.states(of: filled.map(\.proposal)) : [(name: "state", value: "needs-translation")]
    let place = layout(before: source.tag)
    let suffix = filled.filter { !$0.proposal.isExact }
      .map { alternative($0.proposal, layout: place, source.tag.prefix, segment: $0.identifier) }
      .joined()
    if isBuilt {
      return put(marked(filled, source), slot, source, states, suffix: suffix)
    }
    guard let target = slot.target else { return }
    // What the others of its segments are worth is not ours to say.
    if isComplete, target.attributes.isOpen { set(states, of: target.tag) }
    for filling in filled {
      guard let index = filling.target else { continue }
      let segment = target.segments[index]
      if segment.tag.isEmpty {
        edits.replace(
          segment.tag.range.upperBound..<segment.end,
          with: ">\(filling.content)</\(segment.tag.name)>")
      } else {
        edits.replace(segment.content, with: filling.content)
      }
    }
    edits.insert(suffix, at: target.end)
  }

  private func marked(_ filled: [MarkedFilling], _ source: EditedSide) -> String {
    var result = ""
    var end = source.content.lowerBound
    func raw(_ range: Range<Int>) -> String { String(decoding: text.utf8[range], as: UTF8.self) }
    for (index, segment) in source.segments.enumerated() {
      let filling = filled.first { $0.segment == index }
      if segment.tag.isEmpty {
        result += raw(end..<segment.end)
      } else {
        result += raw(end..<segment.content.lowerBound)
        result += filling?.content ?? ""
        result += raw(segment.content.upperBound..<segment.end)
      }
      end = segment.end
    }
    return result + raw(end..<source.content.upperBound)
  }

  // MARK: Where a translation comes from

  /// The unit of the memory that is like a segment, as XLIFF 1.2 has it.
  func alternative(
    _ proposal: TargetProposal, layout: String, _ prefix: String, segment: String? = nil
  ) -> String {
    let origin = proposal.origin.map { " origin=\"\(escapedXML($0, isAttribute: true))\"" } ?? ""
    let mark = segment.map { " mid=\"\(escapedXML($0, isAttribute: true))\"" } ?? ""
    return layout + "<\(prefix)alt-trans match-quality=\"\(proposal.percent)%\"\(origin)\(mark)>"
      + texts(proposal, prefix) + "</\(prefix)alt-trans>"
  }

  private func texts(_ proposal: TargetProposal, _ prefix: String) -> String {
    "<\(prefix)source>\(escapedXML(proposal.source))</\(prefix)source>"
      + "<\(prefix)target>\(escapedXML(proposal.original ?? proposal.text))</\(prefix)target>"
  }

  /// Says in XLIFF 2 what a translation is worth.
  ///
  /// - Returns: the unit of the memory as a candidate of the matches module; empty for the text
  ///   itself.
  mutating func setState(
    _ tag: XMLTag, _ slot: EditedUnit.Slot, _ proposal: TargetProposal, _ prefix: String,
    _ unit: EditedUnit, _ named: inout Set<String>
  ) -> String {
    set([("state", proposal.isExact ? "translated" : "initial")], of: tag)
    guard !proposal.isExact else { return "" }
    set([("subState", "concord:fuzzy-match")], of: tag)
    // The module belongs to these versions; the prefix of one that stands there already is needed
    // to tell its elements from ours.
    let hasModule = ["2.0", "2.1"].contains(version)
    guard hasModule, unit.matches.map({ !$0.prefix.isEmpty }) ?? true else { return "" }
    let identifier = slot.attributes?["id"] ?? newIdentifier(&named)
    if slot.attributes?["id"] == nil { set([("id", identifier)], of: tag) }
    let own = unit.matches?.prefix ?? "mtc:"
    let origin = proposal.origin.map { " origin=\"\(escapedXML($0, isAttribute: true))\"" } ?? ""
    let type = proposal.isMachine ? "mt" : "tm"
    return "<\(own)match ref=\"#\(escapedXML(identifier, isAttribute: true))\" type=\"\(type)\""
      + " similarity=\"\(proposal.percent)\"\(origin)>\(texts(proposal, prefix))</\(own)match>"
  }

  private func newIdentifier(_ named: inout Set<String>) -> String {
    var number = 1
    while !named.insert("s\(number)").inserted { number += 1 }
    return "s\(number)"
  }

  mutating func writeMatches(_ candidates: String, _ unit: EditedUnit) {
    guard !candidates.isEmpty else { return }
    if let matches = unit.matches {
      return edits.insert(candidates, at: matches.start)
    }
    let namespace = "urn:oasis:names:tc:xliff:matches:2.0"
    edits.insert(
      "<mtc:matches xmlns:mtc=\"\(namespace)\">\(candidates)</mtc:matches>", at: unit.tag.end)
  }
}
