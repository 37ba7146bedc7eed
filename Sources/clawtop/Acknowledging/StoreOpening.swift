// StoreOpening: the alert store that a plan names, opened.
import AlertStores
import Engine
import Events
import FoundationEssentials

extension StorePlan {
    /// Opens the store; where nothing is said of it, that is a file of the state folder.
    func open(_ places: Places) throws(StoreError) -> any AlertStore {
        switch store {
        case .file(let path):
            throw StoreError("\(path ?? places.store): files cannot be opened yet")
        case .server(let settings): throw StoreError("\(settings.name) cannot be asked yet")
        }
    }

    /// What the commands work on: the store, and that of a demo while one runs.
    func openAll(_ places: Places) async throws(StoreError) -> [any AlertStore] {
        let store = try open(places)
        guard let demo = await Self.runningDemo(places) else { return [store] }
        return [store, demo]
    }

    /// A demo's store that nobody tells anything is one that was left behind.
    private static func runningDemo(_ places: Places) async -> (any AlertStore)? {
        guard FileManager.default.fileExists(atPath: places.demoStore) else { return nil }
        var plan = StorePlan()
        plan.store = .file(places.demoStore)
        guard let demo = try? plan.open(places) else { return nil }
        let observations = (try? await demo.observations()) ?? []
        return observations.isEmpty ? nil : demo
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
