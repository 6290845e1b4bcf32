internal import Bitext

extension Concept {
  /// Puts what an entry says of its concept and languages into the fields, and the rest into the
  /// properties.
  mutating func takeRemarks(_ remarks: [(language: LanguageTag?, trees: [PropertyTree])]) {
    for (language, trees) in remarks {
      guard language == nil else {
        properties += trees.flattened(language)
        continue
      }
      var trees = trees
      var details: [PropertyTree] = []
      for field in TBXField.allCases {
        var own = trees.takeDetails(of: field.rawValue)
        if let index = trees.firstIndex(where: { field.holds($0) }) {
          let tree = trees.remove(at: index)
          self[field] = tree.value
          own += tree.details
        }
        if !own.isEmpty { details.append(PropertyTree(field.rawValue, nil, own)) }
      }
      for kind in TBXTransaction.allCases {
        var own = trees.takeDetails(of: kind.rawValue)
        if let index = trees.index(of: kind) {
          let (change, more) = trees.remove(at: index).change ?? (Change(date: ""), [])
          self[kind] = change
          own += more
        }
        if !own.isEmpty { details.append(PropertyTree(kind.rawValue, nil, own)) }
      }
      properties += (details + trees).flattened()
    }
  }
}

/// The fields of a concept that one data category each speaks of.
enum TBXField: String, CaseIterable {
  case domain = "subjectField"
  case definition, source, note

  fileprivate func holds(_ tree: PropertyTree) -> Bool {
    tree.name == rawValue && tree.value != nil && tree.value != ""
  }
}

/// When and by whom a concept was made and changed.
enum TBXTransaction: String, CaseIterable {
  case created, changed

  /// TBX's word for it.
  var kind: String { self == .created ? "origination" : "modification" }
}

extension Concept {
  subscript(field: TBXField) -> String? {
    get {
      switch field {
      case .domain: domain
      case .definition: definition
      case .source: source
      case .note: note
      }
    }
    set {
      switch field {
      case .domain: domain = newValue
      case .definition: definition = newValue
      case .source: source = newValue
      case .note: note = newValue
      }
    }
  }

  subscript(transaction: TBXTransaction) -> Change? {
    get { transaction == .created ? created : changed }
    set {
      if transaction == .created { created = newValue } else { changed = newValue }
    }
  }
}

extension [PropertyTree] {
  /// The transaction that a field is to hold: the first origination, the last modification.
  fileprivate func index(of kind: TBXTransaction) -> Int? {
    let dated = indices.filter {
      self[$0].name == "transactionType" && self[$0].value == kind.kind && self[$0].change != nil
    }
    guard kind == .changed else { return dated.first }
    return dated.max { (self[$0].change?.0.date ?? "", -$0) < (self[$1].change?.0.date ?? "", -$1) }
  }
}

extension PropertyTree {
  /// The change that a transaction tells, and what it says beyond; `nil` without a usable date.
  fileprivate var change: (Change, [PropertyTree])? {
    guard let date = self["date"].flatMap(timestamp(fromTBX:)) else { return nil }
    let person = details.first { $0.name == "responsibility" }
    var rest = details
    rest.removeAll { $0.name == "date" || $0 == person }
    if let person, !person.details.isEmpty {
      rest.append(PropertyTree("responsibility", nil, person.details))
    }
    return (Change(date: date, author: person?.value), rest)
  }
}
