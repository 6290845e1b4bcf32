/// Something that stops the work: exit code 2, one clear line, nothing written.
///
/// Every module throws it, so that the command prints all trouble alike and a program can tell
/// where it lies. The message says what is wrong and what to do.
public struct Trouble: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String
  public var file: String?
  /// From 1.
  public var line: Int?
  /// From 1, in Unicode scalars.
  public var column: Int?

  public init(_ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil) {
    self.message = message
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column: message`, as compilers print it.
  public var description: String {
    var place = file ?? ""
    if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    if let column, line != nil { place += ":\(column)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}

/// Something that the user should know, while the work goes on. It prints as trouble does.
public typealias Warning = Trouble
