import Alerting
import Events
import FoundationEssentials
import PromQL
import Testing

private let slow = "- {alert: Slow, expr: latency > 1, for: 3m, labels: {severity: page}}"

struct ContinuationTests {
    @Test func `a changed rule keeps its alerts where name and labels stay`() throws {
        let lab = try Lab("- {alert: A, expr: up == 0}\n- {alert: B, expr: up == 0}")
        try lab.minute(["up": 0])
        try lab.reload(
            "- {alert: A, expr: up < 1}\n- {alert: B, expr: up == 0, labels: {severity: page}}")
        #expect(lab.alerts == ["firing A{}"])
        #expect(lab.evaluation.rules.map(\.state) == [.unknown, .unknown])
        #expect(try lab.minute(["up": 0]) == ["B{severity=\"page\"}: none > firing"])
        #expect(try lab.query("count(ALERTS)") == ["{} 2.0"])
    }

    @Test func `the series of a group that is gone end`() throws {
        let lab = try Lab("- {alert: A, expr: up == 0}\n- {record: b, expr: up}")
        try lab.minute(["up": 0])
        lab.evaluation.end(at: lab.now + .seconds(1))
        try lab.reload("- {record: c, expr: up}")
        try lab.minute(["up": 0])
        #expect(try lab.query("{__name__=~\"ALERTS|b\"}") == [])
    }

    @Test func `after a restart alerts are what they were, whatever their rule waits`() throws {
        let lab = try Lab(slow)
        try lab.minute(["latency{job=\"a\"}": 2])
        for _ in 0..<3 { try lab.minute(["latency{job=\"a\"}": 2, "latency{job=\"b\"}": 2]) }
        let memory = try reread(lab.restart(after: 5))
        lab.evaluation.restore(from: memory, at: lab.now)
        #expect(
            lab.alerts == [
                "firing Slow{job=\"a\", severity=\"page\"}",
                "pending Slow{job=\"b\", severity=\"page\"}",
            ])
        #expect(
            try lab.minute(["latency{job=\"a\"}": 2, "latency{job=\"b\"}": 2]) == [
                "Slow{job=\"b\", severity=\"page\"}: pending > firing"
            ])
    }

    @Test func `after a restart what is gone is resolved, and what is old is not restored`() throws
    {
        let lab = try Lab("- {alert: Slow, expr: latency > 1}")
        try lab.minute(["latency": 2])
        let memory = lab.restart(after: 30)
        lab.evaluation.restore(from: memory, at: lab.now)
        #expect(try lab.minute() == ["Slow{}: firing > resolved"])
        let old = lab.restart(after: 90)
        lab.evaluation.restore(from: old, at: lab.now)
        #expect(lab.alerts == [])
    }

    @Test func `after a restart nothing is over before its rule has been evaluated for a minute`()
        throws
    {
        let lab = try Lab(
            "- {alert: Slow, expr: latency > 1}\n- {alert: Held, expr: latency > 1, for: 1h}")
        try lab.minute(["latency": 2])
        let memory = lab.restart(after: 1)
        lab.evaluation.restore(from: memory, at: lab.now)
        lab.store.append(0, to: Labels(["__name__": "latency"]), at: lab.now)
        #expect(lab.evaluation.evaluate(at: lab.now + .seconds(30)) == [])
        #expect(lab.alerts == ["firing Slow{}", "pending Held{}"])
        // Found once, it is an alert like any other.
        try lab.minute(["latency": 2])
        #expect(lab.evaluation.alerts(named: "Held").map(\.activeAt) == [lab.now + .seconds(-60)])
        #expect(try lab.minute(["latency": 0]).count == 2)
    }

    @Test func `what cannot be seen is left as it is`() throws {
        let lab = try Lab("- {alert: Slow, expr: latency > 1}")
        try lab.minute(["latency{job=\"a\"}": 2, "latency{job=\"b\"}": 2])
        lab.evaluation.isUnseen = { $0 == ["latency"] && $1["job"] == "a" }
        let quick: [String: Double] = ["latency{job=\"a\"}": 0, "latency{job=\"b\"}": 0]
        #expect(try lab.minute(quick) == ["Slow{job=\"b\"}: firing > resolved"])
        #expect(try lab.query("count(ALERTS)") == ["{} 1.0"])
        lab.evaluation.isUnseen = { _, _ in false }
        #expect(try lab.minute(quick) == ["Slow{job=\"a\"}: firing > resolved"])
    }

    @Test func `an alert whose value is no number is kept, too`() throws {
        let lab = try Lab("- {alert: Odd, expr: latency != 1}")
        try lab.minute(["latency": .nan])
        let memory = try reread(lab.restart(after: 1))
        lab.evaluation.restore(from: memory, at: lab.now)
        #expect(lab.evaluation.alerts.map(\.value.isNaN) == [true])
    }

    @Test func `a memory with impossible moments is not restored`() throws {
        let lab = try Lab("- {alert: Slow, expr: latency > 1}")
        try lab.minute(["latency": 2])
        var memory = lab.restart(after: 1)
        memory.taken = Instant(milliseconds: .min)
        lab.evaluation.restore(from: memory, at: lab.now)
        lab.evaluation.restoreAsPrometheus(from: memory, at: lab.now)
        #expect(lab.alerts == [])
        #expect(try lab.minute(["latency": 2]) == ["Slow{}: none > firing"])
    }

    @Test func `Prometheus' own way restores after two evaluations, and not what waits briefly`()
        throws
    {
        let lab = try Lab(slow + "\n- {alert: Brief, expr: latency > 1, for: 1m}")
        for _ in 0..<4 { try lab.minute(["latency": 2]) }
        let memory = lab.restart(after: 2)
        lab.evaluation.restoreAsPrometheus(
            from: memory, at: lab.now, gracePeriod: .seconds(120))
        try lab.minute(["latency": 2])
        #expect(lab.evaluation.alerts.map(\.activeAt) == [lab.now, lab.now])
        try lab.minute(["latency": 2])
        #expect(lab.evaluation.alerts.first?.activeAt == Instant(milliseconds: 60_000))
        #expect(try lab.query("timestamp(ALERTS) > 400") == [])
        #expect(try lab.minute(["latency": 2]).first?.hasSuffix("pending > firing") == true)
    }

    /// As it is after a stay on disk.
    private func reread(_ memory: AlertMemory) throws -> AlertMemory {
        let bytes = try JSONEncoder().encode(memory)
        return try JSONDecoder().decode(AlertMemory.self, from: bytes)
    }
}
