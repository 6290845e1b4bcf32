import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Documents

@Suite struct ReStructuredTextTests {
  private static let documents: [(text: String, blocks: [String])] = [
    ("Title\n=====\n\nText\ngoes on.\n\nMore.", ["Title", "Text goes on.", "More."]),
    ("=====\nTitle\n=====\n\nSub\n---\ntext", ["Title", "Sub", "text"]),
    ("标题\n====\n\n第一行\n第二行", ["标题", "第一行第二行"]),
    ("one\n\n-----\n\ntwo", ["one", "two"]),
    ("- one\n- two\n  goes on\n\n  more\n* three", ["one", "two goes on", "more", "three"]),
    ("1. one\n2) two\n#. three\n(iv) four\na. five", ["one", "two", "three", "four", "five"]),
    ("1984 was a year.\nA. B. Yeats wrote.", ["1984 was a year. A. B. Yeats wrote."]),
    (
      "term\n   def one\n   goes on\nterm two\n   def",
      ["term", "def one goes on", "term two", "def"]
    ),
    ("text::\n\n   code\n\n   code\n\nafter", ["text:", "after"]),
    ("text ::\n\n  code\n\n::\n\n  code\nafter", ["text", "after"]),
    ("text::\n\n> quoted\n> code\n\nafter", ["text:", "after"]),
    ("- item::\n\n      code\n\n  after", ["item:", "after"]),
    (".. code-block:: python\n   :linenos:\n\n   code\n\nafter", ["after"]),
    (".. note:: Mind\n   the gap.\n\n   More.\n\nafter", ["Mind the gap.", "More.", "after"]),
    (".. warning::\n   :class: x\n\n   Mind.\n.. tip::\n   Here.", ["Mind.", "Here."]),
    (".. versionadded:: 3.2\n   The *colour*.\n\n.. deprecated:: 1.0", ["The colour."]),
    (".. versionchanged:: 3.2 The colour.", ["The colour."]),
    (
      ".. figure:: a/b.png\n   :alt: x\n   :width: 10\n\n   A caption.\n\n   A legend.",
      ["A caption.", "A legend."]
    ),
    (
      ".. image:: x.png\n   :alt: hidden\n\n.. include:: /x\n.. math::\n\n   a^2\n\nafter",
      ["after"]
    ),
    (".. admonition:: The title\n   :class: x\n\n   The text.", ["The title", "The text."]),
    (
      ".. list-table:: T\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d",
      ["T", "a", "b", "c", "d"]
    ),
    (
      ".. py:function:: open(file)\n              close()\n   :module: x\n\n   Opens a file.",
      ["Opens a file."]
    ),
    (".. toctree::\n   :maxdepth: 2\n\n   a/b\n   Title <c>\n\nafter", ["after"]),
    (".. my-code:: x\n\n   code\n.. automodule:: x\n   :members:", []),
    (".. unknown:: x\n\n   Text in it.", ["Text in it."]),
    (".. _target:\n.. _x: https://TERM\n__ https://x\n.. |s| replace:: text\n\nafter", ["after"]),
    (".. [1] A footnote\n   goes on.\n.. [K84] Cited.", ["A footnote goes on.", "Cited."]),
    (".. comment\n   goes on\n\n   and on\n\nafter\n\n..\n\n   quoted", ["after", "quoted"]),
    (
      ":Author: Me\n:orphan:\n\ntext\n\n:param x: The number\n   of things.",
      ["text", "The number of things."]
    ),
    (
      "-a, --all    Show all\n--long=X  Take X\n           from here\n-b\n   Both.",
      ["Show all", "Take X from here", "Both."]
    ),
    (">>> print(1)\n1\n\nafter", ["after"]),
    ("| one\n|   two\n\n| three", ["one", "two", "three"]),
    (
      "+-----+------+\n| a b | 中文 |\n|     | more |\n+=====+======+\n| - x | y    |\n| - z |      |\n+-----+------+\n\nafter",
      ["a b", "中文 more", "x", "z", "y", "after"]
    ),
    ("+---+---+\n| a | b |\n|   +---+\n| c | d |\n+---+---+", ["b", "a", "c", "d"]),
    ("+---+---+\n| a | b |\n+---+---+\n| spans |\n+---+---+", ["a", "b", "spans"]),
    (
      "=====  ====\nHead   Two\n=====  ====\na b    c d\ne      f\n       g\n=====  ====\n\nafter",
      ["Head", "Two", "a b", "c d", "e", "f g", "after"]
    ),
    ("====  ===\n中文  b\nlonger than a column\n====  ===", ["中文", "b", "longer than a column"]),
    ("a *b c* **d**, *args and 2*3*4 **kw x", ["a b c d, *args and 2*3*4 **kw x"]),
    ("中\\ *强调*\\ 文 \\*no\\*", ["中强调文 *no*"]),
    (
      "see :ref:`the text <target>` and `link\ntext <https://x>`_ or word_ and `two words`_.",
      ["see the text and link text or word and two words."]
    ),
    ("a :func:`open` b ``x  y`` c |name| d [1]_ e [#n]_", ["a open b x y c |name| d e"]),
    ("an _`inline target` and `default` and `x`:sub:.", ["an inline target and default and x."]),
    (
      "a ` b ``c *d |e :x: f_g _h snake_case_name",
      ["a ` b ``c *d |e :x: f_g _h snake_case_name"]
    ),
    (
      "f(x)*g(y) a*b* \"*\" and \"``\" or __init__ x_",
      ["f(x)*g(y) a*b* \"*\" and \"``\" or __init__ x"]
    ),
    ("a\n\n:b: .. note:: c\n\n   d", ["a", "c", "d"]),
    ("  ==  ==\n  a   b\n  ==  ==\n.. x\n\nafter", ["a", "b", "after"]),
    ("", []), ("\n\n  \n", []), ("..", []), ("::", []),
  ]

