// Call: one call in the hands of an instance, and what a service makes of it.
internal import Network

struct Call: Sendable {
    var method: Method
    var message: OrderMessage
    /// As whom the instance makes further calls for this one.
    var caller: Caller
    var configuration: ServiceConfiguration
    /// When the caller stops waiting; nil where it does not say.
    var deadline: ContinuousClock.Instant?

    /// Takes its time, but no longer than the caller waits or the configuration allows.
    func work(
        _ time: Duration, timeout: Duration? = nil
    ) async throws(GRPCError) {
        let now = ContinuousClock.now
        let limits = [timeout.map { now + $0 }, deadline].compactMap(\.self)
        let limit = limits.min() ?? now + time
        guard (try? await Task.sleep(until: min(limit, now + time))) != nil else {
            throw .status(.cancelled, "the instance is stopping")
        }
        if limit < now + time { throw .status(.deadlineExceeded, Self.words(limit - now)) }
    }

    private static func words(_ duration: Duration) -> String {
        "context deadline exceeded (\(Int((duration / .milliseconds(1)).rounded(.up)))ms)"
    }
}

/// What a service does with the calls that reach it.
protocol Business: Sendable {
    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage
}
