// FeedSettings: what the configuration, or `--feed KIND=URL`, says of one server.

/// One server to watch; what is nil has the feed's own default.
package struct FeedSettings: Hashable, Sendable {
    package var name: String
    package var kind: FeedKind
    /// The worlds to watch there.
    package var worlds: [WatchedWorld]
    /// `http(s)://host:port/path`, or `consul://service` to find it in the registry.
    package var url: String
    /// The token, or the password's user and itself; read from its reference already.
    package var token: Secret?
    package var user: String?
    package var password: Secret?
    package var datacenter: String?
    /// Where the services or keys lie: `services/`, `config/`.
    package var prefix: String?
    /// Whose data is asked for where a server keeps that of several: Mimir's `X-Scope-OrgID`.
    package var tenant: String?
    /// The label `job` of scraped series; nil: the feed's name.
    package var job: String?
    /// Whether a scraped series keeps a `job` or `instance` of its own, as of a push gateway.
    package var honorsLabels = false
    /// A certificate authority's file, a client certificate and its key, in PEM.
    package var authorityFile: String?
    package var certificateFile: String?
    package var keyFile: String?
    /// The longest that one call may take.
    package var deadline: Duration
    /// How often to poll where there is no watch.
    package var interval: Duration?
    /// Requests per second, at most.
    package var budget: Double?

    package init(
        name: String, kind: FeedKind, worlds: [WatchedWorld], url: String, token: Secret? = nil,
        deadline: Duration = .seconds(10)
    ) {
        (self.name, self.kind, self.worlds, self.url) = (name, kind, worlds, url)
        (self.token, self.deadline) = (token, deadline)
    }
}

/// A word that must never be seen: it prints, and is reflected, as `••••••`.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Only for the request that needs it.
    package let revealed: String

    package init(_ text: String) { revealed = text }

    package var description: String { "••••••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
