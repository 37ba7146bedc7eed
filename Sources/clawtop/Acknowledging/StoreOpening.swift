// StoreOpening: the alert store that a plan names, opened.
import AlertStores
import Engine
import Events
import FoundationEssentials
import Glibc
import Network
import Synchronization

/// Of several engines of one process each tells for itself: one that ends takes back late what it told.
private let engineCount = Atomic(0)

extension StorePlan {
    /// Opens the store; where nothing is said of it, that is a file of the state folder.
    func open(_ places: Places) async throws(StoreError) -> any AlertStore {
        switch store {
        case .file(let path): return try await SQLiteStore.open(path ?? places.store)
        case .server(let settings):
            let (client, resolver) = (CurlClient.shared, NewestWorld())
            return settings.kind == .etcd
                ? TeamStore(etcd: settings, client: client, resolver: resolver)
                : TeamStore(consul: settings, client: client, resolver: resolver)
        }
    }

    /// What the commands work on: the store, and that of a demo while one runs.
    func openAll(_ places: Places) async throws(StoreError) -> [any AlertStore] {
        let store = try await open(places)
        guard let demo = await Self.runningDemo(places) else { return [store] }
        return [store, demo]
    }

    /// A demo's store that nobody tells anything is one that was left behind.
    private static func runningDemo(_ places: Places) async -> (any AlertStore)? {
        guard FileManager.default.fileExists(atPath: places.demoStore),
            let demo = try? await SQLiteStore.open(places.demoStore),
            let observations = try? await demo.observations(), !observations.isEmpty
        else { return nil }
        return demo
    }

    /// What an engine needs to know of the store.
    func bookkeeping(_ places: Places) -> BookkeeperSettings {
        let person = Person.operating
        let number = engineCount.add(1, ordering: .relaxed).newValue
        return BookkeeperSettings(
            person: person, observer: person.process + (number > 1 ? "-\(number)" : ""),
            policy: policy, isReadOnly: isReadOnly
        ) { () async throws(StoreError) in try await open(places) }
    }

    /// A store of its own for a demo, which begins empty.
    static func demo(_ places: Places) -> StorePlan {
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: places.demoStore + ending)
        }
        var plan = StorePlan()
        plan.store = .file(places.demoStore)
        return plan
    }
}

/// Carries out one of the commands about alerts.
func runAlertCommand(
    _ command: String, _ invocation: Invocation, _ variables: [String: String]
) -> Outcome {
    let plan: StorePlan
    do {
        plan = try WatchPlanner(invocation: invocation, variables: variables).storePlan()
    } catch {
        return error.outcome
    }
    return waiting { () async -> Outcome in
        do {
            let person = Person.operating
            let stores = try await plan.openAll(Places(environment: variables))
            let desk = AlertDesk(
                stores: stores, plan: plan,
                person: Person(user: invocation.alerts.user ?? person.user, host: person.host),
                now: SystemClock().wall, options: invocation.alerts, format: invocation.format)
            return await desk.run(command)
        } catch {
            return Refusal("\(error)").outcome
        }
    }
}
