/// A data category of TBX-Basic (ISO 30042:2019 and the dialect's Schematron rules): in which
/// element, at which levels and with which values it may stand.
struct TBXCategory {
  enum Level { case concept, language, term }

  var element: String
  var levels: Set<Level>
  /// The picklist; `nil` where any text is allowed.
  var values: Set<String>?
  /// The element that holds it with what is said of it; `nil` where nothing can be.
  var group: String?
  /// The categories that may be said of it in its group, with the elements that hold them.
  var details: [String: String] = [:]

  /// All of the dialect, by name.
  static let basic: [String: TBXCategory] = [
    "administrativeStatus": termNote(Set(TBXStatus.basicWords.keys)),
    "partOfSpeech": termNote(["adjective", "adverb", "noun", "other", "verb"]),
    "termType": termNote([
      "abbreviation", "acronym", "fullForm", "phrase", "shortForm", "variant",
    ]),
    "grammaticalGender": termNote(["feminine", "masculine", "neuter", "other"]),
    "geographicalUsage": termNote(nil),
    "termLocation": termNote([
      "checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox", "informativeMessage",
      "interactiveMessage", "menuItem", "progressBar", "pushButton", "radioButton", "slider",
      "spinBox", "tab", "tableText", "textBox", "toolTip", "user-definedType",
    ]),
    "subjectField": descrip([.concept]),
    "definition": descrip([.concept, .language]),
    "context": descrip([.term]),
    "customerSubset": admin([.concept, .term]),
    "projectSubset": admin([.concept, .term]),
    "source": admin([.concept, .language, .term]),
    "crossReference": TBXCategory(element: "ref", levels: [.concept, .term]),
    "externalCrossReference": TBXCategory(element: "xref", levels: [.concept, .language, .term]),
    "xGraphic": TBXCategory(element: "xref", levels: [.concept, .language]),
    "note": TBXCategory(element: "note", levels: [.concept, .language, .term]),
    "transactionType": TBXCategory(
      element: "transac", levels: [.concept, .language, .term],
      values: ["modification", "origination"], group: "transacGrp",
      details: ["date": "date", "responsibility": "transacNote", "note": "note"]),
  ]

  /// The term notes in the order in which they are written, since they stand before all else.
  static let termNotes = [
    "administrativeStatus", "partOfSpeech", "termType", "grammaticalGender", "geographicalUsage",
    "termLocation",
  ]

  private static func termNote(_ values: Set<String>?) -> TBXCategory {
    TBXCategory(
      element: "termNote", levels: [.term], values: values, group: "termNoteGrp",
      details: ["source": "admin", "note": "note"])
  }

  private static func descrip(_ levels: Set<Level>) -> TBXCategory {
    TBXCategory(
      element: "descrip", levels: levels, group: "descripGrp",
      details: ["source": "admin", "note": "note"])
  }

  private static func admin(_ levels: Set<Level>) -> TBXCategory {
    TBXCategory(element: "admin", levels: levels, group: "adminGrp", details: ["note": "note"])
  }

  func allows(_ value: String) -> Bool { values?.contains(value) ?? true }
}
