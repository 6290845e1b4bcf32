internal import ArgumentParser
internal import Bitext
internal import Segmentation
internal import Store

/// Which units of the memory are meant.
struct MemoryFilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Units from this document or memory; * stands for any characters, \"\" for no origin.",
      valueName: "name"))
  var origin: String?

  @Option(
    help: ArgumentHelp("Units made or last changed on this day or later.", valueName: "date"))
  var from: String?

  @Option(
    help: ArgumentHelp("Units made or last changed on this day or earlier.", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("Units that this person made or last changed.", valueName: "name"))
  var author: String?

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
    for (name, date) in [("from", from), ("to", to)] {
      if let date, ChangeOptions.timestamp(date) == nil {
        throw ValidationError(
          "'\(date)' is no date: write --\(name) 2026-05-18 or 2026-05-18T09:30:00Z.")
      }
    }
    for (name, text) in [("text", text), ("source-text", sourceText), ("target-text", targetText)] {
      if let text, MatchKey(text).bytes.isEmpty {
        throw ValidationError("--\(name) needs a text that holds more than white space.")
      }
    }
  }

  var filter: UnitFilter {
    var filter = UnitFilter()
    filter.ids = ids
    filter.origin = origin
    filter.from = from.flatMap(ChangeOptions.timestamp)
    // A day ends with its last second.
    filter.to = to.flatMap { $0.utf8.count == 10 ? $0 + "T23:59:59Z" : ChangeOptions.timestamp($0) }
    filter.author = author
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
