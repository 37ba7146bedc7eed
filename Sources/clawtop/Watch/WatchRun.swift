// WatchRun: one configuration at work: its engine, its election and its receivers.
import AlertStores
import Engine
import Events
import Journal
import Network
import Notifying
import WorldModel

final class WatchRun: Sendable {
    let plan: WatchPlan
    private let engine: Engine
    private let newest = NewestWorld()
    /// Nil where nothing may be written: then nobody is notified from here.
    private let leadership: Leadership?
    private let notifier: Notifier
    private let book: DeliveryBook
    private let silences: SilenceKeeper
    private let others: OtherWatchers
    private let status: WatchStatus
    private let log: WatchLog
    private let say: @Sendable (String) -> Void

    init(
        _ plan: WatchPlan, rules: RuleSet, _ variables: [String: String], journal: JournalWriter?,
        status: WatchStatus, log: WatchLog, say: @escaping @Sendable (String) -> Void
    ) {
        (self.plan, self.status, self.log, self.say) = (plan, status, log, say)
        let places = Places(environment: variables)
        var store = plan.store.bookkeeping(places)
        let open = store.open
        store.open = { () async throws(StoreError) in
            MeteredStore(try await open()) { change in status.count { change(&$0.store) } }
        }
        // The same after a reload, which must not wait for the term of the run before.
        leadership =
            plan.store.isReadOnly ? nil : Leadership(store.person.process, open: store.open)
        book = DeliveryBook(by: store.person)
        others = OtherWatchers(except: store.observer)
        silences = plan.silenceKeeper(newest, say: say)
        notifier = Notifier(
            plan.receivers, environment: plan.environment, flapWindow: plan.store.policy.flapWindow,
            client: CurlClient.shared, variables: variables)
        let memory = AlertMemoryFile(places, of: plan)
        var rules = rules
        rules.memories = memory.read()
        engine = plan.engine(
            traceWindow: .seconds(900), rules: rules, keep: { memory.keep($0) }, store: store,
            journal: journal, newest: newest)
    }

    func use(_ rules: RuleSet) { engine.use(rules) }

    /// Runs until cancelled, then says what is to be said and lets another one lead.
    func run() async {
        engine.start()
        await withTaskGroup { group in
            if let leadership { group.addTask { await leadership.run() } }
            await follow()
            group.cancelAll()
        }
        // Nothing of it is part of what was cancelled.
        await Task { await drain() }.value
    }

    private func follow() async {
        while !Task.isCancelled {
            let world = newest.world
            let isLeading = leadership?.isLeading ?? false
            await take(world, isLeading)
            // A tick comes each second.
            await newest.wait { other in
                other.now - world.now >= .seconds(1)
                    || other.alerts.revision != world.alerts.revision
                    || other.book.revision != world.book.revision
            }
        }
    }

    private func take(_ world: World, _ isLeading: Bool) async {
        log.note(world, isLeading: isLeading)
        status.note(
            world, isLeading: isLeading, isJournalFailing: engine.journalProblem != nil)
        if isLeading, let store = leadership?.store {
            await silences.consider(world, in: store)
            await others.consider(world, in: store)
        } else {
            await silences.standBack()
        }
        // Before the store has told who knows what, everybody would be told again.
        guard world.book.isRead || world.book.problem != nil else { return }
        let told = await notifier.consider(
            world.notifiedAlerts(seenElsewhere: await others.sightings), at: world.now,
            isLeader: isLeading)
        await book.add(told, to: leadership?.store)
        await report(at: world.now)
        let tallies = await notifier.tallies
        status.count { $0.receivers = tallies }
    }

    /// What could not be sent is said where somebody may see it.
    private func report(at now: Instant) async {
        for report in await notifier.takeReports() {
            log.lines.put(report.line(at: now).line)
            say(report.sentence)
        }
    }

    /// What is under way has some seconds, and no more.
    private func drain() async {
        await wait(atMost: .seconds(3)) { [notifier, silences] in
            await notifier.settled()
            await silences.settled()
        }
        await report(at: newest.world.now)
        let told = await notifier.takeDeliveries()
        await wait(atMost: .seconds(1)) { [book, leadership] in
            await book.add(told, to: leadership?.store)
            await book.settled(in: leadership?.store)
        }
        await engine.stop()
        await wait(atMost: .seconds(1)) { [leadership] in await leadership?.resign() }
    }
}
