// DashboardRun: opens the screen, then the engine under it, and closes both.
import Engine
import Journal
import Terminal
import Wording
import WorldModel

/// Spans are kept this long for the charts.
private let chartWindow = Duration.seconds(900)

/// Runs the dashboard until somebody quits.
///
/// The first frame comes before `makePlan` is called: nothing is asked of anybody, and no library
/// loaded, until something is on the screen.
func runDashboard(
    theme: String?, _ variables: [String: String], demo: DemoFleet? = nil,
    makePlan: @escaping @Sendable () async throws -> WatchPlan
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
        defer { screen.close() }
        let dashboard = Dashboard(screen: screen, themes: themes, demo: demo)
        dashboard.begin()
        for problem in themes.problems { dashboard.say(problem) }
        let newest = NewestWorld()
        let mailbox = Mailbox<World> { dashboard.look(at: $0) }
        let watch = Task.detached {
            let journal = await openJournal(places, telling: dashboard)
            let plan = try await makePlan()
            let memory = AlertMemoryFile(places, of: plan)
            var followed = FollowedRules(plan.rules)
            var rules = followed.rules
            // A demo begins anew, and leaves nothing to anybody.
            if demo == nil { rules.memories = memory.read() }
            let store = demo == nil ? plan.store : StorePlan.demo(places)
            let engine = plan.engine(
                traceWindow: chartWindow, rules: rules,
                keep: { if demo == nil { memory.keep($0) } },
                store: store.bookkeeping(places), journal: journal, newest: newest,
                onChange: { mailbox.put(newest.world) })
            await dashboard.take(engine)
            engine.start()
            async let notices: Void = plan.tellScreen(of: newest) { await dashboard.show($0) }
            await followed.follow { engine.use($0) }
            await notices
        }
        Task {
            if case .failure(let error) = await watch.result { dashboard.say("\(error)") }
        }
        let outcome = await dashboard.run()
        watch.cancel()
        await dashboard.engine?.stop()
        return outcome
    }
    return outcome ?? Outcome(.ok, "")
}

/// The journal, or nil with a word on the screen: it must not keep anybody from watching.
private func openJournal(_ places: Places, telling dashboard: Dashboard) async -> JournalWriter? {
    do throws(JournalError) {
        return try JournalWriter(folder: places.journal)
    } catch {
        await dashboard.goOn(withoutJournal: error)
        return nil
    }
}
