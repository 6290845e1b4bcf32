internal import Bitext

/// What names a unit of XLIFF in its document, so that it is found again in another version of the
/// file: the name of its resource (`resname` in 1.2, `name` in 2), memoQ's context, else the name of
/// the document and the unit's id.
struct XLIFFUnitName {
  private let name: String?
  /// The text of memoQ's context, while and when it was read.
  private var context: String?
  private var isInContext = false

  /// - Parameters:
  ///   - attributes: the unit's.
  ///   - original: the document that the file says it is of; an id alone names nothing, since most
  ///     files count from 1.
  init(_ attributes: XMLAttributes, original: String?) {
    func text(_ name: String) -> String? { attributes[name].flatMap { $0.isEmpty ? nil : $0 } }
    let place = original.flatMap { original in
      original.isEmpty ? nil : text("id").map { "\(original)#\($0)" }
    }
    name = text("resname") ?? text("name") ?? place
  }

  /// Takes an element within the unit.
  ///
  /// - Parameters:
  ///   - name: of the element, without its prefix.
  ///   - attributes: its attributes.
  ///   - isInGroup: whether it stands in a group of the unit itself, and not of an older version.
  mutating func start(_ name: String, _ attributes: XMLAttributes, isInGroup: Bool) {
    guard name == "context", isInGroup, context == nil,
      attributes["context-type"] == Self.memoQContext
    else { return }
    (context, isInContext) = ("", true)
  }

  mutating func append(_ text: String) {
    if isInContext { context? += text }
  }

  mutating func end() { isInContext = false }

  /// The key of the message, in memoQ's files.
  private static let memoQContext = "x-mmq-context"

  /// - Parameter number: of the segments of the unit that have a source, from 0.
  /// - Returns: `nil` where nothing names the unit.
  func contextID(ofSegment number: Int) -> String? {
    let context = context.flatMap { $0.isBlank ? nil : $0 }
    guard let name = context ?? name else { return nil }
    return number == 0 ? name : "\(name)#\(number + 1)"
  }
}

extension XMLAttributes {
  /// What a unit, a segment or a target says of the state of a translation, and of where it came
  /// from: `state`, `state-qualifier` and `approved` of XLIFF 1.2, `state` and `subState` of 2,
  /// `mq:status` of memoQ, `m:confirmed` and `m:trans-origin` of Phrase.
  var stateProperties: [(type: String, text: String)] {
    typealias Name = UnitDetails.PropertyType
    var properties: [(type: String, text: String)] = []
    let names = [
      ("state", Name.state), ("state-qualifier", Name.stateQualifier), ("subState", Name.subState),
      ("mq:status", Name.status), ("m:trans-origin", Name.origin),
    ]
    for (attribute, type) in names {
      if let text = self[attribute], !text.isBlank { properties.append((type, text)) }
    }
    if self["approved"] == "yes" { properties.append((Name.status, "approved")) }
    if self["m:confirmed"] == "1" { properties.append((Name.status, "confirmed")) }
    return properties
  }
}
