import TestSupport

/// TMX of all that may stand in one, and some that may not.
struct RandomTMX {
  var random: SeededGenerator
  /// Whether what the common form does not have comes too: CDATA, instructions, loose text.
  var isOdd = false
  var lineBreak = "\n"

  private static let texts = [
    "Chongqing", " ", "重庆市", "&amp;", "&lt;b&gt;", "&quot;x&apos;", "\u{1F600}", "a\tb", "é",
    "&#x4E2D;", "&#20013;", "&#13;", ">", "]]", "&#93;]>", "\u{7F}", "\u{85}", "\u{FFFD}", "-",
    "/>",
  ]
  private static let oddTexts = [
    "<![CDATA[<b>&]]>", "<?pi data?>", "<!-- remark -->", "&nbsp;", "<b>", "]]>", "&#0;",
    "&#xFFFE;",
    "&#0000000000065;", "\u{1}", "\u{FFFF}", "\r", "&", "<p:x xmlns:p=\"u\">y</p:x>", "<é/>",
  ]
  private static let codes = [
    "<ph x=\"1\"/>", "<ph type='lb'/>", "<ph type=\"lb\">x</ph>",
    "<it pos=\"begin\">&lt;i&gt;</it>",
    "<ut>{\\f1}</ut >", "<ph>a<sub>text</sub>b</ph>", "<hi type='term'>term</hi>",
    "<hi>a<hi>b</hi>c</hi>", "<bpt i=\"1\" x='>/'>&lt;b</bpt>", "<ept i=\"1\"\n/>", "<mrk>m</mrk>",
    "<g id=\"2\"><ph/></g>", "<hi/>",
  ]
  private static let names = [
    "tuid", "creationdate", "creationid", "changedate", "o-tmf", "datatype", "srclang", "segtype",
    "x-own", "usagecount", "lastusagedate", "creationtoolversion", "_a.b",
  ]
  private static let values = [
    "v", "20260518T093000Z", "en", "a &amp; b", "it's", "&#10;", "one\ntwo", "a\tb", "", "重庆",
    "&lt;",
    "a > b", "x=y",
  ]
  private static let languages = [
    "en", "zh-CN", "zh", "EN-us", "de", "fr_CA", "x", "Chinese (x)", "",
  ]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func text(_ most: Int) -> String {
    var text = ""
    for _ in 0..<random.below(most + 1) {
      if isOdd, random.once(in: 40) {
        text += random.pick(Self.oddTexts)
      } else {
        text += random.once(in: 6) ? lineBreak : random.pick(Self.texts)
      }
    }
    // The end of CDATA must not stand in text.
    return isOdd ? text : text.replacing("]]>", with: "]] >")
  }

  private mutating func blank() -> String {
    random.once(in: 2) ? "" : random.pick([" ", lineBreak, lineBreak + "    ", "\t"])
  }

  private mutating func attributes(_ required: String = "") -> String {
    var list = Self.names.filter { _ in random.once(in: 6) }.map { name -> String in
      let value = random.pick(Self.values).replacing("\n", with: lineBreak)
      let quote = value.contains("'") ? "\"" : random.pick(["\"", "'"])
      return name + random.pick(["=", "=", " = "]) + quote + value + quote
    }
    if !required.isEmpty { list.insert(required, at: random.below(list.count + 1)) }
    return list.map { random.pick([" ", " ", lineBreak + "  "]) + $0 }.joined()
      + (random.once(in: 8) ? " " : "")
  }

  private mutating func remark() -> String {
    let isProperty = random.once(in: 2)
    let name = isProperty ? "prop" : "note"
    if random.once(in: 10) { return "<\(name)\(attributes())/>" }
    let type = isProperty ? "type=\"\(random.pick(["file", "x-a", "prev"]))\"" : ""
    return "<\(name)\(attributes(type))>\(text(3))</\(name)>"
  }

  private mutating func segment() -> String {
    if random.once(in: 12) { return random.pick(["<seg/>", "<seg></seg>", "<seg />"]) }
    var content = text(3)
    for _ in 0..<random.below(3) where random.once(in: 2) {
      content += random.pick(Self.codes) + text(2)
    }
    return "<seg>\(content)</seg>"
  }

  private mutating func variant() -> String {
    let name = random.once(in: 5) ? "lang" : "xml:lang"
    let required = random.once(in: 15) ? "" : "\(name)=\"\(random.pick(Self.languages))\""
    var text = "<tuv\(attributes(required))>" + blank()
    while random.once(in: 4) { text += remark() + blank() }
    if !random.once(in: 20) { text += segment() + blank() }
    if isOdd, random.once(in: 20) { text += random.pick(["loose", "<seg>two</seg>", "<x/>"]) }
    return text + "</tuv>"
  }

  mutating func unit() -> String {
    var text = "<tu\(attributes())>" + blank()
    for _ in 0..<random.below(4) {
      while random.once(in: 4) { text += remark() + blank() }
      text += variant() + blank()
    }
    if random.once(in: 8) { text += remark() }
    return text + random.pick(["</tu>", "</tu>", "</tu >"]) + blank()
  }

  mutating func file(units: Int) -> String {
    let heads = [
      "", "<?xml version=\"1.0\"?>\n", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
      "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n",
      "<!-- one -->\n<!DOCTYPE tmx PUBLIC \"-//LISA OSCAR:1998//DTD for TMX//EN\" \"tmx13.dtd\">",
    ]
    let headers = [
      "<header srclang=\"en\"/>",
      "<header srclang=\"*all*\" adminlang=\"en\">\n<prop type=\"a\">b</prop></header>",
      "<header/>", "<header srclang=\"zh\"><note>n &amp; m</note><ude name=\"u\"/></header>", "",
    ]
    var text = random.pick(heads) + "<tmx version=\"1.4\">\(random.pick(headers))<body>" + blank()
    for _ in 0..<units {
      text += unit()
      if random.once(in: 20) { text += "<!-- between -->\n" }
    }
    return (text + "</body>" + blank() + "</tmx>" + random.pick(["", "\n", "<!-- end -->\n"]))
      .replacing("\n", with: lineBreak).replacing("\r\r\n", with: "\r\n")
  }

  /// Bytes changed, cut out, put in or cut off.
  mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.below(3) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(6) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes[place] ^= 1 << UInt8(random.below(8))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(6)))
      case 3: bytes.insert(contentsOf: random.pick(Self.pieces).utf8, at: place)
      case 4:
        let end = min(bytes.count, place + 1 + random.below(40))
        bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
      default: if random.once(in: 4) { bytes.removeLast(bytes.count - place) }
      }
    }
    return bytes
  }

  private static let pieces = [
    "<", ">", "&", "\"", "'", "=", "/", "]]>", "</tu>", "<tu>", "<seg>", "</seg>", "<!--", "-->",
    "<tuv>", " a='1' a='2'", " xmlns='u'", " xmlns:p='u' p:a='b'", "&#38;", "&#x;", "&lt", "\r",
    "\u{0}", "<?x?>", "<!DOCTYPE a>", "</body>", "<body>", "\u{FEFF}", "é", " xml:space='preserve'",
    "<prop>", "text", "<tuv xml:lang='en'/>", "<tu/>", "<header/>", "</tmx>",
  ]
}
