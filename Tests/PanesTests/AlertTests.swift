// Alerts: where they are told, what keys do with them, and that they move nobody.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct AlertTests {
    private func shown(_ typed: String) -> [String] {
        var ui = UIState()
        let world = alarmed()
        press("7", &ui, world)
        type(typed, &ui, world)
        press(.enter, &ui, world)
        return (ui.page.lists[.alerts]?.rows.ids ?? []).compactMap {
            if case .alert(let id) = $0 { world.alerts[id]?.name } else { nil }
        }
    }

    @Test(arguments: [
        ("/severity>warning", ["InstanceCritical", "SagaCompensationStuck"]),
        ("/severity<=warning", ["ConfigDrift", "GatewaySlow"]),
        ("/state=pending", ["ConfigDrift"]), ("/value>1.5 since<1m", ["InstanceCritical"]),
        ("/gateway", ["GatewaySlow"]), ("/service=gateway", ["GatewaySlow"]),
        ("/team=payments", ["SagaCompensationStuck"]),
        ("/name=configdrift", ["ConfigDrift"]),
    ])
    func `alerts are filtered by what they are`(filter: String, names: [String]) {
        #expect(shown(filter) == names)
    }

    @Test func `a severity that does not exist is said`() {
        var ui = UIState()
        press("7", &ui, alarmed())
        type("/severity=fatal", &ui, alarmed())
        let text = Screen.draw(alarmed(), ui, size: Size(120, 24)).text
        #expect(text.contains("severity wants one of info, warning, critical"))
    }

    @Test func `alerts are sorted by severity, loudest first, and back`() {
        var ui = UIState()
        let world = alarmed()
        press("7", &ui, world)
        press(">", &ui, world)
        press("I", &ui, world)
        #expect(Screen.draw(world, ui, size: .large).text.contains("by severity, inverted"))
        let first = ui.page.lists[.alerts]?.rows[0]
        #expect(first.flatMap { Scene(world, .view(.alerts)).alert($0) }?.severity == .warning)
    }

    @Test func `Enter goes to the alert, and on to its service; Esc goes back all the way`() {
        var ui = UIState()
        let world = alarmed()
        press(.backTab, &ui, world)
        #expect(ui.selected(in: world) == .alert(Alarm.critical.id))
        press(.enter, &ui, world)
        #expect(ui.place == .alert(Alarm.critical.id))
        press(.enter, &ui, world)
        #expect(ui.place == .service("payment"))
        press(.escape, &ui, world)
        press(.escape, &ui, world)
        #expect(ui.place == .view(.overview))
        #expect(ui.selected(in: world) == .alert(Alarm.critical.id))
    }

    @Test func `the keys of a service work on the card of its alert`() {
        var ui = UIState()
        let world = alarmed()
        press("7", &ui, world)
        press(.enter, &ui, world)
        press("t", &ui, world)
        #expect(ui.place == .about(.traces, "payment"))
    }

    @Test func `an alert that is forgotten says so on its card`() {
        var ui = UIState()
        press("7", &ui, alarmed())
        press(.enter, &ui, alarmed())
        var later = alarmed()
        later.conclude(AlertReport(rules: Alarm.rules))
        ui.look(at: later)
        let text = Screen.draw(later, ui, size: .small).text
        #expect(text.contains("no longer known"))
    }

    @Test func `an alert draws neither focus nor selection to itself`() {
        var ui = UIState()
        let before = incident()
        press("j", &ui, before)
        let row = ui.selected(in: before)
        let after = alarmed(then: [(660, .tick)])
        ui.look(at: after)
        #expect(ui.selected(in: after) == row)
        #expect(Screen.draw(after, ui, size: .small).text.contains("row 2 of 5"))
    }

    @Test
    func `what fires while one moves is in the header at once, and in the list when one rests`() {
        var quiet = incident()
        quiet.conclude(AlertReport(rules: Alarm.rules))
        var ui = UIState()
        press("j", &ui, quiet)
        func lines(_ world: World) -> [Substring] {
            ui.look(at: world)
            return Screen.draw(world, ui, size: .small).text.split(
                separator: "\n", omittingEmptySubsequences: false)
        }
        let place = lines(quiet).firstIndex { $0.contains("payment  ") }
        let soon = lines(alarmed())
        #expect(soon.first?.contains("▲ 2 firing") == true)
        #expect(soon.firstIndex { $0.contains("payment  ") } == place)
        let later = lines(alarmed(then: [(650, .tick)]))
        #expect(later.contains { $0.contains("SagaCompensationStuck  payment") })
    }

    @Test func `a service that passes all its checks is sick while an alert of it fires`() {
        var world = world(
            watching: [FeedSource.usual[0]], [(1, .listed("order: a passing", "pay: a passing"))])
        var alert = Alarm.critical
        alert.labels = Labels(["alertname": "Slow", "severity": "warning", "service": "pay"])
        world.conclude(AlertReport(alerts: [alert]))
        let text = Screen.draw(world, UIState(), size: .small).text
        #expect(text.contains(/● pay +1\/1 +InstanceCritical/))
        var ui = UIState()
        press("e", &ui, world)
        #expect(ui.selected(in: world) == .service("pay"))
        type("/alerts>0", &ui, world)
        #expect(Screen.draw(world, ui, size: .small).text.contains("row 1 of 1"))
    }

    @Test(arguments: [
        (["service": "pay", "instance": "pay-2"], "pay-2"),
        (["service": "pay", "instance": "10.0.0.1:80"], "pay 10.0.0.1:80"),
        (["service": "pay", "saga": "order", "zone": "b"], "pay order zone=b"),
        (["key": "config/pay"], "config/pay"), (["alertname": "Watchdog"], ""),
        (["service": "pay", "environment": "production"], "pay"),
        (["check": "grpc", "team": "payments", "node": "n1\nn2"], "node=n1 n2"),
    ])
    func `where an alert is, is told by the labels that differ`(
        labels: [String: String], place: String
    ) {
        var world = incident()
        var alert = Alarm.critical
        alert.labels = Labels(labels)
        var rule = Alarm.rules[1]
        rule.labels["team"] = "payments"
        world.conclude(AlertReport(alerts: [alert], rules: [rule]))
        #expect(AlertWords.place(of: alert, Scene(world, .view(.alerts))) == place)
    }

    @Test func `what tells alerts of one name apart comes before where they are scraped`() {
        var world = incident()
        let alerts = ["b", "a"].map { room in
            var alert = Alarm.critical
            alert.fingerprint = room
            alert.labels = Labels([
                "alertname": "Hot", "instance": "127.0.0.1:23456", "job": "node", "room": room,
                "site": "north",
            ])
            return alert
        }
        world.conclude(AlertReport(alerts: alerts))
        let scene = Scene(world, .view(.alerts))
        #expect(
            alerts.map { AlertWords.place(of: $0, scene) } == [
                "room=b 127.0.0.1:23456 job=node site=north",
                "room=a 127.0.0.1:23456 job=node site=north",
            ])
        var ui = UIState()
        press("7", &ui, world)
        #expect(Screen.draw(world, ui, size: .small).text.contains("room=a 127"))
        let wide = Screen.draw(world, ui, size: Size(250, 24)).text
        #expect(wide.contains("room=a 127.0.0.1:23456 job=node"))
    }

    @Test func `how long an alert is pending yet is not cut off at eighty columns`() {
        let world = alarmed()
        var ui = UIState()
        press("7", &ui, world)
        let text = Screen.draw(world, ui, size: .small).text
        #expect(text.contains("pending 40s of 5m ") && text.contains("payment order-saga "))
    }

    @Test func `an alert whose source is blind stands, and says that nobody knows`() {
        var world = incident(then: [(650, .lost("consul/registry", "refused"))])
        world.conclude(AlertReport(alerts: [Alarm.critical], rules: Alarm.rules))
        var ui = UIState()
        press("7", &ui, world)
        #expect(Screen.draw(world, ui, size: .small).text.contains("40s, no data"))
        press(.enter, &ui, world)
        let card = Screen.draw(world, ui, size: Size(120, 24)).text
        #expect(card.contains("firing for 40s, no data"))
        #expect(card.contains("blind since 00:10:50: refused · evaluated"))
    }

    @Test func `an alert of another engine says whose it is`() {
        let engine = FeedSource(
            name: "prometheus", kind: .prometheus, world: .metrics, address: "10.0.0.9:9090")
        let alert = EngineAlert(
            fingerprint: "ab12", labels: Labels(["alertname": "DiskFull", "instance": "db-1"]),
            state: .firing, active: .second(2), value: "0.97")
        let world = world(
            watching: [FeedSource.usual[0], engine],
            [
                (5, .alerts("prometheus/metrics", .listed([alert]))),
                (60, .answered("prometheus/metrics")), (65, .tick),
            ])
        var ui = UIState()
        press("7", &ui, world)
        #expect(
            Screen.draw(world, ui, size: .small).text.contains(/DiskFull +db-1 +1m03s +– +0.97/))
        press(.enter, &ui, world)
        let card = Screen.draw(world, ui, size: .small).text
        #expect(card.contains("prometheus, 5.0 s ago"))
        #expect(card.contains("told by prometheus/metrics"))
        press(.enter, &ui, world)
        #expect(ui.place == .alert("prometheus/metrics/ab12"))
    }

    @Test func `alerts that nothing folds are not copied to be shown`() {
        var world = incident()
        var storm = Alarm.storm(4000)
        for place in storm.alerts.indices { storm.alerts[place].name += "\(place)" }
        world.conclude(storm)
        var ui = UIState()
        press("7", &ui, world)
        press("G", &ui, world)
        guard case .alerts(let rows) = ui.page.lists[.alerts]?.rows else {
            Issue.record("rows of their own")
            return
        }
        #expect(rows.count == 4000)
        #expect(Screen.draw(world, ui, size: .small).text.contains("row 4,000 of 4,000"))
    }
}

