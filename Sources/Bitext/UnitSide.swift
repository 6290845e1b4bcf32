/// Which side of a unit a text is.
public enum UnitSide: String, Sendable, Hashable {
  case source, target

  public var other: UnitSide { self == .source ? .target : .source }
}
