// Outcome: what a run leaves to the shell.
import Events
import WorldModel

/// What is printed, and the exit code.
struct Outcome: Equatable, Sendable {
    /// The exit codes; those of `once` follow the monitoring plugins' convention.
    enum Code: Int32, Sendable {
        case ok = 0
        case warning = 1
        /// The fleet is critical; for the other commands, wrong usage.
        case critical = 2
        /// Blind in some feed, or without rules that cannot be used.
        case blind = 3

        static let failed = Code.warning
        /// Rules are right but doubtful, where that was to be told so.
        static let lint = Code.blind
        static let usage = Code.critical
    }

    /// What goes to standard error in the middle of the output.
    struct Aside: Equatable, Sendable {
        /// How many bytes of the output come before it.
        var offset: Int
        var text: String
    }

    var code: Code
    var output: String
    private(set) var asides: [Aside] = []
    /// Errors go to standard error.
    var isError: Bool
    /// What is to be known beside the output: goes to standard error, too.
    var warnings = ""
    /// The signal that the program was ended by, to be told to the shell as such.
    var signal: Int32?

    init(_ code: Code, _ output: String, isError: Bool = false) {
        (self.code, self.output, self.isError) = (code, output, isError)
    }

    /// Says something on standard error, after the output so far.
    mutating func complain(_ text: String) {
        asides.append(Aside(offset: output.utf8.count, text: text))
    }

    /// Says sentences on standard error beside the output, none of them raw.
    mutating func warn(_ sentences: [String]) {
        warnings += sentences.map { "clawtop: \($0.harmless)\n" }.joined()
    }

    init(signal: Int32) {
        self.init(.ok, "")
        self.signal = signal
    }
}

extension World {
    /// Blindness wins; else the fleet's health decides.
    ///
    /// What rules would say that cannot be used is unknown, but makes nothing that is critical less so.
    var exitCode: Outcome.Code {
        guard feeds.all.allSatisfy({ $0.condition == .live }) else { return .blind }
        if health == .critical { return .critical }
        guard ruleTroubles.isEmpty else { return .blind }
        return health == .warning ? .warning : .ok
    }
}
