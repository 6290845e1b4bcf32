// Finds terms in a text through the public API, and prints what it took, a name and a figure a line.
//
// usage: matching_speed tokens LANGUAGE TEXT
//        matching_speed scan LANGUAGE TEXT TERMS
//        matching_speed compile LANGUAGE TERMS OUT
//        matching_speed open LANGUAGE TEXT COMPILED
//        matching_speed threads LANGUAGE TEXT TERMS
// TERMS has a term a line. Seconds are of CPU time unless said otherwise.
import Bitext
import Dispatch
import Formats
import Matching
import Segmentation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func seconds(_ which: clockid_t) -> Double {
  var now = timespec()
  clock_gettime(which, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

func measured(_ which: clockid_t = CLOCK_PROCESS_CPUTIME_ID, _ body: () throws -> Void) rethrows
  -> Double
{
  let start = seconds(which)
  try body()
  return seconds(which) - start
}

func resident() -> Int {
  guard let status = try? Files.read("/proc/self/status") else { return 0 }
  let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first {
    $0.hasPrefix("VmRSS")
  }
  return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 } ?? 0
}

let arguments = CommandLine.arguments
let language: LanguageTag = arguments[2] == "zh" ? .simplifiedChinese : .english

func termbase(_ path: String) throws -> Termbase {
  let text = String(decoding: try Files.read(path), as: UTF8.self)
  return Termbase(
    concepts: text.split(separator: "\n").enumerated().map {
      Concept(id: String($0), terms: [Term(String($1), language: language)])
    })
}

func hits(_ matcher: TermMatcher, _ text: Span<UInt8>) -> Int {
  var count = 0
  matcher.forEachHit(in: text) { _ in count += 1 }
  return count
}

/// The best of three, so that what the first one finds out once is left out.
func bestOfThree(_ body: () -> Void) -> Double { (0..<3).map { _ in measured { body() } }.min() ?? 0 }

switch arguments[1] {
case "tokens":
  let text = try Files.read(arguments[3])
  let tokenizer = KeyTokenizer()
  // As a search does it: block by block, in memory that is used again.
  var count = 0
  let matcher = TermMatcher(Termbase(), language: language)
  print("scan", bestOfThree { count += hits(matcher, text.span) }, separator: "\t")
  print("tokens", tokenizer.tokens(of: text.span).count, separator: "\t")
case "scan":
  let text = try Files.read(arguments[3])
  let termbase = try termbase(arguments[4])
  var matcher: TermMatcher?
  print("build", measured { matcher = TermMatcher(termbase, language: language) }, separator: "\t")
  if let matcher {
    var count = 0
    print("scan", bestOfThree { count = hits(matcher, text.span) }, separator: "\t")
    print("hits", count, separator: "\t")
    print("bytes", matcher.compiledBytes().count, separator: "\t")
  }
case "compile":
  let file = try OutputFile.replacing(arguments[4])
  try file.write(TermMatcher(try termbase(arguments[3]), language: language).compiledBytes())
  try file.finish()
case "open":
  let text = try Files.read(arguments[3])
  let before = resident()
  var matcher: TermMatcher?
  let time = try measured(CLOCK_MONOTONIC) {
    let file = try MappedFile(arguments[4])
    matcher = try TermMatcher(compiled: file.bytes, owner: file, file: arguments[4])
  }
  print("open", time, separator: "\t")
  if let matcher { print("hits", hits(matcher, text.span), separator: "\t") }
  print("resident", resident() - before, separator: "\t")
case "threads":
  let text = try Files.read(arguments[3])
  let matcher = TermMatcher(try termbase(arguments[4]), language: language)
  let files = (0..<1000).map { index in
    Array(text[text.count / 1000 * index..<text.count / 1000 * (index + 1)])
  }
  for threads in [1, 2] {
    var work = 0.0
    let time = measured(CLOCK_MONOTONIC) {
      work = measured {
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          for file in stride(from: thread, to: files.count, by: threads) {
            let bytes = files[file]
            _ = hits(matcher, bytes.span)
          }
        }
      }
    }
    print(threads == 1 ? "one" : "two", time, separator: "\t")
    print("work\(threads)", work, separator: "\t")
  }
default: print("unknown: \(arguments[1])")
}
