package import Bitext

/// Joins the messages of two files by their names.
package enum KeyedPairing {
  /// The beads of two documents whose blocks have identifiers: each message with the one of the
  /// same name, and those that one file lacks with an empty side.
  ///
  /// A plural form that the other language does not have (`files_one` beside `files_other`) goes
  /// with the form for all numbers, where the two stand side by side.
  ///
  /// - Parameters:
  ///   - left: the source.
  ///   - right: the target.
  /// - Returns: beads in the order of the source; those that stand elsewhere in the target are
  ///   moved.
  package static func beads(_ left: SegmentedText, _ right: SegmentedText) -> [Bead] {
    let names = (Set(left.messages.map(\.name)), Set(right.messages.map(\.name)))
    let sides = (
      left.messages.joiningForms(notIn: names.1), right.messages.joiningForms(notIn: names.0)
    )
    var places: [String: Int] = [:]
    for (index, message) in sides.1.enumerated() where places[message.name] == nil {
      places[message.name] = index
    }
    var isUsed = [Bool](repeating: false, count: sides.1.count)
    var partners: [Int?] = []
    for message in sides.0 {
      let place = places[message.name].flatMap { isUsed[$0] ? nil : $0 }
      if let place { isUsed[place] = true }
      partners.append(place)
    }
    return beads(sides.0, sides.1, partners, isUsed)
  }

  private static func beads(
    _ left: [Message], _ right: [Message], _ partners: [Int?], _ isUsed: [Bool]
  ) -> [Bead] {
    var beads: [Bead] = []
    var next = (source: 0, target: 0)
    /// Adds the messages that the source lacks, from one place on.
    func addLonely(from start: Int) {
      var index = start
      while index < right.count, !isUsed[index] {
        next.target = right[index].segments.upperBound
        beads.append(
          Bead(source: next.source..<next.source, target: right[index].segments, score: 1))
        index += 1
      }
    }
    addLonely(from: 0)
    var furthest = -1
    for (message, partner) in zip(left, partners) {
      next.source = message.segments.upperBound
      guard let partner else {
        beads.append(
          Bead(source: message.segments, target: next.target..<next.target, score: 1))
        continue
      }
      next.target = right[partner].segments.upperBound
      beads.append(
        Bead(
          source: message.segments, target: right[partner].segments, score: 1,
          isMoved: partner < furthest))
      furthest = max(furthest, partner)
      addLonely(from: partner + 1)
    }
    return beads
  }
}

/// A message and its segments.
private struct Message {
  var name: String
  var segments: Range<Int>

  /// The name of the form for all numbers, where the message is a plural form: i18next writes
  /// `files_one`, ICU and Rails have members `files.one`.
  var commonForm: (general: String, bare: String)? {
    guard let mark = name.lastIndex(where: { $0 == "_" || $0 == "." }) else { return nil }
    let form = name[name.index(after: mark)...]
    guard Self.forms.contains(String(form)) else { return nil }
    return (name[...mark] + "other", String(name[..<mark]))
  }

  /// The plural categories of CLDR, and the form of older files of i18next.
  private static let forms: Set<String> = ["zero", "one", "two", "few", "many", "plural"]
}

extension SegmentedText {
  /// Segments of one block belong together.
  fileprivate var messages: [Message] {
    var messages: [Message] = []
    var block = -1
    for (index, segment) in segments.enumerated() {
      if segment.block == block {
        messages[messages.count - 1].segments =
          messages[messages.count - 1].segments.lowerBound..<index + 1
        continue
      }
      block = segment.block
      messages.append(
        Message(name: prose.blocks[block].identifier ?? "\(block)", segments: index..<index + 1))
    }
    return messages
  }
}

extension [Message] {
  /// Puts a plural form that the other file lacks to the form beside it that both have.
  fileprivate func joiningForms(notIn others: Set<String>) -> [Message] {
    var result: [Message] = []
    for message in self {
      let isLonely = !others.contains(message.name)
      if let last = result.last {
        let isJoined =
          isLonely
          && message.commonForm.map { $0.general == last.name || $0.bare == last.name } ?? false
        let takesLast =
          !others.contains(last.name) && others.contains(message.name)
          && last.commonForm.map { $0.general == message.name || $0.bare == message.name } ?? false
        if isJoined || takesLast {
          result[result.count - 1].name = isJoined ? last.name : message.name
          result[result.count - 1].segments =
            last.segments.lowerBound..<message.segments.upperBound
          continue
        }
      }
      result.append(message)
    }
    return result
  }
}
