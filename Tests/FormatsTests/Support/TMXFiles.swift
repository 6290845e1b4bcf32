import Bitext
import Testing

@testable import Formats

/// What reading a TMX file gave.
struct TMXContent {
  var units: [TMXUnit] = []
  var warnings: [Warning] = []

  init(_ path: String) throws {
    var warnings: [Warning] = []
    var units: [TMXUnit] = []
    try TMXReader.forEachPlacedUnit(
      of: path, warn: { warnings.append($0) }, { units.append($0) })
    self.units = units
    self.warnings = warnings
  }

  /// For each unit the texts by language: `en one / zh 一`.
  var summaries: [String] {
    units.map { unit in
      unit.variants.map { "\($0.language) \($0.text)" }.joined(separator: " / ")
    }
  }
}

/// A TMX file around the body that a test is about; the body starts on line 4.
func tmx(
  _ body: String, header: String = #"<header srclang="en"/>"#, encoding: String = "UTF-8"
) -> String {
  """
  <?xml version="1.0" encoding="\(encoding)"?>
  <!DOCTYPE tmx SYSTEM "tmx14.dtd">
  <tmx version="1.4">\(header)<body>
  \(body)
  </body></tmx>

  """
}

/// A unit whose English `seg` holds the markup given.
func tmxUnit(_ english: String, _ chinese: String = "文") -> String {
  #"<tu><tuv xml:lang="en"><seg>\#(english)</seg></tuv>"#
    + #"<tuv xml:lang="zh"><seg>\#(chinese)</seg></tuv></tu>"#
}
