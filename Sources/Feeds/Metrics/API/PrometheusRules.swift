// PrometheusRules: rules and alerts as an engine's HTTP API tells them.
package import Events

/// An alert that is pending or firing.
package struct PrometheusAlert: Decodable, Hashable, Sendable {
    package var labels: Labels
    package var annotations: Labels?
    /// `pending` or `firing`; Thanos and others may have more words.
    package var state: String
    /// RFC 3339.
    package var activeAt: String?
    package var value: String?
}

/// The rules of an engine, by group.
package struct PrometheusRules: Decodable, Sendable {
    package struct Group: Decodable, Sendable {
        package var name: String
        package var file: String
        package var rules: [Rule]
    }

    package struct Rule: Decodable, Sendable {
        /// `alerting` or `recording`.
        package var type: String
        package var name: String
        package var query: String
        /// `ok`, `err` or `unknown`.
        package var health: String?
        package var lastError: String?
        package var alerts: [PrometheusAlert]?
    }

    package var groups: [Group]
}
