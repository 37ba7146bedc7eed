// EngineAlertTests: the alerts of other engines among our own.
import Events
import TestKit
import Testing
import WorldModel

private func alert(
    _ name: String, _ state: AlertState, severity: String = "page", value: String = "1"
) -> EngineAlert {
    EngineAlert(
        fingerprint: "f-\(name)",
        labels: Labels(["alertname": name, "severity": severity, "service": "cart"]),
        state: state, active: .second(5), value: value)
}

private func alerts(_ event: AlertEvent, from feed: FeedID = "prom/metrics") -> Event {
    .alerts(feed, event)
}

struct EngineAlertTests {
    @Test func `they stand among our own, and say which engine told of them`() throws {
        var world = world([
            (10, alerts(.listed([alert("Slow", .firing), alert("Full", .pending)]))),
            (11, alerts(.listed([alert("Else", .firing)]), from: "other/metrics")),
        ])
        world.conclude(
            AlertReport(alerts: [
                AlertRecord(
                    fingerprint: "x", name: "Ours", labels: Labels(["severity": "info"]),
                    state: .firing, value: 2, active: .second(1), evaluated: .second(11))
            ]))
        #expect(world.alerts.all.map(\.name) == ["Else", "Slow", "Ours", "Full"])
        #expect(Set(world.alerts.all.map(\.id)).count == 4)
        #expect(world.alerts.firing == 3)
        #expect(world.alerts.of("cart").count == 3)
        let slow = try #require(world.alerts["prom/metrics/f-Slow"])
        #expect(slow.feed == "prom/metrics")
        #expect(slow.active == .second(5))
        world.conclude(AlertReport())
        #expect(world.alerts.all.map(\.name) == ["Else", "Slow", "Full"])
    }

    @Test func `what is new fires, what is gone is resolved, as the ledger says`() {
        let world = world([
            (10, alerts(.listed([alert("Slow", .pending), alert("Full", .firing)]))),
            (25, alerts(.changed([alert("Slow", .firing, value: "2e+01")], gone: ["f-Full"]))),
        ])
        #expect(world.alerts.all.map(\.name) == ["Slow"])
        #expect(world.alerts.all.map(\.value) == [20])
        #expect(
            world.changes.all.map(\.text)
                == ["Full fires", "Slow fires", "Full is resolved"])
    }

    @Test func `a value that is no number is none`() {
        let world = world([(10, alerts(.listed([alert("Odd", .firing, value: "many")])))])
        #expect(world.alerts.all.first?.value.isNaN == true)
    }

    @Test func `what several tell of stands once, with a value and why it is kept quiet`() throws {
        var suppressed = alert("Slow", .firing, value: "")
        suppressed.suppression = Suppression(intervals: ["night"])
        var world = world([
            (10, alerts(.listed([suppressed]), from: "am/metrics")),
            (11, alerts(.listed([alert("Slow", .firing, value: "7")]))),
        ])
        #expect(world.alerts.all.map(\.feed) == ["prom/metrics"])
        #expect(world.alerts.all.map(\.value) == [7])
        #expect(world.alerts.muted == 1 && world.alerts.firing == 0)
        world.conclude(AlertReport(alerts: [own("Slow", .firing)]))
        #expect(world.alerts.all.map(\.feed) == [nil])
        #expect(world.alerts.all.first?.suppression?.intervals == ["night"])
        // Who tells of it is no news.
        #expect(world.changes.all.map(\.text) == ["Slow fires"])
    }

    @Test func `what we resolved, an Alertmanager tells of for a while`() {
        var world = world([(10, alerts(.listed([alert("Slow", .firing)]), from: "am/metrics"))])
        world.conclude(AlertReport(alerts: [own("Slow", .resolved, resolved: .second(12))]))
        #expect(world.alerts.all.map(\.state) == [.resolved])
        let again = Envelope(
            sequence: 9, at: .second(20),
            event: alerts(
                .changed([alert("Slow", .firing, value: "2")], gone: []), from: "am/metrics")
        )
        world.apply(again)
        #expect(world.alerts.all.map(\.state) == [.firing], "told since")
    }

    @Test func `silences mute alerts, but that of our own mute is no second one`() throws {
        let mine = Mute(
            id: "m1", matchers: [LabelMatcher("service", "pay")], start: .second(1),
            until: .second(900), by: Person(user: "ada", host: ""), comment: "", revision: 1)
        var pair = mine
        (pair.id, pair.feed, pair.comment) = ("s1", "am/metrics", mine.markedComment)
        var other = pair
        (other.id, other.comment) = ("s2", "theirs")
        other.matchers = [LabelMatcher("alertname", "Sl.*", isRegex: true)]
        var world = world([
            (2, .store(.listed(ledgers: [], mutes: [mine]))),
            (3, alerts(.listed([alert("Slow", .firing), alert("Full", .firing)]))),
            (4, alerts(.silences([pair, other]), from: "am/metrics")),
        ])
        #expect(world.book.mutes.map(\.id) == ["m1", "s2"])
        #expect(world.alerts["prom/metrics/f-Slow"]?.mute == "s2")
        #expect(world.alerts.firing == 1 && world.alerts.muted == 1)
        world.apply(
            Envelope(
                sequence: 9, at: .second(5), event: alerts(.silences([pair]), from: "am/metrics")))
        #expect(world.alerts.firing == 2 && world.alerts.muted == 0)
    }

    private func own(
        _ name: String, _ state: AlertState, resolved: Instant? = nil
    ) -> AlertRecord {
        AlertRecord(
            fingerprint: "f-\(name)", name: name, labels: alert(name, state).labels, state: state,
            value: 3, active: .second(5), fired: .second(6), resolved: resolved,
            evaluated: .second(12))
    }
}