struct ThresholdTests {
    @Test(arguments: [
        ("up == 0", "equal to", 0), ("saga_instances{status=\"a > 3\"} >= 2", "at or above", 2),
        ("sum by (service) (rate(errors[5m])) / 2 > 1e3", "above", 1000),
        ("free{job=~\"a|b\"} < -0.5", "below", -0.5), ("a <= 5 # > 7", "at or below", 5),
        ("a\n  !=\n  3", "other than", 3), ("order_total > 1", "above", 1),
        ("(a or b) > 4", "above", 4),
        ("a > 1 < 9", "below", 9), ("a >= 1 / 4", "at or above", 0.25),
        ("a > 60 * 60 * 2", "above", 7200),
    ])
    func `a comparison with a number has a threshold`(
        expression: String, words: String, value: Double
    ) {
        let threshold = Threshold(of: expression)
        #expect(threshold?.words == words)
        #expect(threshold?.value == value)
    }

    @Test(arguments: [
        "up", "absent(up)", "a > b", "a > 5 and b < 3", "a > 5 or b > 3", "a > bool 5", "a > 5 * b",
        "a > 5 / 0",
        "5 < a", "(a > 5)", "a{b=\"> 5\"}", "a unless b == 1", "a > 5 AND b > 1", "", "a > inf",
        ")( > ",
        "a > 5 # comment with > 7\n or b", "'\\",
    ])
    func `anything else has none`(expression: String) {
        #expect(Threshold(of: expression) == nil)
    }
}

struct FoldingTests {
    private func text(_ spans: [Span], _ width: Int) -> [String] {
        folded(spans, width: width).map { $0.map(\.text).joined() }
    }

    @Test func `a line is cut between words, and what follows a label stays beside it`() {
        let line = [Span("what  ", .muted), Span("one two three")]
        #expect(text(line, 40) == ["what  one two three"])
        #expect(text(line, 14) == ["what  one two", "      three"])
        #expect(text(line, 10) == ["what  one", "two three"])
    }

    @Test func `a word without room in a line is cut, wherever it is from`() {
        #expect(text([Span("aaaa"), Span("bbbb cc")], 5) == ["aaaa", "bbbb", "cc"])
        #expect(text([Span("abcdefgh")], 3) == ["abc", "def", "gh"])
        #expect(text([Span("支払いサービス")], 5) == ["支払", "いサ", "ービ", "ス"])
        #expect(text([Span("支払")], 1).count == 2)
        #expect(text([], 5) == [""])
        #expect(text([Span("ab")], 0) == ["a", "b"])
    }
}
