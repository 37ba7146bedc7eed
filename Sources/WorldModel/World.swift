// World: everything clawtop knows at one instant.
package import Events

/// A frozen picture; copying it costs nothing, and nothing that reads it can wait for the loop.
package struct World: Sendable, Equatable {
    /// The time of the last event; 0 before the first.
    package private(set) var now = Instant(milliseconds: 0)
    package private(set) var environment = ""
    package private(set) var feeds = FeedStates()
    package private(set) var registry = Registry()
    package private(set) var config = Configurations()
    package private(set) var sagas = Sagas()
    package private(set) var traces = Traces()
    /// What the rules came to; computed from all the rest, never told by an event.
    package private(set) var alerts = Alerts()
    /// What happened to alerts, and who has them.
    package private(set) var book = AlertBook()
    package private(set) var changes = ChangeLedger()
    package private(set) var trend = Trend()

    package init() {}

    /// What is wrong with the alert store, and with the rules themselves: a sentence each.
    package var problems: [String] {
        [book.problem].compactMap(\.self) + book.remarks + alerts.problems
    }

    /// Folds one event into the picture; the only place where it changes.
    package mutating func apply(_ envelope: Envelope) {
        now = max(now, envelope.at)
        switch envelope.event {
        case .started(let session): start(session, at: envelope.at)
        case .tick: tick()
        case .feed(let id, let event):
            changes.record(feeds.apply(event, of: id, at: now), at: now)
        case .registry(let id, let event):
            changes.record(registry.apply(event, from: id, at: now), at: now)
        case .config(let id, let event):
            changes.record(config.apply(event, from: id, at: now), at: now)
        case .sagas(let id, let event):
            changes.record(sagas.apply(event, from: id, at: now), at: now)
        case .traces(let id, let event):
            traces.apply(event, from: id, at: now)
            if case .observed(let spans, let replaced) = event {
                changes.record(sagas.observe(spans, replacing: replaced, at: now), at: now)
            }
        case .metrics: break  // Series are kept where rules are evaluated, not in the picture.
        case .alerts(let id, .silences(let silences)):
            book.take(silences: silences, of: id)
            settle()
        case .alerts(let id, let event):
            changes.record(alerts.apply(event, from: id, book, at: now), at: now)
            registry.take(loudness: alerts.loudestOfServices)
        case .store(let event):
            changes.record(book.apply(event, at: now), at: now)
            settle()
        }
    }

    /// Takes what the rules came to.
    package mutating func conclude(_ report: AlertReport) {
        changes.record(alerts.take(report, book, at: now), at: now)
        registry.take(loudness: alerts.loudestOfServices)
    }

    /// Who has an alert, or what is muted, is another: alerts and services stand by that.
    private mutating func settle() {
        alerts.settle(by: book, at: now)
        registry.take(loudness: alerts.loudestOfServices)
    }

    /// Forgets the session before, and its time: the clock may have been set back since.
    private mutating func start(_ session: SessionStart, at now: Instant) {
        self = World()
        self.now = now
        environment = session.environment
        feeds = FeedStates(session.feeds, at: now)
        traces = Traces(window: session.traceWindow)
        book = AlertBook(policy: session.policy)
    }

    private mutating func tick() {
        traces.forget(at: now)
        changes.record(sagas.age(to: now, isBlind: feeds.isBlind), at: now)
        if alerts.isDue(at: now) { settle() }
        trend.note(self)
    }
}
