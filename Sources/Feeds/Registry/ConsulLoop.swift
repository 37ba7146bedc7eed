// ConsulLoop: one blocking query, asked again and again, and when.
import Events

/// Which query; each has its own index.
enum ConsulTopic: Hashable, Sendable {
    case catalog
    case state(ConsulState)

    /// For people.
    var name: String {
        switch self {
        case .catalog: "catalog/services"
        case .state(let state): "health/state/\(state.rawValue)"
        }
    }
}

/// Where one blocking query stands, and how long it rests before it is asked again.
struct ConsulLoop: Sendable {
    let topic: ConsulTopic
    private(set) var index = ConsulIndex()
    private(set) var rest = Duration.zero
    /// Set while the server refuses this query.
    private(set) var refusal: FeedError?
    private var pace = Pace()
    /// For a server that does not block: how often it is asked then.
    private let interval: Duration

    init(_ topic: ConsulTopic, after answer: ConsulAnswer? = nil, interval: Duration?) {
        self.topic = topic
        self.interval = max(.seconds(1), interval ?? .seconds(1))
        if let answer { _ = index.take(answer.index) }
    }

    /// Takes note of an answer to a query sent at `asked`, come at `now`.
    mutating func answered(
        _ answer: ConsulAnswer, asked: Instant, now: Instant
    ) -> ConsulIndex.Movement {
        refusal = nil
        let movement = index.take(answer.index)
        let isAtOnce = now - asked < .seconds(1)
        if index.value == nil || (movement == .stood && isAtOnce) {
            rest = interval
        } else {
            // 20 ms for each megabyte: about what reading it cost us.
            let cost = Duration.milliseconds(answer.size >> 20 * 20)
            rest = max(pace.wait(at: now.milliseconds), cost)
        }
        return movement
    }

    /// The next query asks without an index.
    mutating func forget() {
        index.forget()
    }

    /// Tokens are mended and servers updated: what was refused is tried again, seldom.
    mutating func refused(_ error: FeedError) {
        refusal = error
        rest = .seconds(30)
        index.forget()
    }
}
