internal import Bitext
internal import Segmentation

/// What the doctor found in one file.
public struct ExchangeExamination: Sendable {
  /// In the order of the file, of each rule the first thousand.
  public var findings: [ExchangeFinding]
  /// How often each rule found something.
  public var counts: [ExchangeRule: Int]
  /// How much of it a repair mends.
  public var mendedCounts: [ExchangeRule: Int]

  public var mendedCount: Int { mendedCounts.values.reduce(0, +) }
  public var count: Int { counts.values.reduce(0, +) }
}

/// Examines exchange files, says where they are not as their format wants them, and writes them
/// again with as much mended as can be without a person.
///
/// It goes on behind every fault. Nothing is fetched and no entity expanded; memory does not grow
/// with a file in UTF-8.
public enum ExchangeDoctor {
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - encoding: an IANA name, where the file declares a wrong one.
  ///   - output: takes the repaired file; it is not finished.
  /// - Returns: the findings.
  /// - Throws: `Trouble` for a file that cannot be read or is no such file, and what `output`
  ///   throws.
  public static func examine(
    _ path: String, encoding: String? = nil, output: OutputFile? = nil
  ) throws -> ExchangeExamination {
    let findings = ExchangeFindings()
    let name = path == "-" ? Files.standardInputName : path
    let format = ExchangeFormat(of: path)
    let window = try CleanWindow(path, encoding: encoding, isXML: format != .po)
    let repair = try output.map {
      try RepairOutput($0, encoding: window.encoding, mark: window.mark)
    }
    switch format {
    case .po:
      var doctor = PODoctor(name, window, findings, repair)
      try doctor.run()
    case .tbx:
      var doctor = XMLDoctor(name, window, findings, repair, TBXRules())
      try doctor.run()
    case .xliff:
      var doctor = XMLDoctor(name, window, findings, repair, XLIFFRules())
      try doctor.run()
    case .tmx, nil:
      var doctor = TMXDoctor(name, window, findings, repair)
      try doctor.run()
    }
    try repair?.finish()
    return ExchangeExamination(
      findings: findings.sorted, counts: findings.counts, mendedCounts: findings.mendedCounts)
  }

  /// Examines a file and writes it repaired; one in which there is nothing to mend byte for byte.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - encoding: an IANA name, where the file declares a wrong one.
  ///   - output: takes the repaired file; it is not finished.
  /// - Returns: the findings in the file as it was.
  /// - Throws: `Trouble` for a file that cannot be read or is no such file, and what `output`
  ///   throws.
  public static func repair(
    _ path: String, encoding: String? = nil, to output: OutputFile
  ) throws -> ExchangeExamination {
    let examination = try examine(path, encoding: encoding)
    if examination.mendedCount > 0 {
      return try examine(path, encoding: encoding, output: output)
    }
    if path == "-" {
      try output.write(try Files.read(path))
      return examination
    }
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    while try file.read(into: &bytes) {
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    return examination
  }
}
