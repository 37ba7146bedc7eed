// clawtop: reads the options, wires the rooms together, runs.
import CommandLine
@preconcurrency import Glibc
import Settings

/// The program.
@main
enum Clawtop {
    /// By semantic versioning, of the commands, their output and the files that are read.
    static let version = "0.6.0"

    static func main() {
        let words = Array(Swift.CommandLine.arguments.dropFirst())
        let outcome = Program(words, variables: variables()).run()
        let isWritten = write(outcome)
        exit(outcome.signal.map { 128 + $0 } ?? (isWritten ? outcome.code : .blind).rawValue)
    }

    /// False, with a word, where the output cannot be written: nobody must take that for a state.
    private static func write(_ outcome: Outcome) -> Bool {
        fputs(outcome.warnings, Glibc.stderr)
        let file = outcome.isError ? Glibc.stderr : Glibc.stdout
        var (rest, offset, isWritten) = (outcome.output.utf8[...], 0, true)
        for aside in outcome.asides + [Outcome.Aside(offset: .max, text: "")] {
            let text = String(decoding: rest.prefix(aside.offset - offset), as: UTF8.self)
            (rest, offset) = (rest.dropFirst(aside.offset - offset), aside.offset)
            if !text.isEmpty, fputs(text, file) < 0 || fflush(file) != 0 { isWritten = false }
            fputs(aside.text, Glibc.stderr)
        }
        guard !isWritten else { return true }
        let reason = String(cString: strerror(errno))
        fputs("clawtop: the output cannot be written: \(reason)\n", Glibc.stderr)
        return outcome.isError
    }

    /// The environment variables.
    private static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry)
            if let equals = pair.firstIndex(of: "=") {
                variables[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }
}

/// One command line and what it comes to.
struct Program {
    let words: [String]
    let variables: [String: String]

    init(_ words: [String], variables: [String: String]) {
        (self.words, self.variables) = (words, variables)
    }

    func run() -> Outcome {
        do {
            switch try Invocation.table.parse(words, into: Invocation()) {
            case .help(let page): return Outcome(.ok, page)
            case .run(_, let invocation) where invocation.asksVersion:
                return Outcome(.ok, "clawtop \(Clawtop.version)\n")
            case .run(let path, let invocation):
                return run(path.joined(separator: " "), invocation)
            }
        } catch {
            return Outcome(.usage, "clawtop: \(error)\n", isError: true)
        }
    }

    private func run(_ command: String, _ invocation: Invocation) -> Outcome {
        switch command {
        case "completions":
            return Outcome(.ok, Invocation.table.completions(for: invocation.shell))
        case "schema":
            return Outcome(.ok, ConfigurationSchema.json)
        case "check":
            return checkFiles(invocation, variables)
        case "rules check":
            return checkRules(invocation.rules)
        case "rules test":
            return testRules(invocation.rules)
        case "alerts", "ack", "unack", "note", "mute", "unmute", "mutes":
            return runAlertCommand(command, invocation, variables)
        default: raiseFileLimit()
        }
        if command == "demo" { return runDemo(invocation, variables) }
        if command == "watch" { return runWatch(invocation, variables) }
        do {
            let planner = WatchPlanner(invocation: invocation, variables: variables)
            switch command {
            case "once": return runOnce(try planner.plan(), invocation, variables)
            case "query": return runQuery(try planner.plan(), invocation)
            case "doctor": return runDoctor(try planner.plan())
            default:
                let reading = try DashboardWatch.Reading(by: planner)
                return runDashboard(theme: reading.plan.theme, variables, planner: planner) {
                    reading
                }
            }
        } catch {
            return error.outcome
        }
    }
}
