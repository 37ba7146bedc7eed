// QueryFailure: why a query has no answer, for people and for programs.

struct QueryFailure: Error {
    var code: Outcome.Code
    var message: String
    /// The message as people are shown it, with its place in the expression.
    var shown: String

    init(code: Outcome.Code, message: String, shown: String? = nil) {
        (self.code, self.message, self.shown) = (code, message, shown ?? message)
    }

    /// As JSON it is what Prometheus' HTTP API answers; people are told on standard error either way.
    func outcome(_ format: Invocation.Format) -> Outcome {
        let words = "clawtop: \(shown)\n"
        switch format {
        case .text: return Outcome(code, words, isError: true)
        case .json:
            let json = JSONText.object([
                ("status", .string("error")), ("errorType", .string(kind)),
                ("error", .string(message)),
            ])
            var outcome = Outcome(code, json.line + "\n")
            outcome.warnings = words
            return outcome
        }
    }

    /// In the words of that API.
    private var kind: String {
        switch code {
        case .critical: "bad_data"
        case .blind: "unavailable"
        case .ok, .warning: "execution"
        }
    }
}
