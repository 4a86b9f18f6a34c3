// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The targets follow the pipeline; arrows of `dependencies` point at what is imported and never form a cycle.
// Documentation/Architecture.md draws it and says what lives where.

/// Set by `make fuzz`: everything is built with the address sanitizer and counts where it has been.
let isFuzzing = ProcessInfo.processInfo.environment["DOCKET_FUZZ"] == "1"

let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
  ] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : [])

/// The toolchain's linker, and no symbols for others to find: a start looks every symbol of every library up in the program first.
/// (The static runtime asks for `--export-dynamic`; the later word counts.)
let startsFast: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"], .when(platforms: [.linux], configuration: .release))
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "docket",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "docket", targets: ["DocketCLI"]),
    .executable(name: "docket-conformance", targets: ["DocketConformance"]),
    .executable(name: "docket-bench", targets: ["DocketBench"]),
    .library(name: "Docket", targets: ["Docket"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    module("DocketDiagnostics"),
    module("DocketTime"),
    module("DocketSyntax", ["DocketDiagnostics"]),
    module("DocketFormat", ["DocketDiagnostics", "DocketSyntax"]),
    module("DocketSemantics", ["DocketDiagnostics", "DocketTime", "DocketSyntax"]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    module("DocketRuntime", ["DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "CRE2"]),
    // What a C library is called for is loaded when it is first needed: a program starts without it.
    .target(name: "CLoader"),
    .target(name: "CZlib", dependencies: ["CLoader"]),
    .target(name: "CSQLite", dependencies: ["CLoader"]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    module(
      "DocketData",
      [
        "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime", "CZlib", "CSimdjson",
        "CSQLite",
      ]),
    module(
      "DocketRules", ["DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime"]),
    module(
      "DocketAnalysis", ["DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime"]),
    module(
      "DocketTesting",
      [
        "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime", "DocketData",
        "DocketRules",
      ]),
    module(
      "Docket",
      [
        "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketFormat", "DocketSemantics", "DocketRuntime",
        "DocketAnalysis", "DocketData", "DocketRules", "DocketTesting",
      ],
      // `make library` writes these into SupportLibrary.swift.
      exclude: ["Library/support"]),
    // GNU readline, under the GPL: only the prompt knows it.
    .target(name: "CReadline", dependencies: ["CLoader"]),
    module(
      "DocketREPL",
      [
        "CReadline", "Docket", "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketFormat", "DocketSemantics",
        "DocketRuntime", "DocketData", "DocketRules", "DocketTesting",
      ]),
    .executableTarget(
      name: "DocketCLI",
      dependencies: [
        "Docket", "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketFormat", "DocketSemantics", "DocketRuntime",
        "DocketAnalysis", "DocketData", "DocketRules", "DocketTesting", "DocketREPL",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: startsFast),
    .executableTarget(name: "DocketSamples", swiftSettings: strict),
    module(
      "DocketFuzzTargets",
      [
        "Docket", "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketFormat", "DocketSemantics", "DocketRuntime",
        "DocketAnalysis", "DocketData", "DocketTesting", "CZlib",
      ]),
    .executableTarget(
      name: "DocketBench",
      dependencies: [
        "Docket", "DocketData", "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime",
        "DocketRules",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "DocketConformance",
      dependencies: [
        "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime", "DocketData",
      ],
      swiftSettings: strict),

    tests("DocketDiagnosticsTests", ["DocketDiagnostics"]),
    tests("DocketTimeTests", ["DocketTime"]),
    tests("DocketSyntaxTests", ["DocketDiagnostics", "DocketSyntax"]),
    tests("DocketFormatTests", ["DocketDiagnostics", "DocketSyntax", "DocketFormat"]),
    tests("DocketSemanticsTests", ["DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics"]),
    tests(
      "DocketRuntimeTests", ["DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime"]),
    tests(
      "DocketDataTests",
      [
        "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketSemantics", "DocketRuntime", "DocketData", "CZlib",
        "CSQLite",
      ]),
    tests(
      "DocketTests",
      [
        "Docket", "DocketDiagnostics", "DocketTime", "DocketSyntax", "DocketFormat", "DocketSemantics", "DocketRuntime",
        "DocketAnalysis", "DocketData", "DocketRules", "DocketTesting", "DocketFuzzTargets",
      ]),
    tests(
      "DocketREPLTests",
      [
        "CReadline", "DocketREPL", "Docket", "DocketDiagnostics", "DocketRuntime",
      ]),
  ],
  cxxLanguageStandard: .cxx17
)

if isFuzzing {
  // The fuzzer itself is a library of the toolchain; scripts/dev/fuzz.sh finds it and links it.
  package.targets += [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "DocketFuzz", dependencies: ["CFuzzer", "DocketDiagnostics", "DocketSyntax", "DocketFuzzTargets"],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=address", "-use-ld=lld", "-lstdc++"])]),
  ]
}
