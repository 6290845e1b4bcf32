// Searches and fills a translation memory through the public API, and prints what it took, a name
// and a figure a line.
//
// usage: memory_speed keys FILE.tsv OUT              the match keys of both sides of each line
//        memory_speed import FILE.tmx STORE          into a store, made where there is none
//        memory_speed search STORE LANGUAGE QUERIES OUT [exhaustive]
//                                                    the five units most like each line, from 70 %
//        memory_speed exact STORE LANGUAGE QUERIES   the units whose side is each line
//        memory_speed exacteach STORE LANGUAGE QUERIES
//                                                    the same, all lines at once
//        memory_speed concordance STORE TERMS LIMIT  the first places of each line
//        memory_speed run COMMAND ARGUMENT…          another program, its output thrown away
//        memory_speed add STORE COUNT                units, one by one, each looked up at once
//
// OUT of a search: number of the query from 0, id of the unit, score; a match a line, best first.
// Seconds are of CPU time, milliseconds by the clock, memory in bytes.
import Bitext
import Foundation
import Project
import Segmentation
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func time(_ clock: clockid_t) -> Double {
  var now = timespec()
  clock_gettime(clock, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

func processorTime() -> Double { time(CLOCK_PROCESS_CPUTIME_ID) }

/// What a line of Linux's account of the process says, in bytes.
func memory(_ name: String, in file: String) -> Int {
  let lines = ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n")
  let line = lines.first { $0.hasPrefix(name + ":") }
  return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 } ?? 0
}

func lines(of path: String) throws -> [String] {
  let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
  return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
}

/// Times of many calls of one kind.
struct Calls {
  var seconds: [Double] = []
  var clock: [Double] = []
  var results = 0

  mutating func measure(_ call: () throws -> Int) rethrows {
    let (start, clockStart) = (processorTime(), time(CLOCK_MONOTONIC))
    results += try call()
    seconds.append(processorTime() - start)
    clock.append(time(CLOCK_MONOTONIC) - clockStart)
  }

  func report() {
    func part(_ share: Double, of values: [Double]) -> Double {
      let sorted = values.sorted()
      return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
    print("count", seconds.count, separator: "\t")
    print("results", results, separator: "\t")
    print("seconds", seconds.reduce(0, +), separator: "\t")
    print("clock", clock.reduce(0, +), separator: "\t")
    print("p50", part(0.5, of: clock) * 1000, separator: "\t")
    print("p99", part(0.99, of: clock) * 1000, separator: "\t")
    print("cpu50", part(0.5, of: seconds) * 1000, separator: "\t")
    print("cpu99", part(0.99, of: seconds) * 1000, separator: "\t")
  }
}

func writeKeys(of path: String, to out: String) throws {
  guard FileManager.default.createFile(atPath: out, contents: nil),
    let file = FileHandle(forWritingAtPath: out)
  else { throw Trouble("cannot be written", file: out) }
  let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
  var block: [UInt8] = []
  for line in bytes.split(separator: UInt8(ascii: "\n")) {
    for (number, side) in line.split(separator: UInt8(ascii: "\t")).enumerated() {
      if number > 0 { block.append(UInt8(ascii: "\t")) }
      block += MatchKey(Array(side).span).bytes
    }
    block.append(UInt8(ascii: "\n"))
    if block.count > 1 << 20 {
      try file.write(contentsOf: block)
      block.removeAll(keepingCapacity: true)
    }
  }
  try file.write(contentsOf: block)
}

func query(_ text: String, _ language: LanguageTag, isExhaustive: Bool) -> MemoryQuery {
  var query = MemoryQuery(text: text, language: language)
  query.isExhaustive = isExhaustive
  query.limit = 5
  return query
}

func search(_ arguments: [String]) throws {
  let store = try ConcordStore(path: arguments[0], access: .read)
  guard let language = LanguageTag(arguments[1]) else { throw Trouble("no language") }
  let isExhaustive = arguments.count > 4
  var calls = Calls()
  var out = ""
  for (number, text) in try lines(of: arguments[2]).enumerated() {
    var matches: [MemoryMatch] = []
    let asked = query(text, language, isExhaustive: isExhaustive)
    try calls.measure {
      matches = try store.search(asked)
      return matches.count
    }
    for match in matches { out += "\(number)\t\(match.unit.id ?? 0)\t\(match.score)\n" }
  }
  try out.write(toFile: arguments[3], atomically: false, encoding: .utf8)
  calls.report()
}

func add(to path: String, count: Int) throws {
  let store = try ConcordStore(path: path, access: .write)
  var calls = Calls()
  for number in 0..<count {
    // Numbers that no text of the corpus has, and other ones each time.
    let mark = "\(Int(time(CLOCK_REALTIME) * 1000))-\(number)"
    let source = "The unit \(mark) was added by itself."
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
      target: "第 \(mark) 个单元是单独加入的。")
    try calls.measure {
      _ = try store.save([unit], by: Change(date: "2026-01-01T00:00:00Z"))
      return try store.search(MemoryQuery(text: source, language: .english, minimum: 1)).count
    }
  }
  calls.report()
}

/// Runs a program as a process of its own.
func run(_ arguments: [String]) throws {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  for descriptor in [Int32(1), 2] {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
  }
  var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
  var process: pid_t = 0
  let start = time(CLOCK_MONOTONIC)
  guard posix_spawnp(&process, arguments[0], &actions, nil, &words, environ) == 0 else {
    throw Trouble("cannot be run", file: arguments[0])
  }
  var status: Int32 = 0
  var usage = rusage()
  wait4(process, &status, 0, &usage)
  print("milliseconds", (time(CLOCK_MONOTONIC) - start) * 1000, separator: "\t")
  print("status", status, separator: "\t")
  #if canImport(Glibc)
    print("memory", usage.ru_maxrss * 1024, separator: "\t")
  #else
    print("memory", usage.ru_maxrss, separator: "\t")
  #endif
}

let arguments = Array(CommandLine.arguments.dropFirst(2))
let start = processorTime()
switch CommandLine.arguments[1] {
case "keys": try writeKeys(of: arguments[0], to: arguments[1])
case "import":
  let store = try ConcordStore(path: arguments[1], access: .create)
  let summary = try importFile(
    arguments[0], into: store, as: .memory, options: GlossaryOptions(),
    by: Change(date: "2026-01-01T00:00:00Z"))
  print("units", summary.added, separator: "\t")
  print("seconds", processorTime() - start, separator: "\t")
case "search": try search(arguments)
case "exact":
  let store = try ConcordStore(path: arguments[0], access: .read)
  let side: ConcordanceHit.Side = arguments[1] == "en" ? .source : .target
  var calls = Calls()
  for text in try lines(of: arguments[2]) {
    try calls.measure { try store.unitTexts(like: text, on: side).count }
  }
  calls.report()
case "exacteach":
  let store = try ConcordStore(path: arguments[0], access: .read)
  let side: ConcordanceHit.Side = arguments[1] == "en" ? .source : .target
  let texts = try lines(of: arguments[2])
  _ = try store.unitTexts(likeEach: Array(texts.prefix(1)), on: side)
  var calls = Calls()
  try calls.measure {
    try store.unitTexts(likeEach: texts, on: side).reduce(0) { $0 + $1.count }
  }
  calls.report()
  print("count", texts.count, separator: "\t")
case "concordance":
  let store = try ConcordStore(path: arguments[0], access: .read)
  var calls = Calls()
  for text in try lines(of: arguments[1]) {
    try calls.measure { try store.concordance(text, limit: Int(arguments[2])).count }
  }
  calls.report()
case "run":
  try run(arguments)
  exit(0)
case "add": try add(to: arguments[0], count: Int(arguments[1]) ?? 1)
default: print("unknown: \(CommandLine.arguments[1])")
}
print("memory", memory("VmHWM", in: "/proc/self/status"), separator: "\t")
print("resident", memory("Rss", in: "/proc/self/smaps_rollup"), separator: "\t")
