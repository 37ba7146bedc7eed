// DashboardRun: opens the screen, then the engine under it, and closes both.
import Engine
import Terminal
import Wording
import WorldModel

/// Runs the dashboard until somebody quits.
///
/// The first frame comes before `makePlan` is called: nothing is asked of anybody, and no library
/// loaded, until something is on the screen. `planner` reads the configuration again once it changes.
func runDashboard(
    theme: String?, _ variables: [String: String], demo: DemoFleet? = nil,
    planner: WatchPlanner? = nil,
    makePlan: @escaping @Sendable () async throws -> DashboardWatch.Reading
) -> Outcome {
    let places = Places(environment: variables)
    let themes = ThemeLibrary(folder: places.themes)
    if let theme, themes.theme(theme) == nil {
        let names = themes.names.joined(separator: ", ")
        let hint = suggestion(for: theme, among: themes.names)
        return Outcome(
            .usage, "clawtop: no theme \(theme)\(hint.isEmpty ? "" : hint); there are \(names)\n",
            isError: true)
    }
    let outcome = UILoop.shared.run { @UIActor in
        let screen: TerminalScreen
        do {
            screen = try TerminalScreen.open(theme: themes.chosen(theme))
        } catch {
            return Outcome(.usage, "clawtop: \(error)\n", isError: true)
        }
        let dashboard = Dashboard(screen: screen, themes: themes, demo: demo)
        dashboard.begin()
        for problem in themes.problems { dashboard.say(problem) }
        let watch = DashboardWatch(
            dashboard: dashboard, screen: Mailbox { dashboard.look(at: $0) }, places: places,
            planner: planner)
        let watching = Task.detached { await watch.run(try await makePlan()) }
        Task {
            if case .failure(let error) = await watching.result { dashboard.say("\(error)") }
        }
        let outcome = await dashboard.run()
        // Whoever quits has the shell back at once, whatever the feeds wait for.
        screen.close()
        watching.cancel()
        await dashboard.engine?.stop()
        return outcome
    }
    return outcome ?? Outcome(.ok, "")
}
