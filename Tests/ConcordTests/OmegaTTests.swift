import Foundation
import TestSupport
import Testing

/// OmegaT translates a project from our memory, where it is installed.
@Suite struct OmegaTTests {
  private static let project = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>\
    <target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>\
    <glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>\
    <dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>en</source_lang>\
    <target_lang>zh-CN</target_lang><sentence_seg>true</sentence_seg>\
    <support_default_translations>true</support_default_translations>\
    <remove_tags>false</remove_tags></project></omegat>

    """

  @Test func translatesFromOurMemory() throws {
    guard let omegat = Judge("omegat")?.url else { return Judge.skipped("OmegaT project") }
    let command = try Command()
    try command.run("init")
    // Units with an origin and with context, which OmegaT must not take for those of another place.
    try command.write(
      "en.txt", "The science city opens in May.\n\nThe port is busy.\n")
    try command.write("zh.txt", "科学城将于五月开放。\n\n港口很忙。\n")
    try command.run("align", "en.txt", "zh.txt", "--save", "--target-language", "zh-CN")
    try command.run("add", "science city", "科学城", "--target-language", "zh-CN")
    try command.write("p/omegat.project", Self.project)
    try command.write("p/source/a.txt", "The port is busy.\n\nNobody has translated this.\n")
    for folder in ["target", "tm/auto", "glossary", "omegat", "dictionary"] {
      try command.write("p/\(folder)/.keep", "")
    }
    try command.run("export", "-o", "p/tm/auto/concord.tmx")
    try command.run("export", "--format", "omegat", "-o", "p/glossary/glossary.utf8")
    try command.run(["p", "--mode=console-translate"], program: omegat)
    let translated = try command.read("p/target/a.txt")
    #expect(translated == "港口很忙。\n\nNobody has translated this.\n")
  }
}
