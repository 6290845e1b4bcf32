import Bitext
import Formats
import TestSupport

/// TMX that tests make.
enum TMXSample {
  static func file(_ body: String, source: String = "en") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="hand" creationtoolversion="1" segtype="sentence" o-tmf="t" \
    adminlang="en" srclang="\(source)" datatype="plaintext"/>
      <body>
    \(body)
      </body>
    </tmx>

    """
  }

  private static let pieces = [
    "Chongqing", " ", "  ", "重庆", "科学城", "&amp;", "&lt;b&gt;", "\u{1F600}", "a\tb", ".", "“",
    "é", "&#x4E2D;", "10", "\n",
  ]
  private static let codes = [
    #"<ph x="1"/>"#, "<ph>{0}</ph>", #"<it pos="begin">&lt;i&gt;</it>"#, "<ut>{\\f1}</ut>",
    "<ph>&lt;img alt='<sub>text</sub>'/&gt;</ph>", "<hi type='term'>term</hi>",
  ]
  private static let types = ["x-Context", "file", "prev", "next", "x-Origin", "note", "x-score"]
  private static let dates = ["20260518T093000Z", "20200101T000000Z"]

  private static func segment(_ random: inout SeededGenerator) -> String {
    var text = "w\(random.below(1000)) "
    var pair = 0
    for _ in 0..<random.below(6) {
      switch random.below(5) {
      case 0: text += random.pick(codes)
      case 1:
        pair += 1
        text += "<bpt i=\"\(pair)\">&lt;b&gt;</bpt>\(random.pick(pieces))<ept i=\"\(pair)\"/>"
      default: text += random.pick(pieces)
      }
    }
    return text
  }

  private static func remarks(_ random: inout SeededGenerator) -> String {
    (0..<random.below(3)).map { _ in
      random.once(in: 3)
        ? "<note>n\(random.text(of: pieces, upTo: 4))</note>"
        : "<prop type=\"\(random.pick(types))\">p\(random.below(9))</prop>"
    }.joined()
  }

  private static func attributes(_ random: inout SeededGenerator, _ names: [String]) -> String {
    names.filter { _ in random.once(in: 3) }.map { name in
      let value = name.hasSuffix("date") ? random.pick(dates) : "v\(random.below(9))&quot;&amp;"
      return " \(name)=\"\(value)\""
    }.joined()
  }

  private static func variant(_ random: inout SeededGenerator, _ language: String) -> String {
    let names = ["changedate", "changeid", "usagecount", "o-encoding"]
    return "<tuv\(attributes(&random, names)) xml:lang=\"\(language)\">\(remarks(&random))"
      + "<seg>\(segment(&random))</seg></tuv>\n"
  }

  private static func unit(_ random: inout SeededGenerator, _ number: Int) -> String {
    let name = random.once(in: 2) ? " tuid=\"t\(number)\"" : ""
    let names = ["creationdate", "creationid", "changedate", "changeid", "datatype", "o-tmf"]
    var languages = ["en", "zh-CN"]
    for language in ["de-DE", "en", "zh-CN", "fr"] where random.once(in: 5) {
      languages.append(language)
    }
    languages.shuffle(using: &random)
    return "<tu\(name)\(attributes(&random, names))>\(remarks(&random))"
      + languages.map { variant(&random, $0) }.joined() + "</tu>\n"
  }

  /// A valid file of some units, all of which differ.
  static func file(_ random: inout SeededGenerator) -> String {
    file((0..<1 + random.below(8)).map { unit(&random, $0) }.joined())
  }
}

/// All that a unit says, to be compared.
struct TMXUnitContent: Equatable {
  var attributes: [String]
  var remarks: [UnitDetails.Remark]
  var variants: [Variant]

  struct Variant: Equatable {
    var attributes: [String]
    var remarks: [UnitDetails.Remark]
    var text: String
    var markup: String?
  }

  init(_ unit: TMXUnit) {
    attributes = Self.attributes(unit.element)
    remarks = unit.element.remarks
    variants = unit.variants.map {
      Variant(
        attributes: Self.attributes($0.element), remarks: $0.element.remarks, text: $0.text,
        markup: $0.markup)
    }
  }

  /// `lang` is what `xml:lang` was called once.
  private static func attributes(_ element: UnitDetails.Element) -> [String] {
    element.attributes.map { ($0.name == "lang" ? "xml:lang" : $0.name) + "=" + $0.value }
  }
}
