internal import Bitext

/// A property with what is said of it, as TBX nests them; see ``Property`` for the flat form.
struct PropertyTree: Equatable {
  /// The data category as a part of a property's name; `@` in front marks an attribute.
  var name: String
  /// `nil` where the details speak of a field of the concept.
  var value: String?
  var details: [PropertyTree] = []

  init(_ name: String, _ value: String?, _ details: [PropertyTree] = []) {
    self.name = name
    self.value = value
    self.details = details
  }

  subscript(detail: String) -> String? { details.first { $0.name == detail }?.value }

  /// Takes a detail out.
  mutating func remove(_ detail: String) {
    details.removeAll { $0.name == detail }
  }

  /// Adds the details of a field to the property that the field is written as.
  mutating func merge(_ other: [PropertyTree]) {
    for detail in other {
      if detail.value == nil, let index = details.firstIndex(where: { $0.name == detail.name }) {
        details[index].merge(detail.details)
      } else {
        details.append(detail)
      }
    }
  }

  /// The property and its details, one after the other.
  func flattened(_ language: LanguageTag?, path: String = "") -> [Property] {
    let own = path.isEmpty ? name : path + "/" + name
    let head = value.map { [Property(own, $0, language: language)] } ?? []
    return head + details.flatMap { $0.flattened(language, path: own) }
  }

  /// A category as a part of a property's name.
  static func component(_ category: String) -> String {
    let isPlain = !category.utf8.contains { $0 == 0x25 || $0 == 0x2F || $0 == 0x3D || $0 < 0x20 }
    if isPlain, category.utf8.first != 0x40 { return category }
    var result = ""
    for (index, scalar) in category.unicodeScalars.enumerated() {
      switch scalar {
      case "%": result += "%25"
      case "/": result += "%2F"
      case "=": result += "%3D"
      case "@" where index == 0: result += "%40"
      case "\u{0}"..."\u{1F}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The category behind a part of a property's name.
  static func category(_ component: some StringProtocol) -> String {
    guard component.utf8.contains(0x25) else { return String(component) }
    let bytes = Array(component.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let code = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(code)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension [PropertyTree] {
  /// The trees behind properties of one language.
  init(_ properties: some Sequence<Property>) {
    self = []
    for property in properties {
      insert(property.name.split(separator: "/", omittingEmptySubsequences: false), property.value)
    }
  }

  /// Adds what a path names: behind a slash stands what is said of the last property before it.
  mutating func insert(_ path: some Collection<Substring>, _ value: String) {
    guard let first = path.first else { return }
    let name = String(first)
    let rest = path.dropFirst()
    if rest.isEmpty {
      guard name.hasPrefix("@") else { return append(PropertyTree(name, value)) }
      // Attributes stand first, in the order of their names, and each but once: the later word
      // counts.
      let index = firstIndex { !$0.name.hasPrefix("@") || $0.name >= name } ?? count
      if index < count, self[index].name == name {
        self[index].value = value
      } else {
        insert(PropertyTree(name, value), at: index)
      }
      return
    }
    let index: Int
    if let known = lastIndex(where: { $0.name == name }) {
      index = known
    } else {
      index = count
      append(PropertyTree(name, nil))
    }
    self[index].details.insert(rest, value)
  }

  /// Takes out the details of a field.
  mutating func takeDetails(of field: String) -> [PropertyTree] {
    guard let index = firstIndex(where: { $0.name == field && $0.value == nil }) else { return [] }
    return remove(at: index).details
  }

  func flattened(_ language: LanguageTag? = nil) -> [Property] {
    flatMap { $0.flattened(language) }
  }
}
