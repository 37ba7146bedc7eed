// ReceiverTrouble: which failures of one receiver are news.
import Events

/// Each reason is said once, and once again when it has lasted for an hour.
struct ReceiverTrouble: Sendable {
    private static let memory = Duration.seconds(3600)

    private struct Complaint: Hashable {
        var reason: String
        var isFinal: Bool
    }

    private var said: [Complaint: Instant] = [:]
    private var isOpen = false

    mutating func failed(_ failure: NotificationFailure, at now: Instant) -> ReceiverReport? {
        said = said.filter { $0.value <= now && now - $0.value < Self.memory }
        let complaint = Complaint(reason: failure.reason, isFinal: failure.isFinal)
        guard said[complaint] == nil else { return nil }
        said[complaint] = now
        isOpen = true
        return .failed(failure)
    }

    /// What is refused for good is not forgotten: it may be tried, and refused, between others that
    /// are taken.
    mutating func delivered(to receiver: String) -> ReceiverReport? {
        said = said.filter(\.key.isFinal)
        defer { isOpen = false }
        return isOpen ? .recovered(receiver: receiver) : nil
    }
}
