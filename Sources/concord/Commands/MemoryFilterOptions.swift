internal import ArgumentParser
internal import Bitext
internal import Segmentation
internal import Store

/// Which units of the memory are meant.
struct MemoryFilterOptions: ParsableArguments {
  @OptionGroup var units: UnitFilterOptions

  @Option(help: ArgumentHelp("Units that translate from this language.", valueName: "tag"))
  var sourceLanguage: LanguageTag?

  @Option(help: ArgumentHelp("Units that translate into this language.", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Option(
    help: ArgumentHelp(
      "Units with this text on either side; case, width and spacing do not matter.",
      valueName: "text"))
  var text: String?

  @Option(help: ArgumentHelp("Units with this text in the source.", valueName: "text"))
  var sourceText: String?

  @Option(help: ArgumentHelp("Units with this text in the target.", valueName: "text"))
  var targetText: String?

  @Option(
    // In a batch `id` names the line.
    name: [.customLong("id"), .customLong("unit")],
    help: ArgumentHelp("The unit of this number. May be repeated.", valueName: "number"))
  var ids: [Int64] = []

  func validate() throws {
    for (name, text) in [("text", text), ("source-text", sourceText), ("target-text", targetText)] {
      if let text, MatchKey(text).bytes.isEmpty {
        throw ValidationError("--\(name) needs a text that holds more than white space.")
      }
    }
  }

  var filter: UnitFilter {
    var filter = units.filter
    filter.ids = ids
    filter.sourceLanguage = sourceLanguage
    filter.targetLanguage = targetLanguage
    filter.text = text
    filter.sourceText = sourceText
    filter.targetText = targetText
    return filter
  }
}

/// Who changes the memory, and when: `--author` is taken by the filter.
struct MemoryChangeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The date to record, such as 2026-05-18 or 2026-05-18T09:30:00Z. (default: now)",
      valueName: "date"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "Who makes the change. (default: CONCORD_AUTHOR, else USER)", valueName: "name"))
  var changedBy: String?

  func validate() throws { try options.validate() }

  var change: Change { options.change }

  private var options: ChangeOptions {
    var options = ChangeOptions()
    options.date = date
    options.author = changedBy
    return options
  }
}
