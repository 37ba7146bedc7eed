// Invocation: what a command line can ask for.
import CommandLine
import Events
import Settings
import Wording

/// Everything that the options and arguments say.
struct Invocation: Equatable {
    struct FeedAddress: Equatable {
        var kind: FeedKind
        var url: String
    }

    enum Format: String, CaseIterable {
        case text, json
    }

    var asksVersion = false
    var feeds: [FeedAddress] = []
    var configuration: String?
    var environment: String?
    var theme: String?
    var format = Format.text
    /// What `once` looks back in the traces.
    var window = Duration.seconds(300)
    /// How long `once` watches before it prints; zero: until each feed has answered.
    var watching = Duration.zero
    var shell = Shell.bash
    /// The incident that `demo` starts with; checked against the fleet's names.
    var incident: String?
    var isServing = false
    var query = Question()
    var rules = RuleOptions()
    var alerts = AlertOptions()
    /// Where `watch` serves its own series.
    var metrics: ListenAddress?
}

extension Invocation.FeedAddress {
    /// Reads `KIND=URL`.
    init(_ text: String) throws(UsageError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let kinds = FeedKind.allCases.map(\.rawValue)
        guard parts.count == 2 else {
            // A word without its kind may be an address with a password.
            let word = text.contains(":") ? "…" : parts.first ?? ""
            throw UsageError(
                "--feed \(word) names no address; "
                    + "write KIND=URL, as in consul=http://127.0.0.1:8500")
        }
        guard let kind = FeedKind(rawValue: parts[0]) else {
            let hint = suggestion(for: parts[0], among: kinds)
            let word = parts[0].contains(":") ? "…" : parts[0]
            throw UsageError(
                "--feed \(word)=… is no kind of server\(hint.isEmpty ? "" : hint); "
                    + "one of \(kinds.joined(separator: ", "))")
        }
        do {
            try checkAddress(parts[1])
        } catch {
            throw UsageError("--feed \(parts[0])=…: \(error.message)")
        }
        (self.kind, url) = (kind, parts[1])
    }
}
