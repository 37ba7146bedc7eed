// SuppressionTests: alerts that another engine calls nobody for.
import Drawing
import Events
import TestKit
import Testing

@testable import Panes

struct SuppressionTests {
    @Test func `an alert that an Alertmanager keeps quiet says why`() {
        let engine = FeedSource(
            name: "alertmanager", kind: .alertmanager, world: .metrics, address: "10.0.0.9:9093")
        var full = EngineAlert(
            fingerprint: "ab12", labels: Labels(["alertname": "DiskFull", "instance": "db-1"]),
            state: .firing, active: .second(2))
        full.suppression = Suppression(inhibitors: ["cd34"])
        let down = EngineAlert(
            fingerprint: "cd34", labels: Labels(["alertname": "Down"]), state: .firing,
            active: .second(1))
        let world = world(
            watching: [FeedSource.usual[0], engine],
            [
                (5, .alerts("alertmanager/metrics", .listed([full, down]))),
                (60, .answered("alertmanager/metrics")), (65, .tick),
            ])
        var ui = UIState()
        press("7", &ui, world)
        let list = Screen.draw(world, ui, size: Size(160, 24)).text
        #expect(list.contains(/DiskFull +db-1 +1m03s +inhibited/))
        #expect(!list.contains("NaN"))
        press(.down, &ui, world)
        press(.enter, &ui, world)
        let card = Screen.draw(world, ui, size: Size(120, 24)).text
        #expect(card.contains("Alertmanager keeps it quiet: inhibited by Down."))
        #expect(!card.contains("NaN"))
    }
}
