// SilenceKeeper: has the Alertmanagers that are watched hold our mutes as silences.
import AlertStores
import Events
import Feeds
import Network
import WorldModel

/// Called with each new world by who leads, at least once a second; it never waits for an Alertmanager.
actor SilenceKeeper {
    private struct Line {
        let name: String
        let client: SilenceClient
        var pace: SilencePace
    }

    private var lines: [Line]
    private let jitter: @Sendable () -> Double
    private let say: @Sendable (String) -> Void
    private var now = Instant.distantPast
    private var rounds: [Int: Task<Void, Never>] = [:]

    /// `say` is given a sentence of each trouble, once.
    init(
        _ alertmanagers: [FeedSettings], client: (FeedSettings) -> any HTTPClient,
        resolver: any ServiceResolver,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        say: @escaping @Sendable (String) -> Void
    ) {
        (self.jitter, self.say) = (jitter, say)
        lines = alertmanagers.flatMap { settings in
            settings.sources.map { source in
                let api = AlertmanagerAPI(
                    settings: settings, client: client(settings), resolver: resolver)
                return Line(
                    name: settings.name, client: SilenceClient(api, of: source.id),
                    pace: SilencePace(pulse: settings.interval ?? .seconds(15)))
            }
        }
    }

    /// Begins the rounds that are due; what was changed there is written to `store`.
    func consider(_ world: World, in store: any AlertStore) {
        // What the store holds, it must have told: of a mute that is unknown here nothing is ended.
        guard world.book.isRead, world.book.problem == nil else { return }
        now = world.now
        let mutes = world.book.mutes.filter { $0.feed == nil }
        for line in lines.indices where lines[line].pace.begins(mutes, at: now) {
            rounds[line] = Task { await synchronise(line, mutes, store) }
        }
    }

    func standBack() {
        for line in lines.indices { lines[line].pace.standBack() }
    }

    /// Waits for the rounds that are under way.
    func settled() async {
        while let round = rounds.first { await round.value.value }
    }

    private func synchronise(_ line: Int, _ mutes: [Mute], _ store: any AlertStore) async {
        defer { rounds[line] = nil }
        let name = lines[line].name
        do throws(FeedError) {
            let round = try await lines[line].client.synchronise(mutes, at: now)
            for sentence in lines[line].pace.ended(round.refusals, at: now) {
                say("\(name) does not take a mute as its silence: \(sentence)")
            }
            for mute in round.sync.adopt {
                // Where somebody was first, or the store is lost, the next round finds out.
                _ = try? await store.put(mute)
            }
        } catch {
            guard let sentence = lines[line].pace.failed(error, at: now, jitter: jitter()) else {
                return
            }
            say("\(name) cannot be told of mutes, and is tried again: \(sentence)")
        }
    }
}
