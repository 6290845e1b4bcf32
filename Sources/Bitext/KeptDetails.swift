/// The details of a unit, as a store keeps them until they are asked for: reading them takes longer
/// than the rest of the unit, and few who read units ask.
package struct KeptDetails: Sendable {
  private enum Form: Sendable {
    case none
    case stored([UInt8])
    indirect case read(UnitDetails)
  }

  private let form: Form

  package init(_ details: UnitDetails?) { form = details.map { .read($0) } ?? .none }

  /// - Parameter bytes: as ``UnitDetails`` writes itself.
  package init(stored bytes: UnsafeBufferPointer<UInt8>) { form = .stored(Array(bytes)) }

  /// `nil` where there are none, and where the bytes are damaged.
  package var details: UnitDetails? {
    switch form {
    case .none: return nil
    case .read(let details): return details
    case .stored(let bytes):
      var reader = BinaryReader(bytes[...])
      return try? reader.read(UnitDetails.self)
    }
  }
}

extension KeptDetails: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    switch (left.form, right.form) {
    case (.none, .none): true
    case (.stored(let left), .stored(let right)) where left == right: true
    default: left.details == right.details
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(details) }
}
