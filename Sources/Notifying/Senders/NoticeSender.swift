// NoticeSender: the way to one receiver.

/// Sends one notice, once; when to try again is the queue's business.
protocol NoticeSender: Sendable {
    func send(_ notice: Notice) async throws(DeliveryError)
}

/// Why a receiver was not told: a sentence's second half, without secrets.
struct DeliveryError: Error, Hashable {
    /// As in `(http://10.0.0.7:9000) answered 503`.
    var reason: String
    /// Whether it may go better later.
    var isPassing: Bool
    /// How long the receiver wants to be left alone.
    var retryAfter: Duration?

    init(_ reason: String, isPassing: Bool, retryAfter: Duration? = nil) {
        (self.reason, self.isPassing, self.retryAfter) = (reason, isPassing, retryAfter)
    }
}
