// Engine: the loop: mailbox, journal, fold, publish.
package import Alerting
import Events
package import Journal
import Synchronization
package import WorldModel

/// Runs the feeds and folds what they tell into the newest world.
package final class Engine: Sendable {
    private enum Life: Sendable {
        case new
        case running([Task<Void, Never>])
        case over
    }

    private let session: SessionStart
    private let supervisors: [Supervisor]
    private let mailbox: Mailbox
    private let clock: SessionClock
    private let newest: NewestWorld
    private let rules: RuleKeeper
    private let bookkeeper: Bookkeeper?
    private let loop: EventLoop
    private let life = Mutex(Life.new)

    /// - Parameters:
    ///   - environment: its name in words.
    ///   - feeds: what to watch, in the order in which they are shown.
    ///   - traceWindow: how long spans are kept.
    ///   - rules: evaluated over what is watched.
    ///   - sources: the big engines that groups of rules name as their source, by name.
    ///   - series: takes note of what is watched, for a query.
    ///   - keep: takes what the next run of the program is to know of the alerts.
    ///   - store: where alerts are written down; nil: nowhere.
    ///   - journal: where events are written before they are folded; nil for nowhere.
    ///   - newest: where worlds are published; feeds resolve services in it.
    ///   - clock: what time it is.
    ///   - shortestFrame: worlds are published no more often than this.
    ///   - onChange: called after each, on no particular thread; it must not wait.
    package init(
        environment: String, feeds: [SupervisedFeed], traceWindow: Duration,
        rules: RuleSet = RuleSet(), sources: [String: RuleSource] = [:],
        series: LiveSeries? = nil,
        keep: @escaping @Sendable ([AlertMemory]) -> Void = { _ in },
        store: BookkeeperSettings? = nil, journal: JournalWriter? = nil,
        newest: NewestWorld = NewestWorld(), clock: any EngineClock = SystemClock(),
        shortestFrame: Duration = .milliseconds(16),
        onChange: @escaping @Sendable () -> Void = {}
    ) {
        let (clock, mailbox) = (SessionClock(clock), Mailbox())
        (self.clock, self.mailbox, self.newest) = (clock, mailbox, newest)
        session = SessionStart(
            environment: environment, feeds: feeds.map(\.feed.source), traceWindow: traceWindow,
            policy: store?.policy ?? AcknowledgementPolicy())
        supervisors = feeds.map { Supervisor($0, to: mailbox, clock: clock) }
        self.rules = RuleKeeper(
            rules, from: sources, telling: mailbox, clock: clock, keep: keep)
        bookkeeper = store.map { Bookkeeper($0, telling: mailbox, of: newest, clock: clock) }
        loop = EventLoop(
            mailbox, journal: journal, newest: newest, rules: self.rules, series: series,
            clock: clock, shortestFrame: shortestFrame, onChange: onChange)
    }

    /// The newest snapshot.
    package var world: World { newest.world }

    /// Why events are not written down; nil while they are, or are not to be.
    package var journalProblem: JournalError? { loop.journalProblem }

    /// Uses other rules from now on; alerts of rules that stay keep their state.
    package func use(_ rules: RuleSet) { self.rules.use(rules) }

    /// The newest snapshot, with what the rules come to of it.
    package func concludedWorld() async -> World {
        let report = await rules.report()
        var world = world
        world.conclude(report)
        return world
    }

    /// Starts the loop, the feeds and the ticks, once.
    package func start() {
        life.withLock { life in
            guard case .new = life else { return }
            mailbox.putAtOnce(.started(session))
            let feeds = supervisors.map { supervisor in Task { await supervisor.run() } }
            let books = bookkeeper.map { bookkeeper in Task { await bookkeeper.run() } }
            life = .running(
                feeds + [books].compactMap(\.self) + [
                    Task { await tick() }, Task { await loop.run() }, Task { await rules.run() },
                ])
        }
    }

    /// Ends the feeds, takes in what they told, and closes the journal; within a second.
    package func stop() async {
        let tasks = life.withLock { life in
            defer { life = .over }
            if case .running(let tasks) = life { return tasks }
            return []
        }
        for task in tasks { task.cancel() }
        mailbox.close()
        await clock.wait(atMost: .milliseconds(900)) {
            for task in tasks { await task.value }
        }
        newest.end()
    }

    /// Carries out what the operator asks of the alert store; returns once the store has answered.
    package func request(_ request: AlertRequest) async -> AlertReply {
        guard let bookkeeper else { return .failed("there is no alert store") }
        return await bookkeeper.carryOut(request)
    }

    /// Asks every feed at once, whatever it waits for.
    package func refresh() {
        for supervisor in supervisors { supervisor.refresh() }
    }

    /// For `clawtop once`: returns once each feed has answered, failed twice, or `deadline` is over.
    ///
    /// A feed that has not answered by then is lost: a state is to be printed, not a hope.
    package func waitUntilEveryFeedAnsweredOrFailed(deadline: Duration) async {
        await waitUntilNoFeedConnects(atMost: deadline)
        let silent = world.feeds.all.filter { $0.condition == .connecting }
        for feed in silent {
            let seconds = deadline.components.seconds
            let reason = "\(feed.source.address) did not answer within \(seconds) s"
            let event = FeedEvent.lost(reason: reason, retryIn: .zero, requests: 0)
            await mailbox.put(.feed(feed.source.id, event))
        }
        if !silent.isEmpty { await waitUntilNoFeedConnects(atMost: .seconds(1)) }
    }

    /// Where alerts are written down: returns once their store has told of them, or cannot.
    package func waitUntilTheStoreAnsweredOrFailed(deadline: Duration) async {
        guard bookkeeper != nil else { return }
        await clock.wait(atMost: deadline) { [newest] in
            await newest.wait { $0.book.isRead || $0.book.problem != nil }
        }
    }

    private func waitUntilNoFeedConnects(atMost deadline: Duration) async {
        let count = session.feeds.count
        await clock.wait(atMost: deadline) { [newest] in
            await newest.wait { world in
                let feeds = world.feeds.all
                return feeds.count == count && !feeds.contains { $0.condition == .connecting }
            }
        }
    }

    /// Once a second, by the steady clock, so that ticks neither drift nor pile up.
    private func tick() async {
        var next = clock.elapsed
        while !Task.isCancelled {
            next = max(next + .seconds(1), clock.elapsed)
            do { try await clock.sleep(for: next - clock.elapsed) } catch { return }
            await mailbox.put(.tick)
        }
    }
}
