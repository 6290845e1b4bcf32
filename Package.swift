// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: see docs/modules.md, "Settings".
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A C library of the system, known to Swift by its link flags alone.
func library(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "concord",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "concord", targets: ["concord"]),
    .library(
      name: "Concord",
      targets: [
        "Bitext", "Segmentation", "Formats", "Documents", "Alignment", "Matching", "Store",
        "Checking", "Project",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The C edge: link flags, then an opaque wrapper that alone includes the library.
    library("CICULib", pkgConfig: "icu-i18n", apt: "libicu-dev", brew: "icu4c"),
    .target(name: "CICU", dependencies: ["CICULib"]),
    library("CXMLLib", pkgConfig: "libxml-2.0", apt: "libxml2-dev", brew: "libxml2"),
    .target(name: "CXML", dependencies: ["CXMLLib"]),
    library("CMarkdownLib", pkgConfig: "md4c", apt: "libmd4c-dev", brew: "md4c"),
    .target(name: "CMarkdown", dependencies: ["CMarkdownLib"]),
    library("CHTMLLib", pkgConfig: "gumbo", apt: "libgumbo-dev", brew: "gumbo-parser"),
    .target(name: "CHTML", dependencies: ["CHTMLLib"]),
    library("CZipLib", pkgConfig: "libzip", apt: "libzip-dev", brew: "libzip"),
    .target(name: "CZip", dependencies: ["CZipLib"]),
    library("CGzipLib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
    .target(name: "CGzip", dependencies: ["CGzipLib"]),
    .target(name: "CStemmer", linkerSettings: [.linkedLibrary("stemmer")]),
    .target(name: "CBuiltin"),

    // Layer 1
    module("Bitext", []),
    // Layer 2
    module("Segmentation", ["Bitext", "CICU", "CStemmer", "CXML", "CBuiltin"]),
    // Layer 3
    module("Formats", ["Bitext", "Segmentation", "CGzip", "CZip"]),
    module("Documents", ["Bitext", "Segmentation", "Formats", "CMarkdown", "CHTML"]),
    module("Alignment", ["Bitext", "Segmentation"]),
    module("Matching", ["Bitext", "Segmentation"]),
    // Layer 4
    module(
      "Store",
      [
        "Bitext", "Segmentation", "Formats", "Matching",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module("Checking", ["Bitext", "Segmentation", "Matching"]),
    // Layer 5
    module(
      "Project",
      [
        "Bitext", "Segmentation", "Formats", "Documents", "Alignment", "Matching", "Store",
        "Checking", .product(name: "Yams", package: "Yams"),
      ]),
    // Layer 7
    .executableTarget(
      name: "concord",
      dependencies: [
        "Bitext", "Segmentation", "Formats", "Documents", "Alignment", "Matching", "Store",
        "Checking", "Project",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings,
      // A position-independent executable costs a hundred thousand relocations at every start:
      // 1.6 of 7.5 ms. Only this target has the flag, so that the library stays usable by others.
      linkerSettings: [
        .unsafeFlags(
          ["-Xclang-linker", "-no-pie"], .when(platforms: [.linux], configuration: .release))
      ]),

    // What the tests of several modules need.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("BitextTests", ["TestSupport", "Bitext"]),
    tests("SegmentationTests", ["TestSupport", "Segmentation", "Bitext", "CICU"]),
    tests("FormatsTests", ["TestSupport", "Formats", "Bitext", "Segmentation"]),
    tests(
      "DocumentsTests",
      [
        "TestSupport", "Documents", "Formats", "Bitext", "Segmentation",
        .product(name: "Yams", package: "Yams"),
      ]),
    tests("AlignmentTests", ["TestSupport", "Alignment", "Bitext", "Segmentation"]),
    tests("MatchingTests", ["TestSupport", "Matching", "Bitext", "Segmentation"]),
    tests(
      "StoreTests",
      [
        "TestSupport", "Store", "Matching", "Segmentation", "Bitext",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("CheckingTests", ["TestSupport", "Checking", "Matching", "Bitext", "Segmentation"]),
    tests(
      "ProjectTests",
      [
        "TestSupport", "Project", "Documents", "Formats", "Store", "Checking", "Bitext",
        "Segmentation",
      ]),
    tests(
      "ConcordTests",
      [
        "TestSupport", "concord", "Store", "Bitext",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Compiles only while the library's public API holds all that a program needs and no C header
    // leaks: it imports Foundation beside every module.
    tests(
      "LibraryTests",
      [
        "Bitext", "Segmentation", "Formats", "Documents", "Alignment", "Matching", "Store",
        "Checking", "Project",
      ]),
  ]
)
