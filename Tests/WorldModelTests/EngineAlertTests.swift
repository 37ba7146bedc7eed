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
            (11, alerts(.listed([alert("Slow", .firing)]), from: "other/metrics")),
        ])
        world.conclude(
            AlertReport(alerts: [
                AlertRecord(
                    fingerprint: "x", name: "Ours", labels: Labels(["severity": "info"]),
                    state: .firing, value: 2, active: .second(1), evaluated: .second(11))
            ]))
        #expect(world.alerts.all.map(\.name) == ["Slow", "Slow", "Ours", "Full"])
        #expect(Set(world.alerts.all.map(\.id)).count == 4)
        #expect(world.alerts.firing == 3)
        #expect(world.alerts.of("cart").count == 3)
        let slow = try #require(world.alerts["prom/metrics/f-Slow"])
        #expect(slow.feed == "prom/metrics")
        #expect(slow.active == .second(5))
        world.conclude(AlertReport())
        #expect(world.alerts.all.map(\.name) == ["Slow", "Slow", "Full"])
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
}
