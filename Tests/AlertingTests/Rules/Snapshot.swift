// Snapshot: all that a real Prometheus said of its rules and alerts at one moment.

struct Snapshot: Decodable {
    struct Group: Decodable {
        var name: String
        var rules: [EvaluatedRule]

        /// When its last rule was evaluated; nil before the first evaluation.
        var evaluated: Int64? { rules.compactMap { Int64(milliseconds($0.lastEvaluation)) }.max() }
    }

    struct EvaluatedRule: Decodable {
        enum CodingKeys: CodingKey { case lastEvaluation }

        var lastEvaluation: String
        private let view: RuleView

        init(from decoder: any Decoder) throws {
            lastEvaluation = try decoder.container(keyedBy: CodingKeys.self)
                .decode(String.self, forKey: .lastEvaluation)
            view = try RuleView(from: decoder)
        }

        var comparable: [String] { view.comparable }
        var alerts: [RuleView.Alert] { view.alerts ?? [] }
    }

    struct Groups: Decodable { var groups: [Group] }
    struct Alerts: Decodable { var alerts: [RuleView.Alert] }

    var id: String
    private let rules: Groups
    private let alerts: Alerts

    func group(_ name: String) -> Group? { rules.groups.first { $0.name == name } }

    /// Whether the list of all alerts has those of the group.
    func lists(_ group: Group) -> Bool {
        group.rules.flatMap(\.alerts).allSatisfy { alerts.alerts.contains($0) }
    }
}
