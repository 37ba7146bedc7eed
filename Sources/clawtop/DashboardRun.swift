// DashboardRun: opens the screen, then the engine under it, and closes both.
import Engine
import Glibc
import Journal
import Terminal
import WorldModel

/// Spans are kept this long for the charts.
private let chartWindow = Duration.seconds(900)

/// Runs the dashboard until somebody quits.
func runDashboard(
    _ plan: WatchPlan, _ variables: [String: String], demo: DemoFleet? = nil
) -> Outcome {
    let places = Places(environment: variables)
    let themes = ThemeLibrary(folder: places.themes)
    let outcome = UILoop.shared.run { @UIActor in
        let screen: TerminalScreen
        do {
            screen = try TerminalScreen.open(theme: themes.chosen(plan.theme))
        } catch {
            return Outcome(.usage, "clawtop: \(error)\n", isError: true)
        }
        defer { screen.close() }
        let dashboard = Dashboard(screen: screen, themes: themes, demo: demo)
        dashboard.paint()
        return await watch(plan, places, on: dashboard)
    }
    return outcome ?? Outcome(.ok, "")
}

/// Starts what the screen shows; nothing of it was asked, or loaded, before the first frame.
@UIActor
private func watch(_ plan: WatchPlan, _ places: Places, on dashboard: Dashboard) async -> Outcome {
    for problem in dashboard.startProblems { dashboard.say(problem) }
    var journal: JournalWriter?
    do {
        journal = try JournalWriter(folder: places.journal)
    } catch {
        dashboard.say("\(error); nothing is written down")
    }
    let newest = NewestWorld()
    let mailbox = Mailbox<World> { dashboard.look(at: $0) }
    let engine = plan.engine(
        traceWindow: chartWindow, journal: journal, newest: newest,
        onChange: { mailbox.put(newest.world) })
    engine.start()
    let outcome = await dashboard.run(engine)
    dashboard.leave()
    await engine.stop()
    return outcome
}
