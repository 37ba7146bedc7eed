// DashboardWatch: the engine under a dashboard, and the next one once the configuration is another.
import Engine
import Journal
import Synchronization
import Terminal
import WorldModel

/// Spans are kept this long for the charts.
private let chartWindow = Duration.seconds(900)

extension String {
    fileprivate var lastPathComponent: String {
        split(separator: "/").last.map(String.init) ?? self
    }
}

/// What a dashboard watches, from its first plan on.
struct DashboardWatch: Sendable {
    let dashboard: Dashboard
    let screen: Mailbox<World>
    let places: Places
    /// Reads the configuration again; nil: a demo, which has none, begins anew and leaves nothing.
    let planner: WatchPlanner?

    private var isDemo: Bool { planner == nil }

    /// Runs until it is cancelled.
    func run(_ first: WatchPlan) async {
        var (plan, isFirst) = (first, true)
        while let next = await run(plan, isFirst: isFirst), !Task.isCancelled {
            if next.theme != plan.theme { await dashboard.use(theme: next.theme) }
            (plan, isFirst) = (next, false)
        }
    }

    /// Returns the plan that takes the place of this one.
    private func run(_ plan: WatchPlan, isFirst: Bool) async -> WatchPlan? {
        let stamp = plan.file.map(FileStamp.init)
        let newest = NewestWorld()
        let isShown = Mutex(isFirst)
        let memory = AlertMemoryFile(places, of: plan)
        let followed = FollowedRules(plan.rules)
        var rules = followed.rules
        if !isDemo { rules.memories = memory.read() }
        let engine = plan.engine(
            traceWindow: chartWindow, rules: rules, keep: { if !isDemo { memory.keep($0) } },
            store: (isDemo ? StorePlan.demo(places) : plan.store).bookkeeping(places),
            journal: await openJournal(), newest: newest,
            onChange: { if isShown.withLock(\.self) { screen.put(newest.world) } })
        await dashboard.take(engine)
        engine.start()
        let next = await withTaskGroup(of: WatchPlan?.self) { group in
            group.addTask {
                await plan.tellScreen(of: newest) { await dashboard.show($0) }
                return nil
            }
            group.addTask {
                var followed = followed
                await followed.follow { engine.use($0) }
                return nil
            }
            group.addTask { await self.plan(after: plan, read: stamp) }
            if !isFirst {
                await settle(newest)
                isShown.withLock { $0 = true }
                screen.put(newest.world)
            }
            // Those that have nothing more to do end before.
            let next = await group.compactMap(\.self).first { _ in true }
            group.cancelAll()
            return next
        }
        // Whoever quits stops it.
        if !Task.isCancelled { await engine.stop() }
        return next
    }

    /// Waits a moment for what is known anyhow: nobody should see it come and go.
    private func settle(_ newest: NewestWorld) async {
        await wait(atMost: .seconds(3)) {
            await newest.wait { world in
                let feeds = world.feeds.all
                return !feeds.isEmpty && !feeds.contains { $0.condition == .connecting }
                    && (world.book.isRead || world.book.problem != nil)
            }
        }
        await dashboard.say("the configuration was read again", isWarning: false)
    }

    /// What the configuration says once that is something else; what is wrong with it is said, and
    /// the one of before goes on.
    private func plan(after plan: WatchPlan, read stamp: FileStamp?) async -> WatchPlan? {
        guard let planner, let file = plan.file, var stamp else { return nil }
        while await waitForChange(of: { FileStamp(of: file) }, since: stamp) {
            stamp = FileStamp(of: file)
            do throws(PlanError) {
                let next = try planner.plan()
                if next != plan { return next }
            } catch {
                // The folder is known, and the line is short.
                let line = (error.lines.first ?? "").replacing(file, with: file.lastPathComponent)
                let more = error.lines.count > 1 ? "; `clawtop check` says the rest" : ""
                await dashboard.say("not taken: \(line)\(more)")
            }
        }
        return nil
    }

    /// The journal, or nil with a word on the screen: it must not keep anybody from watching.
    private func openJournal() async -> JournalWriter? {
        do throws(JournalError) {
            return try JournalWriter(folder: places.journal)
        } catch {
            await dashboard.goOn(withoutJournal: error)
            return nil
        }
    }
}
