// ConsulErrands: which services are to be read again, now or in their turn.

/// Services are read again when something says that they changed, and all of them in turn, so that
/// nothing stays wrong for ever.
struct ConsulErrands: Sendable {
    /// To be read at once; true where a second look is wanted, because a server may lag behind.
    private var due: [String: Bool] = [:]
    private var lookAgain: Set<String> = []
    private var turn: [String] = []
    /// How many of the next turns are pressing.
    private(set) var pressing = 0

    mutating func add(_ services: some Sequence<String>, lookTwice: Bool = false) {
        for service in services { due[service] = (due[service] ?? false) || lookTwice }
    }

    var isEmpty: Bool { due.isEmpty }
    var count: Int { due.count }

    /// The next services to read at once, at most `count`.
    mutating func take(_ count: Int) -> [String] {
        let next = due.count <= count ? Array(due.keys) : Array(due.keys.prefix(count))
        for service in next where due.removeValue(forKey: service) == true {
            lookAgain.insert(service)
        }
        return next
    }

    /// Second looks become due.
    mutating func tick() {
        add(lookAgain)
        lookAgain = []
    }

    /// All had their turn.
    var isTurnOver: Bool { turn.isEmpty }

    /// All of `services` in turn, in this order.
    mutating func beginTurn(_ services: [String]) {
        turn = services.reversed()
    }

    /// All of `services` soon, in this order.
    mutating func press(_ services: [String]) {
        beginTurn(services)
        pressing = services.count
    }

    /// The next `count` in turn.
    mutating func nextInTurn(_ count: Int) -> [String] {
        let next = Array(turn.suffix(count).reversed())
        turn.removeLast(next.count)
        pressing = max(0, pressing - next.count)
        return next
    }
}
