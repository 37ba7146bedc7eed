// ScriptedFeed: a feed whose runs a test wrote.
import Engine
import Events
import Synchronization

/// Runs its steps in order; the last one again and again.
final class ScriptedFeed: Feed {
    typealias Run = @Sendable (any FeedOutput) async throws -> Void

    struct Refused: Error, CustomStringConvertible {
        var description: String { "10.0.0.7:8500 refused the connection" }
    }

    let source: FeedSource
    private let runs: [Run]
    private let count = Mutex(0)

    init(
        _ world: WatchedWorld = .registry, name: String = "consul", runs: [Run]
    ) {
        source = FeedSource(name: name, kind: .consul, world: world, address: "10.0.0.7:8500")
        self.runs = runs
    }

    /// How often it was run.
    var runCount: Int { count.withLock { $0 } }

    func run(_ output: any FeedOutput) async throws {
        let index = count.withLock { count in
            defer { count += 1 }
            return min(count, runs.count - 1)
        }
        try await runs[index](output)
    }

    /// Answers once and waits for ever.
    static func answer(_ note: String, then event: Event? = nil) -> Run {
        { output in
            if let event { await output.emit(event) }
            await output.answered(note)
            try await output.pause(for: .seconds(1_000_000))
        }
    }

    static let refuse: Run = { _ in throw Refused() }
}
