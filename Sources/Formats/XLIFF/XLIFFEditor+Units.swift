internal import Bitext
internal import Segmentation

/// What is decided for each segment of a unit.
extension XLIFFEditor {
  mutating func write(_ unit: EditedUnit) throws {
    var candidates = ""
    var named = unit.identifiers
    // Of the segments with a source.
    var number = 0
    for slot in unit.slots {
      guard let source = slot.segmentedSource ?? slot.source else { continue }
      let isMarked = !source.segments.isEmpty && !(slot.target?.text.isUnmarked ?? false)
      if isMarked {
        try writeMarked(slot, source, unit, &number)
      } else if !source.text.whole.isBlank {
        try writeWhole(slot, source, unit, number, &named, &candidates)
        number += 1
      }
    }
    writeMatches(candidates, unit)
  }

  /// What a segment may get, or what is to be said of it instead.
  enum Decision {
    case fill(TargetProposal, content: String)
    case outcome(SegmentOutcome.Kind, TargetProposal? = nil)
  }

  /// - Parameters:
  ///   - source: the text of the segment.
  ///   - codes: its inline codes.
  ///   - target: the text that stands there; `nil` and blank ones are to be filled.
  ///   - isOpen: whether another text may make way.
  ///   - obstacle: why the segment must not be touched, if so.
  ///   - contextID: what names the segment's place in its document.
  /// - Returns: what to do; reporting it is the caller's.
  /// - Throws: what the filler throws.
  mutating func decide(
    _ source: PlacedText, _ codes: [InlineCode], target: PlacedText?, isOpen: Bool,
    obstacle: SegmentOutcome.Reason?, contextID: String?
  ) throws -> Decision {
    let isFilled = !(target?.isBlank ?? true)
    if isFilled, !isOpen && !filler.overwrites || obstacle != nil { return .outcome(.translated) }
    if let obstacle { return .outcome(.left(obstacle)) }
    guard let languages = try languages() else {
      return .outcome(isFilled ? .translated : .left(.languages))
    }
    let asked = String(
      decoding: source.utf8[source.utf8.span.trimmingWhitespace(0..<source.utf8.count)],
      as: UTF8.self)
    guard let proposal = try filler.proposal(for: asked, contextID: contextID, languages) else {
      return .outcome(isFilled ? .translated : .notFound)
    }
    if let target, isFilled {
      // A fuzzy match is no better than what somebody wrote.
      let isBetter = proposal.isExact || isOpen
      guard isBetter, target.trimmedText != proposal.text else { return .outcome(.translated) }
    }
    let placement = CodePlacement(
      source: source.utf8, codes: codes, translation: proposal.text, file: text.utf8)
    guard let content = placement.content else {
      return .outcome(isFilled ? .translated : .left(.codes), proposal)
    }
    declareTarget(languages.target)
    return .fill(proposal, content: content)
  }

  func report(
    _ kind: SegmentOutcome.Kind, _ source: PlacedText, line: Int, _ proposal: TargetProposal?
  ) {
    filler.report(
      SegmentOutcome(kind: kind, line: line, source: source.trimmedText, proposal: proposal))
  }

  func obstacle(_ unit: EditedUnit, isLocked: Bool) -> SegmentOutcome.Reason? {
    if !unit.isTranslated { return .untranslatable }
    return unit.isLocked || isLocked ? .locked : nil
  }

  // MARK: Segments without marks

  private mutating func writeWhole(
    _ slot: EditedUnit.Slot, _ source: EditedSide, _ unit: EditedUnit, _ number: Int,
    _ named: inout Set<String>, _ candidates: inout String
  ) throws {
    let sourceText = source.text.whole
    let state = unit.isSegmented ? slot.attributes : slot.target?.attributes
    var obstacle = obstacle(unit, isLocked: slot.isLocked || state?.isFinal ?? false)
    if obstacle == nil, let target = slot.target, target.text.whole.isBlank,
      !hasSpaceAlone(target.content)
    {
      obstacle = .markedTarget
    }
    let decision = try decide(
      sourceText, source.codes, target: slot.target?.text.whole,
      isOpen: state?.isOpen ?? false, obstacle: obstacle,
      contextID: unit.name.contextID(ofSegment: number))
    switch decision {
    case .outcome(let kind, let proposal): report(kind, sourceText, line: source.line, proposal)
    case .fill(let proposal, let content):
      report(proposal.isExact ? .exact : .fuzzy, sourceText, line: source.line, proposal)
      let states = unit.isSegmented ? [] : Self.states(of: [proposal])
      let suffix =
        unit.isSegmented || proposal.isExact
        ? "" : alternative(proposal, layout: layout(before: source.tag), source.tag.prefix)
      put(content, slot, source, states, suffix: suffix)
      if let tag = slot.tag {
        candidates += setState(tag, slot, proposal, source.tag.prefix, unit, &named)
      }
    }
  }

