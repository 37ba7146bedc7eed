// NoticeSender: the way to one receiver.

/// Sends one notice, once; when to try again is the queue's business.
protocol NoticeSender: Sendable {
    func send(_ notice: Notice) async throws(DeliveryError)
}
