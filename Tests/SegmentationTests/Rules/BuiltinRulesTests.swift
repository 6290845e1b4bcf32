import Bitext
import Segmentation
import TestSupport
import Testing

/// What the rules that ship say, phenomenon by phenomenon.
@Suite struct BuiltinRulesTests {
  @Test(arguments: [
    // Titles, initials, letters that are no names.
    "⟦Dr. Li met Gov. Tang and Lt. Wu.⟧ ⟦DR. LI spoke first.⟧ ⟦They left.⟧",
    "⟦The plan came from Mary K. Olsen.⟧ ⟦J. P. Tang and W.H. Auden read it.⟧",
    "⟦The panel chose option B.⟧ ⟦Officials agreed.⟧ ⟦He lacks vitamin D.⟧ ⟦Doctors know.⟧",
    "⟦It was you and I.⟧ ⟦Did Carol I. Hughes know?⟧",
    // Abbreviations with and without a capital after them.
    "⟦See e.g. Chongqing, i.e. the city, vs. the region.⟧ ⟦Approx. 30 came.⟧",
    "⟦Tools, parts, etc. were sold.⟧ ⟦Tools, parts, etc.⟧ ⟦They were sold.⟧",
    "⟦He works at Lin & Co. in Beibei.⟧ ⟦She left Lin & Co.⟧ ⟦It had closed.⟧",
    "⟦Jialing Motors Inc. (“JMI”) rose.⟧ ⟦So did Yubei Steel Corp. Shares of others fell.⟧",
    "⟦The U.S. Embassy is in the U.S.⟧ ⟦The E.U. has another.⟧",
    "⟦He took a Ph.D. in the U.K. last year.⟧",
    // Numbers and dates.
    "⟦Take No. 5 or Nos. 7 and 8, p. 3 of Vol. II, Fig. 4.⟧ ⟦Dial ext. 37.⟧",
    "⟦On Sept. 11 and Dec. 25, 2024, it rained.⟧ ⟦It cost $3.50.⟧ ⟦Version 2.1.3 is out.⟧",
    "⟦Look at N°. 12.50.7.⟧ ⟦It is there.⟧",
    // Times of the day.
    "⟦They came at 5 p.m. Monday.⟧ ⟦They left at 6 a.m.⟧ ⟦Most slept.⟧ ⟦At 7 a.m. Ms. Hu rose.⟧",
    "⟦It starts at 10 a.m. (Beijing time) and ends at 3 p.m. EST.⟧",
    // Addresses.
    "⟦See https://cq.example.com/find?q=a.b!c for more.⟧ ⟦Write to a.b@example.com.⟧ ⟦Thanks.⟧",
    "⟦https://a.example/1⟧ ⟦https://a.example/2⟧",
    // Direct speech.
    "⟦“Who goes there?” he asked.⟧ ⟦“Me!” Old Zhang shouted.⟧ ⟦“Me!”⟧ ⟦Zhang was gone.⟧",
    "⟦She said, \"It is done.\" and left.⟧ ⟦\"It is done.\"⟧ ⟦She left.⟧",
    "⟦‘But I—’⟧ ⟦‘No!’⟧ ⟦(Really?) he thought.⟧",
    // Ellipses.
    "⟦He waited ... and waited.⟧ ⟦Then... nothing.⟧ ⟦I never knew....⟧ ⟦She left.⟧",
    "⟦It was . . . well, odd.⟧ ⟦The thing is . . . I forgot.⟧ ⟦It is over . . . .⟧ ⟦Next.⟧",
    "⟦\"Talent [...] flows [...]\" (Tang 55).⟧ ⟦Next.⟧",
    // Footnotes, bullets, faces.
    "⟦It grew.[1]⟧ ⟦It fell.²⟧ ⟦It rose.⟧",
    "⟦• Rail links⟧ ⟦• Road links⟧",
    "⟦It works :-)⟧ ⟦Thanks to all.⟧",
    // Lists that have lost their lines.
    "⟦1. Open the valve⟧ ⟦2. Close the lid⟧ ⟦3. Wait⟧",
    "⟦1) Open it.⟧ ⟦2) Close it.⟧",
    "⟦a. Open it⟧ ⟦b. Close it⟧ ⟦c. Wait⟧",
    "⟦IV. The economic circle⟧",
    "⟦It has 1) rail, 2) road and 3) air links.⟧",
    // Mails whose lines were run together.
    "⟦Li Wei⟧ ⟦03/04/2025 10:15 AM⟧ ⟦The file is here.⟧ ⟦Best regards,⟧ ⟦Li Wei⟧",
    "⟦Dear Ms. Hu,⟧ ⟦It is here.⟧ ⟦____________________________⟧ ⟦Sent from a phone.⟧",
    "⟦It came on 03/04/2025 and left at 10:15 AM on Monday.⟧",
    // Sloppy texts.
    "⟦i saw it.⟧ ⟦it was big.⟧ ⟦we left.⟧",
    "⟦The line opened.⟧⟦The mayor spoke.⟧⟦It was 1,000.⟧⟦That is a lot.⟧",
    "⟦Use os.Path or string.Format here.⟧ ⟦Done.⟧",
    "⟦He works at Yahoo! in sales.⟧",
  ])
  func cutsEnglish(_ marked: String) throws { try expectSentences(marked, .english) }

