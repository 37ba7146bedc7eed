// DashboardWatch: the engine under a dashboard, and the next one once the configuration is another.
import Dispatch
import Engine
import Journal
import Notifying
import Synchronization
import Terminal
import WorldModel

/// Spans are kept this long for the charts.
private let chartWindow = Duration.seconds(900)

/// What a dashboard watches, from its first plan on.
struct DashboardWatch: Sendable {
    let dashboard: Dashboard
    let screen: Mailbox<World>
    let places: Places
    /// Reads the configuration again; nil: a demo, which has none, begins anew and leaves nothing.
    let planner: WatchPlanner?

    /// A plan, and what its file was like before it was read.
    struct Reading: Sendable {
        var plan: WatchPlan
        var stamp: FileStamp?

        /// Of what no file says.
        init(plan: WatchPlan) { self.plan = plan }

        init(by planner: WatchPlanner) throws(PlanError) {
            stamp = planner.file.map(FileStamp.init)
            plan = try planner.plan()
        }
    }

    /// What the run after this one goes on with: of a rule file that is broken the rules of before.
    private final class Carried: Sendable {
        let rules = Mutex(RuleSet())
        private let notices = Mutex<[ScreenNotices]>([])

        func notices(
            of plan: WatchPlan, show: @escaping @Sendable (ScreenNotice) async -> Void
        ) -> [ScreenNotices] {
            notices.withLock { notices in
                notices = ScreenNotices.of(plan, after: notices, show: show)
                return notices
            }
        }
    }

    private let carried = Carried()
    private var isDemo: Bool { planner == nil }

    /// Runs until it is cancelled.
    func run(_ first: Reading) async {
        var (reading, isFirst) = (first, true)
        while let next = await run(reading, isFirst: isFirst), !Task.isCancelled {
            (reading, isFirst) = (next, false)
        }
    }

    /// Returns what takes the place of this one.
    private func run(_ reading: Reading, isFirst: Bool) async -> Reading? {
        let plan = reading.plan
        let newest = NewestWorld()
        let isShown = Mutex(isFirst)
        let memory = AlertMemoryFile(places, of: plan)
        let followed = FollowedRules(plan.rules, keeping: carried.rules.withLock(\.self))
        var rules = followed.rules
        carried.rules.withLock { $0 = rules }
        if !isDemo { rules.memories = memory.read() }
        let engine = plan.engine(
            traceWindow: chartWindow, rules: rules, keep: { if !isDemo { memory.keep($0) } },
            store: (isDemo ? StorePlan.demo(places) : plan.store).bookkeeping(places),
            journal: await openJournal(), newest: newest,
            onChange: { if isShown.withLock(\.self) { screen.put(newest.world) } })
        let notices = carried.notices(of: plan) { await dashboard.show($0) }
        await dashboard.take(engine)
        engine.start()
        let next = await withTaskGroup(of: Reading?.self) { group in
            group.addTask {
                var followed = followed
                await followed.follow { rules in
                    carried.rules.withLock { $0 = rules }
                    engine.use(rules)
                }
                return nil
            }
            group.addTask { await self.reading(after: reading) }
            if !isFirst {
                await settle(newest)
                isShown.withLock { $0 = true }
                screen.put(newest.world)
            }
            for notices in notices {
                group.addTask {
                    await notices.tell(of: newest)
                    return nil
                }
            }
            // Those that have nothing more to do end before.
            let next = await group.compactMap(\.self).first { _ in true }
            group.cancelAll()
            return next
        }
        // Whoever quits stops it.
        guard !Task.isCancelled else { return nil }
        await dashboard.say("the configuration is another, and is being read", isWarning: false)
        await engine.stop()
        return next
    }

    /// Waits a moment for what is known anyhow: nobody should see it come and go.
    private func settle(_ newest: NewestWorld) async {
        await wait(atMost: .seconds(2)) {
            await newest.wait { world in
                let feeds = world.feeds.all
                return !feeds.isEmpty && !feeds.contains { $0.condition == .connecting }
                    && (world.book.isRead || world.book.problem != nil)
            }
        }
        await dashboard.say("the configuration was read again", isWarning: false)
    }

    /// By what it is told whether the configuration is to be read again: a broken one is each
    /// minute, because it may be a secret's command that failed.
    private struct Look: Equatable {
        private var file: FileStamp
        private var minute: UInt64?
        var isBroken: Bool { minute != nil }

        init(_ file: FileStamp, isBroken: Bool) {
            self.file = file
            minute = isBroken ? DispatchTime.now().uptimeNanoseconds / 60_000_000_000 : nil
        }
    }

    /// What the configuration says once that is something else; what is wrong with it is said, and
    /// the one of before goes on.
    private func reading(after reading: Reading) async -> Reading? {
        guard var planner, let file = reading.plan.file, let first = reading.stamp else {
            return nil
        }
        // Exactly this file, whatever else names feeds.
        planner.invocation.configuration = file
        var plan = reading.plan
        var known = Look(first, isBroken: false)
        while await waitForChange(
            of: { Look(FileStamp(of: file), isBroken: known.isBroken) }, since: known)
        {
            let stamp = FileStamp(of: file)
            do throws(PlanError) {
                let next = try await read(by: planner)
                known = Look(next.stamp ?? stamp, isBroken: false)
                if next.plan.theme != plan.theme { await dashboard.use(theme: next.plan.theme) }
                plan.theme = next.plan.theme
                await dashboard.note(unread: nil)
                guard next.plan == plan else { return next }
            } catch {
                known = Look(stamp, isBroken: true)
                await dashboard.note(unread: error.sentence(of: file))
            }
        }
        return nil
    }

    /// Not on a thread that others wait for, and not for ever: a command may have to give a secret.
    private func read(by planner: WatchPlanner) async throws(PlanError) -> Reading {
        let made = Mutex<Result<Reading, PlanError>?>(nil)
        await wait(atMost: .seconds(10)) {
            await withCheckedContinuation { done in
                DispatchQueue.global().async {
                    let result = Result { () throws(PlanError) in try Reading(by: planner) }
                    made.withLock { $0 = result }
                    done.resume()
                }
            }
        }
        guard let result = made.withLock(\.self) else {
            throw PlanError(lines: ["a secret's command did not end within 10 s"])
        }
        return try result.get()
    }

    /// The journal, or nil with a word on the screen: it must not keep anybody from watching.
    private func openJournal() async -> JournalWriter? {
        do throws(JournalError) {
            let journal = try JournalWriter(folder: places.journal)
            await dashboard.note(unopened: nil)
            return journal
        } catch {
            await dashboard.note(unopened: error)
            return nil
        }
    }
}

extension PlanError {
    /// One line: the first of them, with no more of the file than its name.
    fileprivate func sentence(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let first = (lines.first ?? "").replacing(file, with: name)
        let isMore = lines.count { $0.hasPrefix(file) } > 1
        return isMore ? "\(first); `clawtop check` says the rest" : first
    }
}
