public import Bitext
internal import Segmentation
internal import Store
internal import Synchronization

/// Fragments of texts that are searched for: what covers them piece by piece, on any thread.
public final class SearchFragments: Sendable {
  private let path: String
  private let options: FragmentOptions
  private let projectLanguages: [LanguageTag]
  private let state = Mutex(State())

  private struct State {
    /// Those that no thread has.
    var free: [FragmentFlow] = []
    /// Of which those of other threads are copies.
    var first: FragmentFlow?
    var trouble: Trouble?
  }

  /// - Parameters:
  ///   - storePath: the store, which must be there.
  ///   - options: what counts; word lists are read when the first text comes.
  ///   - projectLanguages: of two, one is translated into the other where the options name no
  ///     target.
  public init(storePath: String, options: FragmentOptions, projectLanguages: [LanguageTag] = []) {
    path = storePath
    self.options = options
    self.projectLanguages = projectLanguages
  }

  /// The terms and the stretches that cover a text, as ``FragmentFlow`` finds them.
  ///
  /// - Parameters:
  ///   - text: a sentence, or another segment.
  ///   - language: of the text; `nil` takes what its script suggests.
  /// - Returns: the fragments in the order of the text.
  /// - Throws: `Trouble` for a text that is too long, for one whose language nobody tells, and when
  ///   the memory cannot be read.
  public func fragments(
    of text: String, language: LanguageTag?
  ) throws(Trouble) -> [Fragment] {
    var flow = try take(target: target(of: text, language))
    defer {
      state.withLock { state in
        state.trouble = state.trouble ?? flow.indexTrouble
        state.free.append(flow)
      }
    }
    return try flow.fragments(of: text, language: language)
  }

  /// Why the index could not be used since this was asked last; `nil` when it could.
  public func takeIndexTrouble() -> Trouble? {
    state.withLock { state in
      defer { state.trouble = nil }
      return state.trouble
    }
  }

  private func take(target: LanguageTag?) throws(Trouble) -> FragmentFlow {
    let (free, first) = state.withLock { ($0.free.popLast(), $0.first) }
    if let free { return free.into(target) }
    let store = try ConcordStore(path: path, access: .read)
    if let first { return first.adapted(to: store, target: target) }
    let flow = try FragmentFlow(store: store, options: options)
    state.withLock { $0.first = $0.first ?? flow }
    return flow.into(target)
  }

  /// What a text is to be translated into: the option, else the project's only other language.
  private func target(of text: String, _ language: LanguageTag?) -> LanguageTag? {
    if let target = options.target { return target }
    guard let source = language ?? LanguageMatching.detect(Array(text.utf8).span) else {
      return nil
    }
    let others = projectLanguages.filter { !LanguageMatching.sameLanguage($0, source) }
    return others.count == 1 ? others[0] : nil
  }
}