  @Test(arguments: documents.indices)
  func proseIsWhatAReaderReads(index: Int) throws {
    let (text, blocks) = Self.documents[index]
    let language: LanguageTag = text.utf8.contains { $0 >= 0x80 } ? .simplifiedChinese : .english
    let found = try read(text, as: "a.rst", DocumentOptions(language: language)).texts
    #expect(found == blocks)
  }

  @Test func blocksKnowWhatTheyAre() throws {
    let text = "T1\n==\n\nS1\n--\n\np\n\n- i\n\n.. figure:: x\n\n   c\n\n+---+\n| d |\n+---+\n"
    let prose = try read(text, as: "a.rst", DocumentOptions(language: .english))
    #expect(
      prose.blocks.map(\.kind)
        == [.heading(level: 1), .heading(level: 2), .paragraph, .listItem, .caption, .tableCell])
  }

  @Test func namesOfCodeAreLiterals() throws {
    let prose = try read(
      "Run ``Gold Phoenix`` or :py:func:`gold.phoenix`, :kbd:`Ctrl-C <x>`, |gold|, :meth:`run() <x>` "
        + "but :meth:`to run <x>`, :term:`Phoenix`, :ref:`label`, :doc:`the page </x>`.",
      as: "a.rst")
    #expect(
      prose.literalTexts
        == ["Gold Phoenix", "gold.phoenix", "Ctrl-C", "|gold|", "run()", "label"])
  }

  /// A term is planted wherever prose can stand; each occurrence must lead back to its bytes.
  @Test(
    arguments: [
      "TERM\n====\n\nTERM\nTERM\n", "- TERM\n\n  TERM\n", "TERM\n  TERM\n",
      ".. note:: TERM\n   TERM\n",
      "*TERM* **TERM** `TERM`_ TERM_ :term:`TERM` `TERM <TERM>`_ TERM\\ s\n",
      "+------+------+\n| TERM | 中文 |\n+------+------+\n| 文文 | TERM |\n+------+------+\n",
      "====  ====\n中文  TERM\nTERM  TERM\n====  ====\n", "TERM\n\n:x: TERM\n", "-a  TERM\n",
      "| TERM\n| TERM\n",
      ".. [1] TERM\n", "TERM::\n\n  TERM\n\nTERM\n", "\tTERM\n\t TERM\n", "前\\ *TERM*\\ 后\n",
      "1. TERM\r\n   TERM\r\n\r\nTERM\r\n", "\u{FEFF}TERM 😀 TERM",
      "TERM\n\n.. code::\n\n  TERM\n\n.. _TERM: TERM\n.. TERM\n  TERM\n\n>>> TERM\n",
    ], ["", "UTF-16LE", "GB18030"])
  func plantedTermLeadsBackToItsBytes(text: String, encoding: String) throws {
    // Characters that the test's own encoder knows.
    let document = text.replacing("\t", with: "        ") + "\n\n和中文，以便看出编码。"
    let bytes = encoded(document, encoding)
    let decoded = try decodeText(bytes, file: "a.rst", encoding: encoding.isEmpty ? nil : encoding)
    let prose = try DocumentReader.prose(
      decoded, file: "a.rst", DocumentOptions(language: .simplifiedChinese))
    let wanted = encoded("TERM", encoding)
    let found = prose.ranges(of: "TERM")
    #expect(!found.isEmpty)
    for range in found { #expect(Array(bytes[prose.positions.source(range)]) == wanted) }
    #expect(Set(found.map { prose.positions.source($0).lowerBound }).count == found.count)
  }

  /// Wherever code, names and addresses stand, the term in them is not seen but as a literal.
  @Test(arguments: [
    ".. code-block:: TERM\n   :x: TERM\n\n   TERM\n\n   TERM\nx", "x::\n\n TERM\n\n TERM",
    ".. math:: TERM",
    ".. image:: TERM\n   :alt: TERM", ".. figure:: TERM\n   :alt: TERM", ".. |TERM| image:: TERM",
    ".. _TERM:\n.. _a: TERM", ".. TERM comment\n   TERM", ":TERM: x", ">>> TERM\nTERM", "``TERM``",
    ":func:`TERM`", "x :ref:`y <TERM>` `z <TERM>`_", "|TERM|", "https://TERM.org/TERM",
    ".. literalinclude:: TERM\n   :lines: TERM", ".. function:: TERM(x)\n\n   y", "x [TERM]_",
    ".. py:method:: TERM(x)\n               TERM(y)\n   :TERM: TERM\n\n   y", "-TERM  x",
  ])
  func codeIsNotProse(text: String) throws {
    let prose = try read(text, as: "a.rst", DocumentOptions(language: .english))
    for range in prose.ranges(of: "TERM") {
      let isCovered = prose.literals.map { $0.clamped(to: range) == range }.contains(true)
      #expect(isCovered, "\(prose.texts)")
    }
  }

  @Test func commentsAreKept() throws {
    let text = "one\n\n.. two\n   three\n\n     four\n\nfive\n\n..\n   six\n"
    let prose = try read(text, as: "a.rst", DocumentOptions(language: .english))
    #expect(prose.texts == ["one", "five"])
    #expect(prose.comments.map(\.text) == ["two\nthree\n\nfour", "six"])
    let bytes = Array(text.utf8)
    #expect(
      prose.comments.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == [".. two\n   three\n\n     four", "..\n   six"])
    #expect(prose.comments.map(\.place) == [4, 9])
  }

  private static let repetitions: [String] = [
    String(repeating: "*a ", count: 100_000), String(repeating: "`a ", count: 100_000),
    String(repeating: "``a ", count: 100_000), String(repeating: "|a ", count: 100_000),
    String(repeating: "== ==\nx\n\n", count: 50_000), String(repeating: "- ", count: 50_000),
    (0..<2000).map { String(repeating: " ", count: $0) + "- a\n" }.joined(),
    String(repeating: ":a:", count: 100_000), String(repeating: "[a]", count: 100_000),
    String(repeating: "\\", count: 100_000), String(repeating: "+-+\n", count: 50_000),
  ]

  /// What a careless reader needs time for that grows with the square of the text.
  @Test(arguments: repetitions.indices)
  func repetitionIsReadInTime(index: Int) throws {
    let text = Self.repetitions[index] + "\n\nend"
    let prose = try read(text, as: "a.rst", DocumentOptions(language: .english))
    #expect(prose.texts.last == "end")
  }

  @Test func damagedTextIsRead() throws {
    let sample = Self.documents.map(\.text).joined(separator: "\n\n")
    try Damage.forEach(of: Array(sample.utf8), seed: 7, rounds: 150) { bytes in
      _ = try? DocumentReader.prose(
        decodeText(bytes, file: "a.rst"), file: "a.rst",
        DocumentOptions(language: .simplifiedChinese))
    }
    var random = SeededGenerator(seed: 8)
    let pieces = [
      "\n", "\n\n", "  ", "   ", ".. ", "::", "::\n", "- ", "1. ", "+--+", "| ", "|", "=== ===",
      "====",
      "*", "**", "`", "``", ":x:", "_", "a", "中", "<", ">", "\\", "[1]_", "-a  ", ">>> ", "\t",
      "note",
    ]
    for _ in 0..<3000 {
      let text = random.text(of: pieces, upTo: 40)
      let builder = ReStructuredText.read(Array(text.utf8))
      let prose = builder.prose(
        file: "a.rst", language: .english, positions: PositionMap(verbatim: text.utf8.count))
      #expect(prose.misplacedBytes(in: Array(text.utf8)).isEmpty, "\(text.debugDescription)")
    }
  }
}
