internal import Bitext

/// Whether a unit is a machine's work, as far as its file tells.
///
/// TMX has no field for it. What tools write instead: the creator `MT!` (Okapi's translation kits,
/// its issue 154; MyMemory's answers), or the name of an engine as the creator or the creating tool;
/// a property that says where the translation came from, under several names: Trados' `x-Origin`,
/// Phrase's `m:trans-origin`, `Txt::Translator` beside `MT!` in memories made by Moses, and XLIFF's
/// `state-qualifier` where a converter kept it.
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
      if type.contains("origin") || type.contains("statequalifier") || type.contains("translator") {
        if origins.contains(value) || isMachine(remark.text) { return true }
      }
    }
    return false
  }

  /// What properties say where a machine was the origin, without marks and capitals.
  private static let origins: Set<String> = [
    // TranslationUnitOrigin of Trados Studio's translation memories, in its API reference.
    "machinetranslation", "adaptivemachinetranslation", "nmt", "automatictranslation",
    // DefaultTranslationOrigin there, which SDLXLIFF files have in `origin`; Phrase's MXLIFF has
    // "mt" as well.
    "mt", "amt",
    // XLIFF 1.2, "state-qualifier"; what Xcode's catalogues write there.
    "leveragedmt", "mtsuggestion", "xmachinetranslated", "xapplemachinetranslated",
  ]

  /// Who is no person, without marks and capitals: `MT!`, and the plain words.
  private static let authors: Set<String> = ["mt", "machinetranslation", "automatictranslation"]

  /// Names of engines that are nobody's name, without marks and capitals; a creator may have a
  /// version or an account behind it. They are those of the services that Weblate lists in its
  /// "Automatic suggestions" (W), of Okapi's connectors (O), and of the directory of APIs at
  /// machinetranslate.org (M).
  private static let engines: [String] = [
    // W, O
    "deepl",
    // W: Google Translate, Google Cloud Translation Basic and Advanced; SDLXLIFF files have Google
    // Cloud Translation API in `origin-system`.
    "googletranslate", "googlecloudtranslation",
    // W: microsoft-translator, Bing Translator in older versions, Azure AI Translator in newer ones.
    "microsofttranslator", "bingtranslator", "azureaitranslator",
    // W; W; W
    "amazontranslate", "systran", "modernmt",
    // W; W, O
    "libretranslate", "apertium",
    // W, M
    "yandextranslate", "youdaozhiyun", "youdaotranslate", "ibmwatsonlanguagetranslator",
    "watsonlanguagetranslator", "saptranslationhub",
    // M
    "baidutranslate", "alibabatranslate", "niutrans", "languageweaver", "lingvanex", "globalese",
    "etranslation", "omniscien",
    // O, M
    "kantanmt",
    // The engine beside its plug-ins for Trados and memoQ, and its models.
    "opuscat", "opusmt",
    // O: its Moses steps, and the property of memories that they made.
    "moses",
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