  /// Whether a stretch of the file holds nothing but white space.
  func hasSpaceAlone(_ range: Range<Int>) -> Bool {
    !text.utf8[range].contains { $0 > 0x20 }
  }

  /// What XLIFF 1.2 says of a target whose texts come out of a memory.
  static func states(of proposals: [TargetProposal]) -> [(name: String, value: String)] {
    guard proposals.contains(where: { !$0.isExact }) else {
      let isNamed = !proposals.contains { !$0.isNamed }
      return [
        ("state", "translated"), ("state-qualifier", isNamed ? "id-match" : "exact-match"),
      ]
    }
    let isMachine = !proposals.contains { !$0.isMachine }
    return [
      ("state", "needs-review-translation"),
      ("state-qualifier", isMachine ? "leveraged-mt" : "fuzzy-match"),
    ]
  }

  // MARK: Segments between marks

  private mutating func writeMarked(
    _ slot: EditedUnit.Slot, _ source: EditedSide, _ unit: EditedUnit, _ number: inout Int
  ) throws {
    var filled: [MarkedFilling] = []
    var blankCount = 0
    let isBuilt = slot.target.map { hasSpaceAlone($0.content) } ?? true
    for (index, segment) in source.segments.enumerated() {
      let marked = source.text.segments[index]
      guard !marked.text.isBlank else { continue }
      let isLocked =
        unit.lockedSegments.contains(marked.identifier) || slot.isLocked
        || slot.target?.attributes.isFinal ?? false
      var obstacle = obstacle(unit, isLocked: isLocked)
      let place = slot.target?.text.segments.firstIndex { $0.identifier == marked.identifier }
      if !isBuilt, obstacle == nil, !canHold(slot.target, place) { obstacle = .markedTarget }
      let target = place.flatMap { slot.target?.segmentText($0) }
      // The state is that of all segments: of a target that is still to be translated some may be.
      let isCopy =
        slot.target?.attributes.isOpen ?? false && target?.trimmedText == marked.text.trimmedText
      let decision = try decide(
        marked.text, segment.codes, target: target, isOpen: isCopy, obstacle: obstacle,
        contextID: unit.name.contextID(ofSegment: number))
      number += 1
      switch decision {
      case .outcome(let kind, let proposal):
        if kind != .translated || isCopy { blankCount += 1 }
        report(kind, marked.text, line: source.line, proposal)
      case .fill(let proposal, let content):
        report(proposal.isExact ? .exact : .fuzzy, marked.text, line: source.line, proposal)
        filled.append(
          MarkedFilling(
            segment: index, target: place, identifier: marked.identifier, proposal: proposal,
            content: content))
      }
    }
    guard !filled.isEmpty else { return }
    put(filled, slot, source, isComplete: blankCount == 0, isBuilt: isBuilt)
  }

  /// Whether a target has a place for a segment: marks of its own with a text or with nothing.
  private func canHold(_ target: EditedSide?, _ place: Int?) -> Bool {
    guard let target, let place else { return false }
    return !target.segmentText(place).isBlank || hasSpaceAlone(target.segments[place].content)
  }
}

/// A translation for a segment between marks.
struct MarkedFilling {
  /// Its number in the source.
  var segment: Int
  /// Its number in the target, where there is one.
  var target: Int?
  var identifier: String
  var proposal: TargetProposal
  var content: String
}

extension PlacedText {
  /// The text without white space around it.
  var trimmedText: String {
    String(decoding: utf8[utf8.span.trimmingWhitespace(0..<utf8.count)], as: UTF8.self)
  }
}
