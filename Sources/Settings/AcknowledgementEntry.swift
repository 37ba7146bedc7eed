// AcknowledgementEntry: the entry `acknowledgement`: how long it holds, and what it survives.
import Events
import Wording

extension AcknowledgementPolicy {
    /// Reads `{expiry: 30m, flap_window: 5m, rules: {SagaStuck: 2h}}`; what is absent stays as it is.
    init(_ node: Node, file: String) throws(DocumentError) {
        self.init()
        let fields = try Fields(node, known: ["expiry", "flap_window", "rules"], file: file)
        expiry = try fields.span("expiry") ?? expiry
        flapWindow = try fields.span("flap_window") ?? flapWindow
        guard let rules = fields["rules"] else { return }
        guard case .mapping(let entries) = rules.content else {
            throw DocumentError(
                file, rules.place, "\"rules\" are durations by alert, as in {SagaStuck: 2h}")
        }
        for entry in entries {
            guard case .scalar(let text, _) = entry.value.content,
                let expiry = Duration(prometheus: text), expiry > .zero
            else {
                // What stands before it is not repeated: it may be no alert's name.
                throw DocumentError(
                    file, entry.value.place, "an alert's expiry is a duration, as in 30m or 2h")
            }
            guard expiry <= .longestHold else {
                throw DocumentError(
                    file, entry.value.place,
                    "an alert's expiry is longer than a year; write 365d at most")
            }
            expiries[entry.key] = expiry
        }
    }
}

extension Duration {
    /// Whoever asks for longer gets no acknowledgement that stores could tell the end of.
    fileprivate static let longestHold = Duration.seconds(365 * 86_400)
}

extension Fields {
    fileprivate func span(_ key: String) throws(DocumentError) -> Duration? {
        guard let span = try duration(key) else { return nil }
        guard span <= .longestHold else {
            throw error(key, "\"\(key)\" is longer than a year; write 365d at most")
        }
        return span
    }
}
