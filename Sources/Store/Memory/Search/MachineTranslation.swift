internal import Bitext

/// Whether a unit is a machine's work, as far as its file tells.
///
/// Exchange files have no field for it. What tools write instead: the creator `MT!`, which web
/// memories and localisation pipelines give, or the name of an engine as the creator or the creating
/// tool; a property that says where the translation came from, under several names; and XLIFF's
/// `state-qualifier`, where a converter kept it.
enum MachineTranslation {
  static func made(_ unit: TranslationUnit) -> Bool {
    if [unit.created?.author, unit.changed?.author].contains(where: { $0.map(isMachine) ?? false })
    {
      return true
    }
    guard let details = unit.details else { return false }
    return [details.unit, details.source.element, details.target.element].contains(where: says)
  }

  private static let authorAttributes: Set<String> = ["creationid", "changeid", "creationtool"]

  /// Whether an element of the file says so.
  private static func says(_ element: UnitDetails.Element) -> Bool {
    for attribute in element.attributes where authorAttributes.contains(attribute.name) {
      if isMachine(attribute.value) { return true }
    }
    for remark in element.remarks where remark.isProperty {
      let type = folded(remark.type)
      let value = folded(remark.text)
      // Vendors put a name of theirs before a property's, and the kind of its value behind it.
      if type.contains("origin") || type.contains("statequalifier") || type.contains("translator")
        || type.contains("matchtype")
      {
        if origins.contains(value) || isMachine(remark.text) { return true }
      }
    }
    return false
  }

  /// What properties say where a machine was the origin, without marks and capitals.
  private static let origins: Set<String> = [
    "mt", "nmt", "machine", "machinetranslation", "automatictranslation",
    "adaptivemachinetranslation", "mtsuggestion", "leveragedmt", "ai", "llm",
  ]

  /// Who is no person, without marks and capitals.
  private static let authors: Set<String> = [
    "mt", "nmt", "machinetranslation", "automatictranslation",
  ]

  /// Names of engines that are nobody's name, without marks and capitals; a creator may have a
  /// version or an account behind it.
  private static let engines: [String] = [
    "deepl", "googletranslate", "googlemt", "googlecloudtranslation", "microsofttranslator",
    "bingtranslator", "azuretranslator", "amazontranslate", "systran", "modernmt", "libretranslate",
    "apertium", "argostranslate", "yandextranslate", "baidutranslate", "languageweaver", "promt",
    "kantanmt", "opusmt", "moses",
  ]

  private static func isMachine(_ author: String) -> Bool {
    let name = folded(author)
    guard !authors.contains(name) else { return true }
    return engines.contains { engine in
      // A person may be called Moses: an engine of that name stands alone.
      engine == "moses" ? name == engine : name.hasPrefix(engine)
    }
  }

  /// Letters and digits alone, without capitals.
  private static func folded(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter {
          0x61...0x7A ~= $0.value || 0x30...0x39 ~= $0.value || $0.value >= 0x80
        }))
  }
}