  @Test(arguments: [
    // Closing marks, with and without a space before them.
    "⟦他说：“我来了。”⟧⟦然后走了。⟧", "⟦“你不会。 ”⟧⟦他道：“谁说的？”⟧", "⟦（他来了。）⟧⟦走吧！⟧",
    "⟦他走了。⟧⟦“你好。”⟧⟦她说。⟧", "⟦他走了。⟧⟦（见下文。）⟧",
    // Straight quotes open and close by turns.
    "⟦他说：\"我来了。\"⟧⟦然后走了。⟧⟦\"好。\"⟧⟦她说。⟧",
    // Ellipses: speech that trails off, a sentence that does, stammering, a list.
    "⟦“难道那些传说……”⟧⟦“大部分是真的。”⟧", "⟦天上飞舞着成群的苍蝇……⟧⟦轿夫们走了。⟧",
    "⟦“我……我不知道。”⟧", "⟦北京、上海、重庆……等城市都来了。⟧", "⟦他说“……”的时候笑了。⟧",
    // Half-width marks among full-width ones.
    "⟦他来了!⟧⟦你呢?⟧⟦好。⟧", "⟦增长3.5%。⟧⟦No. 5 在此。⟧⟦J. K. Rowling 写的。⟧",
    // A style may want breaks at ；: this one does not.
    "⟦价格下降；销量上升。⟧", "⟦一：二，三、四。⟧",
    // Footnotes and numbers of headings.
    "⟦人才政策已发布。[1]⟧⟦其后修订。②⟧⟦完。⟧", "⟦1. 总则⟧", "⟦3．附则⟧",
    "⟦见 https://cq.example.com/a?b=1。⟧⟦谢谢。⟧",
    "⟦西部（重庆）科学城⟧",
  ])
  func cutsChinese(_ marked: String) throws {
    for language in [LanguageTag.simplifiedChinese, .traditionalChinese] {
      try expectSentences(marked, language)
    }
  }

  @Test func cutsWhatIsMarkedInTheFixtures() throws {
    let path = TestData.project + "/Fixtures/segmentation/sentences.txt"
    let text = String(decoding: TestData.bytes(path), as: UTF8.self)
    let cases = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(cases.count > 50)
    for line in cases {
      let parts = line.split(separator: ":", maxSplits: 1)
      let marked = parts[1].trimmingPrefix(" ")
      try expectSentences(String(marked), #require(LanguageTag(String(parts[0]))))
    }
  }

  @Test(arguments: [
    ("⟦Herr Dr. Weiß lachte.⟧ ⟦Dann ging er z.B. nach Köln.⟧", "de"),
    ("⟦Il est venu.⟧ ⟦Elle aussi.⟧", "fr"),
    ("⟦彼は来た。⟧⟦そして去った。⟧", "ja"),
  ])
  func leavesOtherLanguagesToUnicodeAndCLDR(_ marked: String, _ tag: String) throws {
    try expectSentences(marked, #require(LanguageTag(tag)))
  }
}
