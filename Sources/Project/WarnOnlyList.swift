public import Bitext
internal import Formats
internal import Segmentation

/// The list of the terms that only warn, as a file: a concept's id or a term a line; what follows a
/// tab is a remark, and so is a line that starts with `#`.
public enum WarnOnlyList {
  /// The names in a list.
  public static func read(_ path: String) throws(Trouble) -> [String] {
    let text = try decodeText(try Files.read(path), file: path)
    return text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      let name = String(decoding: line.prefix { $0 != 0x09 }, as: UTF8.self)
      let bare = name.drop { $0 == " " }
      return bare.isEmpty || bare.hasPrefix("#") ? nil : name
    }
  }

  /// The list of the terms that should only warn.
  public static func text(_ terms: [TermPrecision]) -> String {
    var text = "# Terms that only warn, by 'concord selftest': for 'concord check --warn-only'.\n"
    var seen: Set<String> = []
    for term in terms where term.verdict == .warn && seen.insert(term.name).inserted {
      text += "\(term.name)\t\(term.alarms) of \(term.hits): "
      text += "\(term.term.visible) = \(term.translations.joined(separator: " | ").visible)\n"
    }
    return text
  }
}

extension TermPrecision {
  /// What the term is called in a list: by its concept's id, unless that is but a line of a file,
  /// which the next edit moves.
  fileprivate var name: String {
    let parts = concept.split(separator: ":")
    let isPlace =
      parts.count == 2 && Int(parts[1]) != nil
      && ["csv", "tsv"].contains(Files.ending(of: String(parts[0])))
    return isPlace ? term : concept
  }
}

extension Workspace {
  /// The concepts that only warn: those of the project and those of some lists.
  ///
  /// - Parameter files: lists that were named.
  /// - Returns: ids of concepts and terms.
  /// - Throws: `Trouble` for a list that cannot be read.
  public func warnOnly(_ files: [String]) throws(Trouble) -> [String] {
    var names: [String] = []
    for entry in configuration?.warnOnly ?? [] {
      let path = configuration?.resolve(entry) ?? entry
      if Files.kind(of: path) == .file {
        names += try WarnOnlyList.read(path)
      } else {
        names.append(entry)
      }
    }
    for file in files { names += try WarnOnlyList.read(file) }
    return names
  }

  /// The lists that ``warnOnly(_:)`` reads.
  public var warnOnlyFiles: [String] {
    (configuration?.warnOnly ?? []).compactMap { entry in
      configuration.map { $0.resolve(entry) }
    }.filter { Files.kind(of: $0) == .file }
  }
}
