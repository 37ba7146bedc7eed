// OtherWatchers: what other clawtops on the store see, and this one does not.
import AlertStores
import Events
import Notifying
import WorldModel

/// Called with each new world by who leads, at least once a second; it never waits for the store.
actor OtherWatchers {
    private static let pace = Duration.seconds(3)

    private let observer: String
    private var asked: Instant?
    private var asking: Task<Void, Never>?
    /// What fires in this environment, by fingerprint, as it was told last.
    private(set) var sightings: [String: Observation.Sighting] = [:]

    init(except observer: String) { self.observer = observer }

    /// Asks the store where it knows of something that fires and that we do not see.
    func consider(_ world: World, in store: any AlertStore) {
        guard !world.unseen.isEmpty else {
            sightings = [:]
            return
        }
        if let asked, asked <= world.now, world.now - asked < Self.pace { return }
        guard asking == nil else { return }
        asked = world.now
        asking = Task { await ask(store, world.environment) }
    }

    /// Waits for the question that is under way.
    func settled() async { await asking?.value }

    private func ask(_ store: any AlertStore, _ environment: String) async {
        defer { asking = nil }
        // What cannot be asked now is asked again; until then nothing has changed.
        guard let observations = try? await store.observations() else { return }
        let others = observations.filter {
            $0.observer != observer && $0.environment == environment
        }
        let alerts = others.flatMap(\.alerts).filter(\.state.isFiring)
        sightings = Dictionary(alerts.map { ($0.fingerprint, $0) }) { $1 }
    }
}
