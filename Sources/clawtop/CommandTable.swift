// CommandTable: the words that clawtop understands; help and completions are made from it.
import CommandLine
import Events
import Fleet
import Wording

extension Invocation {
    static let table = Command<Invocation>(
        "clawtop", "The on-call's live view of a fleet of microservices.",
        options: everywhere + [window, theme, version],
        commands: [
            Command(
                "demo",
                "Opens the dashboard on an embedded fleet: no server, no configuration needed.",
                options: [incident, serve]),
            Command(
                "once",
                "Prints the state now, without a screen. Ends with 0 ok, 1 warning, "
                    + "2 critical, 3 blind in some feed or without some rules.",
                options: [format, watching]),
            Command(
                "query",
                "Evaluates a PromQL expression over what the feeds tell. Ends with 0, "
                    + "1 not evaluated, 2 no expression.",
                positionals: [
                    Positional("EXPR", .text("EXPR")) { $0.query.expression = $1 }
                ],
                options: [at, start, end, step, source, format, watching]),
            Command(
                "watch",
                "Evaluates, notifies and records without a screen, until it is ended. Prints one "
                    + "JSON line for each transition: pending, firing, acknowledged, "
                    + "unacknowledged, broken, muted, unmuted, resolved, inactive, store_lost, "
                    + "store_found, leader_gained, leader_lost. SIGHUP reads configuration and "
                    + "rules again.",
                options: [metrics]),
            Command(
                "doctor",
                "Tries each feed once and says what is wrong with it, its server's version, and how long "
                    + "its certificate holds."),
            Command(
                "check",
                "Reads the configuration, its rules and the themes; says every error in them."),
            Command(
                "schema",
                "Prints the JSON Schema of the configuration, by which editors check and complete it."
            ),
            rules,
            Command(
                "completions", "Prints a script that completes clawtop's words in your shell.",
                positionals: [
                    Positional("SHELL", .choice(Shell.allCases.map(\.rawValue))) {
                        invocation, word in
                        invocation.shell = Shell(rawValue: word) ?? .bash
                    }
                ]),
        ] + alertCommands)

    private static let everywhere: [Option<Invocation>] = [
        Option("--feed", .text("KIND=URL"), "watch this server; may be repeated") {
            (invocation, text) throws(UsageError) in
            invocation.feeds.append(try FeedAddress(text))
        },
        Option(
            "--config", .file,
            "read this configuration instead of $XDG_CONFIG_HOME/clawtop/clawtop.yaml"
        ) {
            $0.configuration = $1
        },
        Option("--environment", .text("NAME"), "the environment's name, in the header") {
            $0.environment = $1
        },
    ]

    static let format = Option<Invocation>(
        "--format", .choice(Format.allCases.map(\.rawValue)), "how to print it (text)"
    ) { invocation, word in
        invocation.format = Format(rawValue: word) ?? .text
    }

    private static let at = moment(
        "--at", "evaluate at this moment: seconds since 1970, or RFC 3339"
    ) {
        $0.query.at = $1
    }
    private static let start = moment("--start", "evaluate over a span that begins here") {
        $0.query.start = $1
    }
    private static let end = moment("--end", "and ends here (now)") {
        $0.query.end = $1
    }

    private static let step = Option<Invocation>(
        "--step", .text("DURATION"), "evaluate the span each 15s, 1m … of it (15s)"
    ) { (invocation, text) throws(UsageError) in
        invocation.query.step = try duration(text, of: "--step")
    }

    private static let source = Option<Invocation>(
        "--source", .text("NAME"), "let this prometheus feed answer instead"
    ) {
        $0.query.source = $1
    }

    private static func moment(
        _ name: String, _ help: String,
        store: @escaping @Sendable (inout Invocation, Instant) -> Void
    ) -> Option<Invocation> {
        Option(name, .text("TIME"), help) { (invocation, text) throws(UsageError) in
            guard let moment = Instant(question: text) else {
                throw UsageError(
                    "\(name) \(text) is no moment; write seconds since 1970, "
                        + "or as in 2026-11-24T03:21:00Z")
            }
            store(&invocation, moment)
        }
    }

    private static let window = Option<Invocation>(
        "--window", .text("DURATION"), "look this far back in the traces, as in 15m (5m)"
    ) { (invocation, text) throws(UsageError) in
        invocation.window = try duration(text, of: "--window")
    }

    private static let watching = Option<Invocation>(
        "--for", .text("DURATION"),
        "watch this long before printing, so that what only a watcher knows is in it"
    ) { (invocation, text) throws(UsageError) in
        invocation.watching = try duration(text, of: "--for")
    }

    private static let theme = Option<Invocation>(
        "--theme", .text("NAME"),
        "the screen's theme (dark): \(ThemeLibrary.builtInNames.joined(separator: ", ")), or your own"
    ) {
        $0.theme = $1
    }

    private static let version = Option<Invocation>(
        flag: "--version", "print the version, and do nothing else"
    ) {
        $0.asksVersion = true
    }

    private static let incident = Option<Invocation>(
        "--incident", .choice(Incident.allCases.map(\.rawValue)), "start with this incident"
    ) {
        $0.incident = $1
    }

    private static let serve = Option<Invocation>(
        flag: "--serve", "no screen: print a READY line with the addresses, run until ended"
    ) {
        $0.isServing = true
    }

    private static let metrics = Option<Invocation>(
        "--metrics", .text("ADDRESS"), "serve our own series at /metrics, as on 127.0.0.1:9464"
    ) { (invocation, text) throws(UsageError) in
        invocation.metrics = try ListenAddress(text)
    }

    static func duration(
        _ text: String, of option: String
    ) throws(UsageError) -> Duration {
        guard let duration = Duration(prometheus: text), duration > .zero else {
            throw UsageError(
                "\(option) \(text) is no duration; write it as in 90s, 15m or 1h30m")
        }
        return duration
    }
}
