internal import Bitext
internal import Formats
internal import Segmentation
internal import Store

/// Brings a TMX file into the memory, with all that it says of its units.
func importTMX(
  _ path: String, _ store: ConcordStore, _ options: GlossaryOptions, _ change: Change,
  _ progress: ProgressHandler?
) throws -> ImportSummary {
  var warnings: [Warning] = []
  var survey = TMXSurvey()
  let origin = Files.name(of: path)
  var header: TMXHeader?
  let size = Files.size(of: path) ?? 0
  var columns = TMXColumnWriter(origin: origin) { options.mapping($0) }
  let outcomes = try store.saveColumns(by: change, policy: options.targets) { save in
    try TMXReader.forEachUnit(
      of: path, warn: { warnings.append($0) }, header: { header = $0 },
      progress: { progress?(min($0, size), size) }
    ) { unit in
      let pairs = try columns.forEachPair(of: unit, number: survey.count, save)
      survey.note(unit, pairs: pairs)
    }
  }
  if let header { try store.saveHeader(header.stored, of: origin) }
  var summary = ImportSummary(
    half: .memory, outcomes: outcomes, warnings: warnings + survey.warnings(file: path))
  summary.kept = survey.kept
  return summary
}

/// What a file holds beside texts, by count.
private struct TMXSurvey {
  var count = 0
  private var inline = 0
  private var properties = 0
  private var notes = 0
  private var lonely = 0
  private var firstLonely: Int?
  private var unknown: [String: (count: Int, line: Int)] = [:]

  mutating func note(_ unit: TMXUnit, pairs: Int) {
    count += 1
    inline += unit.inlineCount
    properties += unit.propertyCount
    notes += unit.noteCount
    if pairs == 0 {
      lonely += 1
      firstLonely = firstLonely ?? unit.line
    }
    for name in unit.unknownAttributes { unknown[name, default: (0, unit.line)].count += 1 }
  }

  /// What came along with the texts and goes out with them again.
  var kept: [(name: String, count: Int)] {
    [("inline elements", inline), ("properties", properties), ("notes", notes)]
      .filter { $0.1 > 0 }
  }

  func warnings(file: String) -> [Warning] {
    var warnings: [Warning] = []
    if lonely > 0 {
      warnings.append(
        Warning(
          lonely == 1
            ? "a unit holds one language alone and was left out"
            : "\(lonely) units hold one language alone and were left out", file: file,
          line: firstLonely))
    }
    for (name, found) in unknown.sorted(by: { $0.key < $1.key }) {
      warnings.append(
        Warning(
          "TMX has no attribute '\(name)': kept in the store, and left out of what is exported "
            + "(\(found.count) times)", file: file, line: found.line))
    }
    return warnings
  }
}

extension TMXHeader {
  /// The header with its source language in the user's spelling.
  func mapped(_ mapping: LanguageMapping) -> TMXHeader {
    var header = self
    for index in attributes.indices where attributes[index].name == "srclang" {
      guard let language = LanguageTag(attributes[index].value) else { continue }
      let other = mapping(language)
      if other != language { header.attributes[index].value = other.description }
    }
    return header
  }

  /// As the store keeps it.
  var stored: [UInt8] {
    var writer = BinaryWriter()
    writer.write(attributes)
    writer.write(content)
    return writer.bytes
  }

  init?(stored: [UInt8]) {
    var reader = BinaryReader(stored[...])
    guard let attributes = try? reader.read([UnitDetails.Attribute].self),
      let content = try? reader.read(String.self)
    else { return nil }
    self.init()
    self.attributes = attributes
    self.content = content
  }
}
