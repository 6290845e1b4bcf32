internal import Bitext

/// A unit as ranges of one copy of its bytes: what it says becomes a string only when it is asked
/// for. The tables are used again for the next unit, so that reading one takes no memory anew.
struct TMXUnitBytes {
  /// How a range says what it says.
  enum Form: UInt8 {
    /// Byte for byte.
    case plain
    /// With references, and line breaks of two bytes.
    case text
    /// As an attribute's value: line breaks and tabs are spaces, too.
    case value
    /// As a segment's content: with inline elements.
    case inline
  }

  /// A range of the bytes.
  struct Piece {
    var start: UInt32
    var count: UInt32
    var form: Form

    @inline(__always)
    init(_ range: Range<Int>, _ form: Form = .plain) {
      start = UInt32(truncatingIfNeeded: range.lowerBound)
      count = UInt32(truncatingIfNeeded: range.count)
      self.form = form
    }

    static let empty = Piece(0..<0)

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  struct Attribute {
    var name: Piece
    var value: Piece
    var known: TMXAttributeName
  }

  /// Some of the attributes, one behind the other.
  struct Attributes {
    var first: UInt32 = 0
    var count: UInt32 = 0

    @inline(__always)
    init(_ first: Int, _ end: Int) {
      self.first = UInt32(truncatingIfNeeded: first)
      count = UInt32(truncatingIfNeeded: end - first)
    }

    @inline(__always)
    var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
  }

  /// A note or property.
  struct Remark {
    var isProperty: Bool
    var attributes: Attributes
    var text: Piece
  }

  struct Variant {
    var attributes: Attributes
    /// Those of the ``remarks`` that stand in it.
    var remarks = 0..<0
    /// Which of the ``languages``.
    var language: Int
    var text: Piece
    /// The segment as it stands there, where it has inline elements.
    var markup: Piece?
  }

  var bytes: [UInt8] = []
  /// The line of the `tu`, from 1.
  var line = 0
  var attributes: [Attribute] = []
  var unit = Attributes(0, 0)
  /// Of the unit itself.
  var unitRemarks: [Remark] = []
  /// Of the variants, those of one together.
  var remarks: [Remark] = []
  var variants: [Variant] = []
  var inlineCount = 0
  /// The lines of variants that were left out, since no language is said that could be used.
  var strayLines: [Int] = []
  /// The language that the header names for the sources of units.
  var headerSource: String?
  /// The languages that the file has had so far.
  var languages: [LanguageTag] = []

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    unitRemarks.removeAll(keepingCapacity: true)
    remarks.removeAll(keepingCapacity: true)
    variants.removeAll(keepingCapacity: true)
    unit = Attributes(0, 0)
    inlineCount = 0
    if !strayLines.isEmpty { strayLines.removeAll() }
  }
}

/// The attributes that TMX knows.
enum TMXAttributeName: UInt8, CaseIterable {
  case type, lang, tuid, originalFormat, sourceLanguage, segmentType, language, dataType,
    changeAuthor, encoding, useCount, creationAuthor, changeDate, creationDate, creationTool,
    lastUse, creationToolVersion
  /// Any other name.
  case other

  /// As files spell it.
  var spelling: StaticString {
    switch self {
    case .type: "type"
    case .lang: "lang"
    case .tuid: "tuid"
    case .originalFormat: "o-tmf"
    case .sourceLanguage: "srclang"
    case .segmentType: "segtype"
    case .language: "xml:lang"
    case .dataType: "datatype"
    case .changeAuthor: "changeid"
    case .encoding: "o-encoding"
    case .useCount: "usagecount"
    case .creationAuthor: "creationid"
    case .changeDate: "changedate"
    case .creationDate: "creationdate"
    case .creationTool: "creationtool"
    case .lastUse: "lastusagedate"
    case .creationToolVersion: "creationtoolversion"
    case .other: ""
    }
  }

  /// By the length of the name and its last letter, which tell the known ones apart; then all of
  /// it is compared.
  @inline(__always)
  init(_ name: UnsafeBufferPointer<UInt8>) {
    self = .other
    guard let last = name.last else { return }
    let candidate: TMXAttributeName =
      switch (name.count, last) {
      case (4, 0x65): .type
      case (4, 0x67): .lang
      case (4, 0x64): .tuid
      case (5, _): .originalFormat
      case (7, 0x67): .sourceLanguage
      case (7, _): .segmentType
      case (8, 0x67): .language
      case (8, 0x65): .dataType
      case (8, _): .changeAuthor
      case (10, 0x67): .encoding
      case (10, 0x74): .useCount
      case (10, 0x64): .creationAuthor
      case (10, _): .changeDate
      case (12, 0x65): .creationDate
      case (12, _): .creationTool
      case (13, _): .lastUse
      case (19, _): .creationToolVersion
      default: .other
      }
    guard candidate != .other else { return }
    let spelling = candidate.spelling
    for index in 0..<name.count where spelling.utf8Start[index] != name[index] { return }
    self = candidate
  }
}

extension TMXAttributeName {
  /// Some of the names.
  struct List: ExpressibleByArrayLiteral {
    private var bits: UInt32 = 0

    init(arrayLiteral names: TMXAttributeName...) {
      for name in names { bits |= 1 << UInt32(name.rawValue) }
    }

    func contains(_ name: TMXAttributeName) -> Bool { bits & (1 << UInt32(name.rawValue)) != 0 }

    func union(_ other: List) -> List {
      var list = self
      list.bits |= other.bits
      return list
    }
  }

  /// What TMX 1.4 allows at a `tuv`.
  static let ofVariants: List = [
    .language, .encoding, .dataType, .useCount, .lastUse, .creationTool, .creationToolVersion,
    .creationDate, .creationAuthor, .changeDate, .changeAuthor, .originalFormat,
  ]
  /// What TMX 1.4 allows at a `tu`.
  static let ofUnits: List = [
    .encoding, .dataType, .useCount, .lastUse, .creationTool, .creationToolVersion, .creationDate,
    .creationAuthor, .changeDate, .changeAuthor, .originalFormat, .tuid, .segmentType,
    .sourceLanguage,
  ]
  static let ofNotes: List = [.language, .encoding]
  static let ofProperties: List = [.language, .encoding, .type]
}
