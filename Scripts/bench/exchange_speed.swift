// Reads or writes translation memories through the public API, and prints what it took, a name and a
// figure a line.
//
// usage: exchange_speed parse FILE.tmx          units, without a store
//        exchange_speed texts FILE.tmx          the same, with each text as a string
//        exchange_speed foundation FILE.tmx     the same file through Foundation's XMLParser
//        exchange_speed import FILE.tmx STORE   into a new store
//        exchange_speed export STORE OUT.tmx
// Seconds are of CPU time, memory is the peak of the process in bytes.
import Bitext
import Formats
import Foundation
import Project
import Store

#if canImport(FoundationXML)
  import FoundationXML
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func processorTime() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// From /proc on Linux, where it is counted from the start of the program alone.
func peakMemory() -> Int {
  #if canImport(Glibc)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 } ?? 0
  #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss)
  #endif
}

final class Counter: NSObject, XMLParserDelegate {
  var units = 0
  var characters = 0

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if name == "tu" { units += 1 }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    characters += string.utf8.count
  }
}

let arguments = CommandLine.arguments
let start = processorTime()
var count = 0
switch arguments[1] {
case "parse": try TMXReader.forEachUnit(of: arguments[2]) { _ in count += 1 }
case "texts":
  var characters = 0
  try TMXReader.forEachUnit(of: arguments[2]) { unit in
    count += 1
    for (_, text) in unit.texts { characters += text.utf8.count }
  }
  print("characters", characters, separator: "\t")
case "foundation":
  guard let stream = InputStream(fileAtPath: arguments[2]) else { exit(2) }
  let parser = XMLParser(stream: stream)
  let counter = Counter()
  parser.delegate = counter
  _ = parser.parse()
  count = counter.units
case "import":
  let store = try ConcordStore(path: arguments[3], access: .create)
  let summary = try importFile(
    arguments[2], into: store, as: .memory, options: GlossaryOptions(),
    by: Change(date: "2026-01-01T00:00:00Z"))
  count = summary.added
case "export":
  let store = try ConcordStore(path: arguments[2], access: .read)
  let flow = try ExportFlow(
    store: store, format: .tmx, half: .memory, includesProposed: false,
    mapping: LanguageMapping())
  let output = try OutputFile.replacing(arguments[3])
  count = try flow.run(to: output, version: "1").0
  try output.finish()
default: print("unknown: \(arguments[1])")
}
print("seconds", processorTime() - start, separator: "\t")
print("units", count, separator: "\t")
print("memory", peakMemory(), separator: "\t")
