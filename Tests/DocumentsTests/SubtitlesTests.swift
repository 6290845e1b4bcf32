import Bitext
import Segmentation
import Testing

@testable import Documents

@Suite struct SubtitlesTests {
  private static let documents: [(text: String, file: String, blocks: [String])] = [
    (
      "1\n00:00:01,000 --> 00:00:02,500\nHello <i>there</i>,\nfriend.\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}And\n",
      "a.srt", ["Hello there, friend.", "And"]
    ),
    ("\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,500\r\n你好，\r\n朋友。\r\n", "a.srt", ["你好，朋友。"]),
    ("1\n00:00:01,000 --> 00:00:02,500\n1 < 2 & <b\n\n3\n", "a.srt", ["1 < 2 & <b", "3"]),
    (
      "WEBVTT - title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\nNOTE a comment\n\nintro\n"
        + "00:01.000 --> 00:02.000 align:start\n<v Mary Ann>Hi &amp; <c.red>bye</c> <00:01.500>now\n\n"
        + "00:03.000 --> 00:04.000\n- One\n- Two", "a.vtt", ["Hi & bye now", "- One - Two"]
    ),
    ("", "a.srt", []), ("WEBVTT", "a.vtt", []),
  ]

  @Test(arguments: documents.indices)
  func proseIsWhatIsShown(index: Int) throws {
    let (text, file, blocks) = Self.documents[index]
    let language: LanguageTag = text.utf8.contains(0xE4) ? .simplifiedChinese : .english
    #expect(try read(text, as: file, DocumentOptions(language: language)).texts == blocks)
  }

  @Test func notesOfWebVTTAreComments() throws {
    let text = "WEBVTT\n\nNOTE one\ntwo\n\n00:01.000 --> 00:02.000\nHi\n\nNOTE\nthree\n\nNOTES\n"
    let prose = try read(text, as: "a.vtt", DocumentOptions(language: .english))
    #expect(prose.comments.map(\.text) == ["one\ntwo", "three"])
    #expect(prose.comments.map(\.place) == [0, 3])
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[prose.comments[1].range], as: UTF8.self) == "NOTE\nthree")
  }

  @Test(arguments: ["a.srt", "a.vtt"], ["", "UTF-16LE", "GB18030"])
  func plantedTermLeadsBackToItsBytes(file: String, encoding: String) throws {
    let document =
      "WEBVTT\n\nTERM\n00:00:01.000 --> 00:00:02.500 TERM\nTERM <i TERM>TERM</i>\n前TERM\n\n"
      + "7\n00:00:01.000 --> 00:00:02.500\n{\\an8}TERM\n\n和中文，以便看出编码。"
    let bytes = encoded(document, encoding)
    let text = try decodeText(bytes, file: file, encoding: encoding.isEmpty ? nil : encoding)
    let prose = try DocumentReader.prose(
      text, file: file, DocumentOptions(language: .simplifiedChinese))
    let found = prose.ranges(of: "TERM")
    #expect(found.count == 4)
    for range in found {
      #expect(Array(bytes[prose.positions.source(range)]) == encoded("TERM", encoding))
    }
  }

  @Test func damagedSubtitlesAreRead() throws {
    let sample = Self.documents.map(\.text).joined(separator: "\n\n")
    for file in ["a.srt", "a.vtt"] {
      try Damage.forEach(of: Array(sample.utf8), seed: 3, rounds: 300) { bytes in
        _ = try? DocumentReader.prose(
          decodeText(bytes, file: file), file: file, DocumentOptions(language: .english))
      }
    }
  }
}
