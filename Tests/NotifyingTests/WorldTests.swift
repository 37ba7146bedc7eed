import Events
import Testing
import WorldModel

@testable import Notifying

struct WorldTests {
    private let ada = Person(user: "ada", host: "laptop")

    @Test func `where an alert stands comes from the rules and from its ledger`() {
        let world = world(
            firing: ["Slow", "Down"],
            ledgers: [
                ledger("Slow", .fired(value: 1), .notified(receiver: "hook", isResolved: false)),
                ledger("Down", .fired(value: 1), .acknowledged(Acknowledgement(until: nil))),
            ])
        let alerts = world.notifiedAlerts()
        #expect(alerts.map(\.name) == ["Down", "Slow"])
        #expect(alerts.map(\.isAcknowledged) == [true, false])
        #expect(alerts.map { $0.told["hook"]?.isResolved } == [nil, false])
        #expect(alerts.filter(\.isFiring).count == 2)
    }

    @Test func `a broken acknowledgement says why`() {
        let world = world(
            firing: ["Slow"],
            ledgers: [
                ledger(
                    "Slow", .fired(value: 1), .acknowledged(Acknowledgement(until: nil)),
                    .broken(.joined(by: "payment-3")))
            ])
        let alert = world.notifiedAlerts().first
        #expect(alert?.isAcknowledged == false)
        #expect(alert?.broken == NotifiedAlert.Break("payment-3 fires too", at: noon + .seconds(2)))
    }

    @Test func `who was told by a clawtop that is gone is told the end`() {
        let world = world(
            firing: [],
            ledgers: [
                ledger(
                    "Slow", .fired(value: 1), .notified(receiver: "hook", isResolved: false),
                    .resolved),
                ledger("Down", .fired(value: 1), .resolved),
            ])
        let alerts = world.notifiedAlerts()
        #expect(alerts.map(\.name) == ["Slow"])
        #expect(alerts.first?.ended == noon + .seconds(2))
        var queue = ReceiverQueue(
            ReceiverSettings(name: "hook", .webhook(Secret("http://x"))), flapWindow: .seconds(300))
        #expect(queue.next(alerts, at: noon + .seconds(60)) == nil)
        let notice = queue.next(alerts, at: noon + .seconds(66))
        #expect(notice?.news.map(\.occasion) == [.resolved])
    }

    @Test func `what is muted, pending or another engine's is known as such`() {
        let mute = Mute(
            id: "m", matchers: [LabelMatcher("alertname", "Slow")], start: noon,
            until: noon + .seconds(3600), by: ada, comment: "deploy")
        let world = world(firing: ["Slow"], pending: ["Down"], foreign: ["Disk"], mutes: [mute])
        let alerts = world.notifiedAlerts()
        #expect(alerts.map(\.name) == ["Disk", "Slow"])
        #expect(alerts.map(\.isMuted) == [false, true])
        #expect(alerts.map(\.isForeign) == [true, false])
    }

    @Test func `what an Alertmanager keeps quiet is quiet, while there is one that says so`() {
        let source = FeedSource(name: "am", kind: .alertmanager, world: .metrics, address: "am")
        var world = World()
        func take(_ event: Event) {
            world.apply(Envelope(sequence: 1, at: noon, event: event))
        }
        var inhibited = EngineAlert(
            fingerprint: "Slow", labels: Labels(["alertname": "Slow"]), state: .firing)
        inhibited.suppression = Suppression(inhibitors: ["Down"])
        take(
            .started(SessionStart(environment: "shop", feeds: [source], traceWindow: .zero)))
        take(.alerts(source.id, .listed([inhibited])))
        world.conclude(AlertReport(alerts: [record("Slow"), record("Down")]))
        func muted() -> [String] { world.notifiedAlerts().filter(\.isMuted).map(\.name) }
        #expect(muted() == ["Slow"])
        take(.feed(source.id, .stale(reason: "it is away", requests: 1)))
        #expect(muted() == ["Slow"])
        take(.feed(source.id, .lost(reason: "it is away", retryIn: .zero, requests: 1)))
        #expect(muted() == [], "nobody knows whether it does so still")
    }

    @Test func `what another clawtop sees is told, with who has it and what is muted`() {
        let mute = Mute(
            id: "m", matchers: [LabelMatcher("alertname", "Full")], start: noon,
            until: noon + .seconds(3600), by: ada, comment: "deploy")
        let world = world(
            firing: ["Slow"], pending: ["Late"],
            ledgers: [
                ledger("Down", .fired(value: 1)), ledger("Full", .fired(value: 1)),
                ledger("Taken", .fired(value: 1), .acknowledged(Acknowledgement(until: nil))),
                ledger("Late", .fired(value: 1)),
                ledger("Gone", .fired(value: 1)), ledger("Unknown", .fired(value: 1)),
                ledger("Elsewhere", .fired(value: 1, environment: "staging")),
            ], mutes: [mute], rules: ["Down", "Full", "Taken", "Late", "Gone", "Elsewhere"])
        let sightings = ["Down", "Full", "Taken", "Late"].map { name in
            Observation.Sighting(
                fingerprint: name, name: name, labels: Labels(["alertname": name]),
                annotations: Labels(["summary": "\(name) is bad"]), state: .firing, value: 1,
                since: noon, evaluated: noon, hasNoData: false)
        }
        let alerts = world.notifiedAlerts(
            seenElsewhere: Dictionary(uniqueKeysWithValues: sightings.map { ($0.name, $0) }))
        #expect(alerts.map(\.name) == ["Down", "Full", "Gone", "Slow", "Taken"])
        #expect(alerts.filter(\.isMuted).map(\.name) == ["Full"])
        #expect(alerts.filter(\.isAcknowledged).map(\.name) == ["Taken"])
        #expect(alerts.first?.annotations["summary"] == "Down is bad")
        #expect(alerts.allSatisfy { $0.isFiring && !$0.isForeign })
    }

    private func ledger(_ name: String, _ deeds: LedgerEntry.Deed...) -> AlertLedger {
        let entries = deeds.enumerated().map { number, deed in
            LedgerEntry(
                id: "\(name)\(number)", at: noon + .seconds(number), by: ada, deed)
        }
        return AlertLedger(
            fingerprint: name, name: name, labels: Labels(["alertname": name]), entries: entries,
            revision: UInt64(entries.count))
    }

    private func world(
        firing: [String], pending: [String] = [], foreign: [String] = [],
        ledgers: [AlertLedger] = [], mutes: [Mute] = [], rules: [String] = []
    ) -> World {
        var world = World()
        world.apply(
            Envelope(
                sequence: 1, at: noon + .seconds(10),
                event: .store(.listed(ledgers: ledgers, mutes: mutes))))
        let records = firing.map { record($0) } + pending.map { record($0, .pending) }
        let others = foreign.map { name in
            var record = record(name)
            record.feed = "prometheus"
            return record
        }
        let rules = rules.map { RuleRecord(group: "g", file: "f", name: $0, expression: "up == 0") }
        world.conclude(AlertReport(alerts: records + others, rules: rules))
        return world
    }

    private func record(_ name: String, _ state: AlertState = .firing) -> AlertRecord {
        AlertRecord(
            fingerprint: name, name: name, labels: Labels(["alertname": name]), state: state,
            value: 1, active: noon, fired: noon, evaluated: noon)
    }
}
