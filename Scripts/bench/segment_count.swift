// Counts stretches of text through the public API, each a range of bytes, as rivals/icu_count.c
// counts boundaries with ICU's.
//
// usage: segment_count sentence|word|grapheme|rules LANGUAGE FILE
// "rules" are sentences as the command cuts them, each line by itself.
// Prints the boundaries after the start of the text, the CPU seconds of one pass, and the memory
// that opening and running the iterator took at its peak, in KB; ICU's data is a part of it.
import Bitext
import Segmentation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func cpuSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// In KB.
func peakMemory() -> Int {
  #if canImport(Darwin)
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss / 1024
  #else
    // Linux counts what the parent held before it started this program into getrusage's figure.
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    var peak = 0
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix("VmHWM:") { peak = Int(text.filter(\.isNumber)) ?? 0 }
    }
    return peak
  #endif
}

func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { exit(2) }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

let kinds: [String: BreakIterator.Kind] = [
  "sentence": .sentence, "word": .word, "grapheme": .grapheme,
]
var base = 0
let arguments = CommandLine.arguments
guard arguments.count == 4, let language = LanguageTag(arguments[2]) else { exit(2) }
let text = contents(arguments[3])

func prose(_ length: Int) -> Prose {
  var blocks: [Block] = []
  var start = 0
  for end in 0...length where end == length || text[end] == 0x0A {
    if end > start { blocks.append(Block(range: start..<end, kind: .paragraph)) }
    start = end + 1
  }
  return Prose(
    file: "", language: language, utf8: text, blocks: blocks,
    positions: PositionMap(verbatim: text.count))
}

func measure(_ count: (Int) throws -> Int) rethrows {
  _ = try count(min(text.count, 1_000_000))  // a warm start for both sides
  let start = cpuSeconds()
  let boundaries = try count(text.count)
  print(boundaries, cpuSeconds() - start, peakMemory() - base)
}

if arguments[1] == "rules" {
  let (whole, part) = (prose(text.count), prose(min(text.count, 1_000_000)))
  base = peakMemory()
  var segmenter = try SentenceSegmenter(language: language)
  try measure { length in
    try segmenter.segments(of: length == text.count ? whole : part).segments.count
  }
} else {
  guard let kind = kinds[arguments[1]] else { exit(2) }
  base = peakMemory()
  let iterator = try BreakIterator(kind, language: language)
  measure { length in
    var boundaries = 0
    var start = 0
    iterator.forEachBatch(of: text.span.extracting(first: length)) { batch in
      for index in batch.indices {
        let stretch = start..<batch[index].offset
        boundaries += stretch.isEmpty ? 0 : 1
        start = stretch.upperBound
      }
    }
    return boundaries
  }
}
