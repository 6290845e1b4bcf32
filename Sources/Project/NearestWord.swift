internal import Matching

/// The word of a list that a misspelt one was most likely meant to be; `nil` when none is near.
public func nearestWord(to word: String, among known: [String]) -> String? {
  FuzzyPattern.nearest(to: word, among: known)
}
