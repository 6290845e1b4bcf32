// Extracts terms from a bitext that is repeated until it has so many pairs, its word links given,
// through the public API.
//
// usage: terms_speed PAIRS FILE.tsv…
// Prints the pairs, their bytes, the seconds without the linking, the seconds of all cores together,
// the memory at its peak in MB (texts and links are in it), and the candidates.
import Alignment
import Bitext
import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The same pairs again and again.
struct Repeated: TranslatedTexts {
  var texts: [TranslatedText]
  var count: Int

  func forEachBatch(of size: Int, _ body: ([TranslatedText]) throws -> Void) throws {
    for first in stride(from: 0, to: count, by: size) {
      try body((first..<min(count, first + size)).map { texts[$0 % texts.count] })
    }
  }
}

func peakMemory() -> Int {
  var usage = rusage()
  // 0 is RUSAGE_SELF, which has another type on each system.
  getrusage(0, &usage)
  #if canImport(Darwin)
    return usage.ru_maxrss >> 20
  #else
    return usage.ru_maxrss >> 10
  #endif
}

let count = Int(CommandLine.arguments[1]) ?? 1_000_000
var texts: [TranslatedText] = []
for file in CommandLine.arguments.dropFirst(2) {
  let table = try BitextTableLines(file, languages: (.english, .simplifiedChinese))
  try table.forEach {
    texts.append(
      TranslatedText(source: $0, target: $1, evidence: .init(file: file, bead: texts.count)))
  }
}
var corpus = WordCorpus(source: .english, target: .simplifiedChinese)
try corpus.append(texts.map { ($0.source, $0.target) })
let model = WordAligner().learn(from: corpus, first: 0..<0)
let links = model.links(in: corpus, of: 0..<corpus.count, threshold: LinkThreshold(share: 0.5))
let words = (0..<corpus.count).map {
  LinkedWords(
    source: Array(corpus.sourceWords(of: $0)), target: Array(corpus.targetWords(of: $0)),
    links: Array(links[$0]))
}
let bytes = (0..<count).reduce(0) {
  $0 + texts[$1 % texts.count].source.utf8.count + texts[$1 % texts.count].target.utf8.count
}
func cpuSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

let clock = ContinuousClock()
let before = cpuSeconds()
var found = 0
let time = try clock.measure {
  let extractor = TermExtractor(source: .english, target: .simplifiedChinese)
  found = try extractor.candidates(in: Repeated(texts: texts, count: count)) { batch, first in
    batch.indices.map { words[(first + $0) % words.count] }
  }.count
}
let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
print(count, bytes, seconds, cpuSeconds() - before, peakMemory(), found)
