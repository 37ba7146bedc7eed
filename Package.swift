// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// One line per C library: what is linked, and the room that may import it.
///
/// Libraries without a `linking` are loaded with `dlopen` at first use, so that no start pays for them.
/// `.ci/packages` lists the Debian packages.
let cLibraries: [Target] = [
    .cLibrary("CNcurses", linking: ["ncursesw", "tinfo"]),  // Terminal
    .cLibrary("CTTY"),  // Terminal
    .cLibrary("CWakeups"),  // Terminal
    .cLibrary("CWidths"),  // Drawing
    .cLibrary("CSpawn"),  // Notifying
    .cLibrary("CCurl"),  // Network
    .cLibrary("CGRPC"),  // Network (client), Fleet (server)
    .cLibrary("CMicrohttpd"),  // Network
    .cLibrary("CYAML", linking: ["yaml"]),  // Settings
    .cLibrary("CRE2", linking: ["re2"]),  // Patterns
    .systemLibrary(name: "CSQLite", path: "Sources/CLibraries/CSQLite"),  // AlertStores
]

/// One line per room: what it is for, and the rooms below it that it may import.
let rooms: [Target] = [
    // Ground floor: the vocabulary, the paper, the words.
    .room("Events", "what can happen"),
    .room("Drawing", "styled cells, layout, themes", ["CWidths"]),
    .room("Wording", "what people read: nearest word, wrapping, durations, numbers"),
    .room("Patterns", "regular expressions in RE2's syntax", ["CRE2"]),

    // First floor: each does one thing.
    .room(
        "Network", "HTTP and gRPC calls with deadlines and caps; a small HTTP server",
        ["CCurl", "CGRPC", "CMicrohttpd"]),
    .room("Journal", "the event log on disk", ["Events"]),
    .room("WorldModel", "events folded into one snapshot", ["Events", "Patterns"]),
    .target(
        name: "Themes", path: "themes", exclude: ["README.md"],
        resources: [
            "dark", "light", "sixteen", "monochrome", "high-contrast", "colour-blind-blue",
            "colour-blind-orange", "solarized",
        ].map { .embedInCode("\($0).yaml") },
        swiftSettings: strict),
    .target(
        name: "DefaultRules", exclude: ["rules.test.yaml"], resources: [.embedInCode("rules.yaml")],
        swiftSettings: strict),
    .room("Terminal", "keys in, cells out", ["CNcurses", "CTTY", "CWakeups", "Drawing"]),
    .room("CommandLine", "the command table: parsed, explained, completed", ["Wording"]),

    // Second floor.
    .room("PromQL", "expressions and series: parsed, checked, evaluated", ["Events", "Patterns"]),
    .room("Feeds", "the outside world, told as events", ["Events", "Network"]),
    .room(
        "Panes", "snapshot and UI state, seen as cells",
        ["Events", "WorldModel", "Drawing", "Wording", "Patterns"]),

    // Third floor.
    .room(
        "Alerting", "rule files to alert transitions; templates, groups, states",
        ["Events", "Patterns", "PromQL", "Wording"]),
    .room(
        "Settings", "text files read into values",
        ["Events", "Drawing", "Themes", "CYAML", "Wording", "Patterns", "PromQL", "Alerting"]),
    .room(
        "AlertStores", "where acknowledgements are kept and shared: SQLite, Consul, etcd",
        ["Events", "Network", "Feeds", "WorldModel", "CSQLite"]),

    .room(
        "Notifying", "who is told of alerts: grouped, once, retried; webhook, command, terminal",
        ["Events", "Network", "Feeds", "WorldModel", "Wording", "CSpawn"]),

    // Fourth floor.
    .room(
        "Engine", "the loop: mailbox, journal, fold, publish; the supervisor of feeds",
        [
            "Events", "Journal", "WorldModel", "Feeds", "Network", "PromQL", "Alerting",
            "AlertStores", "Wording",
        ]),
    .room(
        "Fleet", "the embedded order fleet of `clawtop demo`",
        ["Events", "Network", "CGRPC"]),
]

extension Target {
    static func cLibrary(_ name: String, linking libraries: [String] = []) -> Target {
        .target(
            name: name, path: "Sources/CLibraries/\(name)",
            cSettings: [.treatAllWarnings(as: .error)],
            cxxSettings: [.treatAllWarnings(as: .error)],
            linkerSettings: libraries.map { .linkedLibrary($0) })
    }

    static func room(_ name: String, _ purpose: String, _ below: [String] = []) -> Target {
        .target(
            name: name, dependencies: below.map { .byName(name: $0) }, swiftSettings: strict)
    }

