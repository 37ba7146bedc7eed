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
        let end = ContinuousClock.now + min(time, timeout ?? time)
        guard (try? await Task.sleep(until: min(end, deadline ?? end))) != nil else {
            throw .status(.cancelled, "the instance is stopping")
        }
        if let deadline, deadline < end {
            throw .status(.deadlineExceeded, "context deadline exceeded")
        }
        if let timeout, timeout < time {
            let milliseconds = Int(timeout / .milliseconds(1))
            throw .status(.deadlineExceeded, "context deadline exceeded (\(milliseconds)ms)")
        }
    }
}

/// What a service does with the calls that reach it.
protocol Business: Sendable {
    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage
}
