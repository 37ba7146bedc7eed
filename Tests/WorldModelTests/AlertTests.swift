import Events
import TestKit
import Testing

@testable import WorldModel

struct AlertTests {
    private func alert(
        _ name: String, _ severity: String = "warning", _ state: AlertState = .firing,
        service: String = "cart", at second: Int = 10
    ) -> AlertRecord {
        AlertRecord(
            fingerprint: "\(name)-\(service)", name: name,
            labels: Labels(["severity": severity, "service": service]), state: state, value: 1,
            active: .second(second), fired: state == .pending ? nil : .second(second),
            evaluated: .second(60))
    }

    private func rule(_ name: String, _ health: RuleRecord.Health) -> RuleRecord {
        RuleRecord(group: "g", file: "f", name: name, expression: "up == 0", health: health)
    }

    private func concluded(_ reports: AlertReport...) -> World {
        var world = World()
        for report in reports { world.conclude(report) }
        return world
    }

    @Test func `what its rule could not see when it looked last has no data`() {
        var (rule, slow) = (rule("Slow", .ok), alert("Slow"))
        (slow.rule, rule.evaluated) = (rule.id, .second(60))
        #expect(!concluded(AlertReport(alerts: [slow], rules: [rule])).hasNoData(slow))
        rule.evaluated = .second(75)
        #expect(concluded(AlertReport(alerts: [slow], rules: [rule])).hasNoData(slow))
        slow.state = .resolved
        #expect(!concluded(AlertReport(alerts: [slow], rules: [rule])).hasNoData(slow))
    }

    @Test func `what nobody tells now has no data, though its last state is known`() {
        var world = world([(1, .answered("lra/sagas")), (1, .answered("zipkin/traces"))])
        var (rule, stuck) = (rule("SagaStuck", .ok), alert("SagaStuck", service: ""))
        rule.reads = ["saga_stuck_instances"]
        stuck.rule = rule.id
        world.conclude(AlertReport(alerts: [stuck], rules: [rule]))
        #expect(!world.hasNoData(stuck))
        world.apply(Envelope(sequence: 9, at: .second(2), event: .lost("zipkin/traces", "refused")))
        #expect(!world.hasNoData(stuck))
        world.apply(Envelope(sequence: 10, at: .second(3), event: .lost("lra/sagas", "refused")))
        #expect(world.hasNoData(stuck))
    }

    @Test
    func `services with alerts stand first among those of their health, the loudest before all`() {
        let listed = Event.listed("a: 1 passing", "b: 1 unknown", "c: 1 passing", "d: 1 critical")
        var world = world([(1, listed)])
        var order: [String] { world.registry.sickestFirst.map(\.name) }
        #expect(order == ["d", "b", "a", "c"])
        let loud = [alert("Slow", service: "a"), alert("Burns", "critical", service: "c")]
        world.conclude(AlertReport(alerts: loud))
        #expect(order == ["d", "c", "a", "b"])
        // An alert stays with a service that is told anew.
        world.apply(Envelope(sequence: 9, at: .second(2), event: .changed("c: 1 passing v2")))
        #expect(order == ["d", "c", "a", "b"])
        #expect(order.map(world.registry.place) == [0, 1, 2, 3])
        world.conclude(AlertReport())
        #expect(order == ["d", "b", "a", "c"])
    }

    @Test func `firing stands before pending before resolved, then the loudest, then the newest`() {
        let world = concluded(
            AlertReport(alerts: [
                alert("Over", "critical", .resolved), alert("Soon", "page", .pending),
                alert("Old"), alert("New", at: 20), alert("Loud", "critical"),
                alert("Quiet", "info", at: 50),
            ]))
        let names = world.alerts.all.map(\.name)
        #expect(names == ["Loud", "New", "Old", "Quiet", "Soon", "Over"])
        #expect(world.alerts.open.map(\.name) == names.dropLast())
        #expect(world.alerts.firing == 4)
        #expect(world.alerts.pending == 1)
        #expect(world.alerts.loudness == [.critical: 1, .warning: 2, .info: 1])
        #expect(world.alerts.worst == .critical)
    }

    @Test func `an alert is found by its id, and by the service that it is about`() {
        let world = concluded(
            AlertReport(alerts: [
                alert("A"), alert("B", service: "pay"),
                alert("C", "info", .pending, service: "pay"),
                alert("D", "info", .resolved, service: "pay"), alert("E", service: ""),
            ]))
        #expect(world.alerts["B-pay"]?.name == "B")
        #expect(world.alerts["X-pay"] == nil)
        #expect(world.alerts.of("pay").map(\.name) == ["B", "C", "D"])
        #expect(world.alerts.open(of: "pay").map(\.name) == ["B", "C"])
        #expect(world.alerts.firing(of: "pay").map(\.name) == ["B"])
        #expect(world.alerts.of("").isEmpty)
        let places = world.alerts.all.map { world.alerts.place(of: $0.id) }
        #expect(places == Array(0..<5))
    }

    @Test func `the same report told twice is no change`() {
        let report = AlertReport(alerts: [alert("B"), alert("A")], rules: [rule("A", .ok)])
        let world = concluded(report, report)
        #expect(world.alerts.revision == 1)
        #expect(world.changes.all.map(\.text) == ["A fires", "B fires"])
    }

    @Test func `two rules that tell of one alert keep what each says of it`() {
        var (first, second) = (alert("A"), alert("A", at: 20))
        (first.rule, second.rule) = ("one", "other")
        var world = concluded(AlertReport(alerts: [first, second]))
        (first.value, second.value) = (5, 6)
        world.conclude(AlertReport(alerts: [first, second]))
        let values = Dictionary(uniqueKeysWithValues: world.alerts.all.map { ($0.rule, $0.value) })
        #expect(values == ["one": 5, "other": 6])
    }

    @Test func `what fires and what is resolved is news, what is pending is not`() {
        let world = concluded(
            AlertReport(alerts: [alert("A", "info", .pending)]), AlertReport(alerts: [alert("A")]),
            AlertReport(alerts: [alert("A", "info", .resolved)]), AlertReport())
        #expect(world.changes.all.map(\.text) == ["A fires", "A is resolved"])
    }

    @Test func `a storm does not wash everything else out of the ledger`() {
        let storm = (0..<4000).map { alert("A\($0)", $0 == 3999 ? "critical" : "warning") }
        let world = concluded(AlertReport(alerts: storm))
        #expect(world.changes.all.count == Alerts.mostNews + 1)
        #expect(world.changes.all.first?.text == "A3999 fires")
        #expect(world.changes.all.last?.text == "3980 more fire or are resolved")
    }

    @Test func `rules that failed stand first, the others as in their files`() {
        let world = concluded(
            AlertReport(rules: [
                rule("a", .ok), rule("b", .unknown), rule("c", .err), rule("d", .ok),
                rule("e", .err),
            ]))
        #expect(world.alerts.rules.map(\.name) == ["c", "e", "a", "b", "d"])
        #expect(world.alerts.healths == [.err: 2, .ok: 2, .unknown: 1])
        #expect(world.alerts.rule("f;g;d;up == 0")?.name == "d")
    }
}