    static func fuzzer(_ name: String, _ rooms: [String]) -> Target {
        .executableTarget(
            name: "Fuzz\(name)", dependencies: rooms.map { .byName(name: $0) },
            path: "Tests/Fuzzing/\(name)", exclude: ["Seeds", "words.dict"], swiftSettings: strict)
    }

    static func check(
        _ name: String, with others: [String] = [], snapshots: Bool = false, fixtures: Bool = false
    ) -> Target {
        .testTarget(
            name: "\(name)Tests",
            dependencies: ([name, "TestKit"] + others).map { .byName(name: $0) },
            exclude: (snapshots ? ["Snapshots"] : []) + (fixtures ? ["Fixtures"] : []),
            swiftSettings: strict)
    }
}

/// Built by `.ci/fuzz` alone: libFuzzer brings their `main`.
let fuzzers: [Target] =
    Context.environment["CLAWTOP_FUZZING"] == nil
    ? []
    : [
        .fuzzer("Tokens", ["PromQL"]),
        .fuzzer("Series", ["PromQL"]),
        .fuzzer("Expressions", ["PromQL"]),
        .fuzzer("Expositions", ["Feeds"]),
        .fuzzer("Templates", ["Alerting", "Events"]),
        .fuzzer("Documents", ["Settings", "Alerting", "Drawing"]),
        .fuzzer("Keys", ["Terminal"]),
        .fuzzer("HealthLists", ["Feeds", "Events"]),
    ]

/// Built only where it is asked for: `CLAWTOP_BENCHMARKS=1 swift run -c release benchmarks`.
let benchmarks: [Target] =
    Context.environment["CLAWTOP_BENCHMARKS"] == nil
    ? []
    : [
        .executableTarget(
            name: "benchmarks",
            dependencies: ["Events", "WorldModel", "Drawing", "Panes", "PromQL", "Alerting"],
            path: "Tests/Benchmarks", swiftSettings: strict)
    ]

let package = Package(
    name: "clawtop",
    products: [.executable(name: "clawtop", targets: ["clawtop"])],
    targets: cLibraries + rooms + fuzzers + [
        .executableTarget(
            name: "clawtop",
            dependencies: [
                "Events", "Drawing", "Wording", "Network", "Journal", "WorldModel", "Themes",
                "Terminal", "CommandLine", "PromQL", "Feeds", "Panes", "Settings", "Engine",
                "Fleet",
                "DefaultRules", "Alerting", "AlertStores", "Patterns",
                "Notifying",
            ],
            swiftSettings: strict),
        .target(
            name: "TestKit",
            dependencies: [
                "Events", "Drawing", "WorldModel", "Network", "AlertStores", "CTTY", "CSpawn",
            ],
            path: "Tests/TestKit", swiftSettings: strict),
        .executableTarget(
            name: "StoreWriter",
            dependencies: ["AlertStores", "Events", "Feeds", "Network", "TestKit"],
            path: "Tests/StoreWriter", swiftSettings: strict),
        .check("Drawing", snapshots: true), .check("Wording"),
        .check("Network", fixtures: true),
        .check("Journal", with: ["Events", "WorldModel"]),
        .check("WorldModel", with: ["Events"]), .check("Patterns"),
        .check("PromQL", with: ["Events"], fixtures: true),
        .check("Terminal", with: ["Drawing", "CTTY"], snapshots: true),
        .check("CommandLine", snapshots: true),
        .check("Feeds", with: ["Events", "Network", "WorldModel", "PromQL"], fixtures: true),
        .check("Panes", with: ["Events", "WorldModel", "Drawing"], snapshots: true),
        .check("Alerting", with: ["Events", "PromQL", "Settings"], fixtures: true),
        .check(
            "AlertStores",
            with: ["Events", "Network", "Feeds", "WorldModel", "StoreWriter", "Fleet"]),
        .check("Notifying", with: ["Events", "Network", "WorldModel"]),
        .check("Settings", with: ["Events", "Drawing", "Themes", "Alerting"]),
        .check(
            "Engine",
            with: [
                "Events", "WorldModel", "Journal", "Feeds", "Network", "PromQL", "Alerting",
                "AlertStores",
            ]),
        .check("Fleet", with: ["Events", "Network", "Feeds", "WorldModel"], fixtures: true),
        .check(
            "clawtop",
            with: [
                "Events", "Network", "PromQL", "DefaultRules", "Settings", "Alerting", "Engine",
                "WorldModel", "CommandLine", "Feeds", "Notifying",
                "AlertStores", "Fleet",
            ],
            snapshots: true),
    ] + benchmarks,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17,
    cxxLanguageStandard: .cxx17
)
