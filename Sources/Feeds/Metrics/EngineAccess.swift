// EngineAccess: who we are at an engine of Prometheus's family, and at its Alertmanager.
import Events

extension FeedSettings {
    /// JSON is wanted, of this tenant, by the bearer of this token.
    var engineHeaders: [(name: String, value: String)] {
        var headers = [(name: "Accept", value: "application/json")]
        if let tenant { headers.append(("X-Scope-OrgID", tenant)) }
        if let token { headers.append(("Authorization", "Bearer \(token.revealed)")) }
        return headers
    }
}
