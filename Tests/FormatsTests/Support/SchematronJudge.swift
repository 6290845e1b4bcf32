import Foundation
import TestSupport

/// Judges by the rules of a Schematron file (ISO/IEC 19757-3) with XPath 2: for Python with the
/// package elementpath, since validators of Schematron are rare and want a network.
struct SchematronJudge {
  private let judge: Judge

  /// - Returns: `nil` where the Python that `CONCORD_PYTHON` names, or the system's, lacks the
  ///   package.
  init?() {
    let named = ProcessInfo.processInfo.environment["CONCORD_PYTHON"]
    guard let judge = named.map({ Judge(program: $0) }) ?? Judge("python3"),
      (try? judge.complaint(["-c", "import elementpath"])) == ""
    else { return nil }
    self.judge = judge
  }

  /// The assertions that fail; empty when the file is valid.
  func complaint(_ schema: String, _ file: String) throws -> String {
    try judge.complaint(["-c", Self.script, schema, file])
  }

  /// In each pattern a node is judged by the first rule whose context it meets.
  private static let script = """
    import sys, xml.etree.ElementTree as ET
    from elementpath import XPath2Parser, XPathContext
    S = "{http://purl.oclc.org/dsdl/schematron}"
    schema, root = ET.parse(sys.argv[1]).getroot(), ET.parse(sys.argv[2]).getroot()
    parser = XPath2Parser({n.get("prefix"): n.get("uri") for n in schema.iter(S + "ns")})
    failures, judged = [], 0
    for pattern in schema.iter(S + "pattern"):
        done = set()
        for rule in pattern.iter(S + "rule"):
            tests = [(parser.parse(a.get("test")), "".join(a.itertext())) for a in rule.iter(S + "assert")]
            for node in list(parser.parse("//" + rule.get("context")).select(XPathContext(root))):
                if node in done:
                    continue
                done.add(node)
                judged += 1
                for test, message in tests:
                    value = test.evaluate(XPathContext(root, item=node))
                    if not (len(value) > 0 if isinstance(value, list) else value):
                        failures.append(message)
    print(judged, "nodes judged")
    for message in failures:
        print(message)
    sys.exit(1 if failures or not judged else 0)
    """
}
