internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct MemoryEditVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change units of the memory by query.",
    discussion: """
      A text is replaced character by character wherever it stands in the units that fit; inline \
      elements around it stay. A unit whose inline elements stand within the text is left alone \
      and named. --set-origin "" and --set-note "" take these away.

        concord memory edit --replace-target 登陆 登录 --dry-run
        concord memory edit --origin old.tmx --set-origin handbook.tmx
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Replace a text in the sources by another one.", valueName: "old new"))
  var replaceSource: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Replace a text in the targets by another one.", valueName: "old new"))
  var replaceTarget: [String] = []

  @Option(help: ArgumentHelp("Say where the units came from.", valueName: "name"))
  var setOrigin: String?

  @Option(help: ArgumentHelp("Put this note in the place of the units' own.", valueName: "text"))
  var setNote: String?

  @Flag(help: "Change nothing: show what would change.")
  var dryRun = false

  @OptionGroup var change: MemoryChangeOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    for (name, texts) in [("source", replaceSource), ("target", replaceTarget)] {
      guard texts.count % 2 == 0 else {
        throw ValidationError(
          "--replace-\(name) takes two texts, the old one and the new one; the new one may be \"\"."
        )
      }
      for index in stride(from: 0, to: texts.count, by: 2) where texts[index].isEmpty {
        throw ValidationError("--replace-\(name) cannot replace the empty text.")
      }
    }
    guard !edit.isEmpty else {
      throw ValidationError(
        "Nothing to change: give --replace-source, --replace-target, "
          + "--set-origin or --set-note.")
    }
  }

  private var edit: MemoryEdit {
    func pairs(_ texts: [String]) -> [MemoryEdit.Replacement] {
      stride(from: 0, to: texts.count - 1, by: 2).map {
        MemoryEdit.Replacement(texts[$0], by: texts[$0 + 1])
      }
    }
    var edit = MemoryEdit()
    edit.source = pairs(replaceSource)
    edit.target = pairs(replaceTarget)
    edit.origin = setOrigin
    edit.note = setNote
    return edit
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(dryRun ? .read : .write)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    var (changed, left) = (0, 0)
    var isHeard = true
    let operation = try editMemory(
      store, filter.filter, edit, isDryRun: dryRun, by: change.change
    ) { unit in
      if unit.outcome == .changed { changed += 1 } else { left += 1 }
      try whileHeard(&isHeard) { try printer.print(json: unit.json(), text: Self.text(unit)) }
    }
    do { try printer.finish() } catch is ClosedPipe {}
    let units = "\(changed) unit\(changed == 1 ? "" : "s")"
    if let operation {
      session.remark("changed \(units): \(operation.advice)")
    } else {
      session.remark(changed == 0 ? "nothing to change" : "would change \(units)")
    }
    if left > 0 { session.remark("left alone: \(left)") }
    return ExitStatus.clean
  }

  /// What goes and what comes, as a difference shows it.
  private static func text(_ unit: EditedUnit) -> String {
    var text = UnitText.head(unit.before)
    switch unit.outcome {
    case .changed: text += "\n"
    case .leftForMarkup:
      return text + "\n  left alone: its inline elements stand within the text\n"
    case .leftForEmptySide: return text + "\n  left alone: nothing would be left of a side\n"
    }
    for (before, after, name) in [
      (unit.before.source, unit.after.source, ""), (unit.before.target, unit.after.target, ""),
      (unit.before.origin ?? "", unit.after.origin ?? "", "origin: "),
      (unit.before.note ?? "", unit.after.note ?? "", "note: "),
    ] where !before.utf8.elementsEqual(after.utf8) {
      text += "- \(name)\(before.visible)\n+ \(name)\(after.visible)\n"
    }
    return text
  }
}
