// Blocking: how long a query is willing to wait, and for what.
import Network

/// `?index=N&wait=30s`.
struct Blocking: Sendable {
    var index: UInt64
    private var patience: Duration = .seconds(300)

    /// Nil where the query wants its answer at once: without an index, or with 0.
    init?(_ request: HTTPServer.Request) throws(RegistryRefusal) {
        if let text = request.query("wait"), !text.isEmpty {
            guard let wait = goDuration(text) else {
                throw RegistryRefusal(400, "Invalid wait time")
            }
            patience = min(wait, .seconds(600))
        }
        guard let text = request.query("index"), !text.isEmpty else { return nil }
        guard let index = UInt64(text) else { throw RegistryRefusal(400, "Invalid index") }
        guard index > 0 else { return nil }
        self.index = index
    }

    /// Consul adds up to a sixteenth, so that not all clients come back at once; streams do not.
    func wait(streams: Bool) -> Duration {
        streams ? patience : patience + patience / 16 * Double.random(in: 0...1)
    }
}
