// Incident: what can be broken in the demonstration.

struct Incident: Sendable {
    /// Nil for the entry that ends one.
    var name: String?
    var help: String

    static let menu = [
        Incident(name: "slow-payment", help: "payment answers late; its callers wait"),
        Incident(
            name: "crashed-instance", help: "an instance dies; once more, and another one does"),
        Incident(name: "bad-config", help: "a configuration version that breaks calls"),
        Incident(name: "stuck-compensation", help: "a saga cannot undo what it did"),
        Incident(name: "flapping-check", help: "a check that comes and goes"),
        Incident(name: "dead-registry", help: "the registry answers no more: blindness"),
        Incident(name: nil, help: "end the incident"),
    ]

    static var names: [String] { menu.compactMap(\.name) }
}
