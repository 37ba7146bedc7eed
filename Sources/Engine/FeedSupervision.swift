// FeedSupervision: what to say of a feed, and when to run it again; decided without sockets or clocks.
import Events

/// What the supervisor says, before requests are counted into it.
enum FeedReport: Hashable, Sendable {
    case answered(note: String)
    case stale(reason: String)
    case lost(reason: String, retryIn: Duration)

    func event(requests: Int) -> FeedEvent {
        switch self {
        case .answered(let note): .answered(note: note, requests: requests)
        case .stale(let reason): .stale(reason: reason, requests: requests)
        case .lost(let reason, let retryIn):
            .lost(reason: reason, retryIn: retryIn, requests: requests)
        }
    }
}

/// The state of one feed's supervision; times are those of a steady clock.
///
/// One failure is retried in silence: connections end, servers restart. The second in a row without
/// an answer is told, and from the fifth on the circuit breaker lets few tries pass.
struct FeedSupervision: Sendable {
    enum Breaker: Sendable {
        case closed
        /// Waits for 5 to 10 s.
        case open
        /// One try is under way, and decides.
        case halfOpen
    }

    private enum Told: Sendable {
        case nothing, live, stale, lost
    }

    /// A run that answered and lasted so long was a good one: the next failure is a first one.
    private static let steady = Duration.seconds(2)
    /// Answers that bring nothing new are told no more often than this.
    private static let repeated = Duration.seconds(1)

    private let staleAfter: Duration
    private var told = Told.nothing
    private var note = ""
    private var noteTold: Duration?
    /// Failures since the last answer.
    private var failures = 0
    /// Failures since the last good run: a feed that answers and fails at once must not spin.
    private var strikes = 0
    private var lastReason: String?
    private var lastAnswer: Duration?
    private var firstBegan: Duration?
    /// The run that is under way; nil while waiting.
    private var run: (began: Duration, hasAnswered: Bool)?

    init(staleAfter: Duration) {
        self.staleAfter = staleAfter
    }

    var breaker: Breaker {
        guard failures >= Backoff.failuresToOpen else { return .closed }
        return run == nil ? .open : .halfOpen
    }

    mutating func began(at now: Duration) {
        run = (now, false)
        firstBegan = firstBegan ?? now
    }

    /// Nil where the same was told a moment ago.
    mutating func answered(_ note: String, at now: Duration) -> FeedReport? {
        run?.hasAnswered = true
        (failures, lastReason, lastAnswer) = (0, nil, now)
        if told == .live, note == self.note, let noteTold, now - noteTold < Self.repeated {
            return nil
        }
        (told, self.note, noteTold) = (.live, note, now)
        return .answered(note: note)
    }

    /// A run is over: what to say of it, and how long to wait before the next.
    mutating func ended(
        _ reason: String, at now: Duration, jitter: Double
    ) -> (report: FeedReport?, wait: Duration) {
        let wasGood = run.map { $0.hasAnswered && now - $0.began >= Self.steady } ?? false
        run = nil
        failures += 1
        strikes = wasGood ? 1 : strikes + 1
        lastReason = reason
        let wait =
            breaker == .open
            ? Backoff.waitWhileOpen(jitter: jitter)
            : Backoff.wait(strikes: strikes, jitter: jitter)
        return (report(of: reason, retryIn: wait), wait)
    }

    private mutating func report(of reason: String, retryIn: Duration) -> FeedReport? {
        if failures == 1 { return nil }
        if failures == 2, lastAnswer != nil {
            told = .stale
            return .stale(reason: reason)
        }
        told = .lost
        return .lost(reason: reason, retryIn: retryIn)
    }

    /// Looks whether the feed has been silent for too long.
    mutating func looked(at now: Duration) -> FeedReport? {
        guard told == .nothing || told == .live, let since = lastAnswer ?? firstBegan,
            now - since >= staleAfter
        else { return nil }
        let reason = lastReason ?? "no answer for \(staleAfter.components.seconds) s"
        told = lastAnswer == nil ? .lost : .stale
        return told == .stale ? .stale(reason: reason) : .lost(reason: reason, retryIn: .zero)
    }

    /// When to look next.
    func nextLook(after now: Duration) -> Duration {
        guard told == .nothing || told == .live else { return now + staleAfter }
        return (lastAnswer ?? firstBegan ?? now) + staleAfter
    }
}
