// Demo: the embedded fleet, with the dashboard on it or without a screen.
import Events
import Fleet
@preconcurrency import Glibc
import Synchronization

/// Runs the demo as `invocation` asks.
func runDemo(_ invocation: Invocation, _ variables: [String: String]) -> Outcome {
    let demo = DemoFleet()
    if invocation.isServing { return serve(demo, invocation) }
    let rules: RuleLibrary
    do {
        rules = try WatchPlanner(invocation: invocation, variables: variables).demoRules()
    } catch {
        return error.outcome
    }
    let outcome = runDashboard(theme: invocation.theme, variables, demo: demo) {
        var plan = try await demo.start(invocation.incident)
        plan.rules = rules
        plan.environment = invocation.environment ?? plan.environment
        return DashboardWatch.Reading(plan: plan)
    }
    waiting { await demo.stop() }
    return outcome
}

/// Prints where the fleet is, and keeps it up until a signal ends it.
private func serve(_ demo: DemoFleet, _ invocation: Invocation) -> Outcome {
    var ending = sigset_t()
    sigemptyset(&ending)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&ending, signal) }
    // Before any thread is started, so that all of them leave the signals to the wait below.
    pthread_sigmask(SIG_BLOCK, &ending, nil)
    let failure: String? = waiting {
        do {
            _ = try await demo.start(invocation.incident)
            return nil
        } catch {
            return "\(error)"
        }
    }
    if let failure {
        return Outcome(.failed, "clawtop: the fleet cannot start: \(failure)\n", isError: true)
    }
    print(demo.readyLine)
    fflush(nil)
    var signal: Int32 = 0
    sigwait(&ending, &signal)
    waiting { await demo.stop() }
    return Outcome(.ok, "")
}

/// The fleet, once it is up.
final class DemoFleet: Sendable {
    private let fleet = Mutex<Fleet?>(nil)

    /// Starts the fleet with this incident; returns how to watch it.
    func start(_ incident: String?) async throws -> WatchPlan {
        let fleet = try await Fleet.start()
        self.fleet.withLock { $0 = fleet }
        await fleet.inject(incident.flatMap(Incident.init(rawValue:)))
        let feeds = fleet.feeds.map { kind, url in
            FeedSettings(name: kind.rawValue, kind: kind, worlds: kind.worlds, url: url)
        }
        return WatchPlan(environment: "demo", feeds: feeds)
    }

    var readyLine: String { fleet.withLock { $0?.readyLine ?? "" } }

    /// Starts an incident by its name; nil ends the one that is on.
    func inject(_ name: String?) {
        guard let fleet = fleet.withLock(\.self) else { return }
        Task { await fleet.inject(name.flatMap(Incident.init(rawValue:))) }
    }

    func stop() async {
        await fleet.withLock(\.self)?.stop()
    }
}
