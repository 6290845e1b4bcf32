/// What a report says of a rule to a reader who has no manual at hand.
struct RuleManual {
  /// What it means when the rule fires, in one sentence.
  let meaning: String
  /// What to do then.
  let advice: String

  /// - Parameter rule: its name.
  /// - Returns: `nil` for a name that no rule has.
  static func entry(_ rule: String) -> RuleManual? { entries[rule] }

  private static let entries: [String: RuleManual] = [
    "missing-term": RuleManual(
      meaning: "A term of the source has none of its accepted renderings in the translation.",
      advice: "Use one of the expected terms, or admit what stands there in the glossary."),
    "forbidden-term": RuleManual(
      meaning: "A term that the glossary forbids or calls deprecated stands in the text.",
      advice: "Write the term that the glossary prefers."),
    "term-style": RuleManual(
      meaning: "A term is spelt otherwise than in the glossary: in case, width, script or hyphens.",
      advice: "Write it as the glossary does."),
    "inconsistent-term": RuleManual(
      meaning: "Several accepted terms of one concept are mixed where one is preferred.",
      advice: "Use the preferred term throughout."),
    "inconsistent-rendering": RuleManual(
      meaning: "A term is translated in one way here and in another way in most places.",
      advice: "Decide on one rendering, and keep it in the glossary."),
    "untranslated-term": RuleManual(
      meaning: "A term of the source language stands in the translation.",
      advice: "Translate it, or admit it as a term of the translation's language."),
    "do-not-translate": RuleManual(
      meaning: "A name or placeholder that must stay as it is does not stand in the translation.",
      advice: "Take it over unchanged, as often as the source has it."),
    "wrong-script": RuleManual(
      meaning: "Characters of another script than the document's stand in it.",
      advice: "Write them in the document's script."),
    "number-mismatch": RuleManual(
      meaning: "A number of the source has no equal in the translation.",
      advice: "Compare the two values."),
    "same-source-different-target": RuleManual(
      meaning: "One segment is translated in several ways.",
      advice: "Use one translation, unless the context asks for another."),
    "same-target-different-source": RuleManual(
      meaning: "Different segments have one translation.",
      advice: "See whether the difference was lost."),
    "untranslated-segment": RuleManual(
      meaning: "A segment of the translation is in the source's language.",
      advice: "Translate it."),
    "empty-target": RuleManual(
      meaning: "A segment has no translation.", advice: "Translate it."),
    "missing-segment": RuleManual(
      meaning: "A sentence of the source has no counterpart in the translation.",
      advice: "Translate it, or see whether it was left out on purpose."),
    "punctuation": RuleManual(
      meaning: "A mark is not written as the document's language writes it.",
      advice: "Use the language's own mark and spacing."),
    "unused-suppression": RuleManual(
      meaning: "A comment silences findings of which there are none, or names no rule.",
      advice: "Remove the comment, or mend its spelling."),
  ]
}
