import Alerting
import Events
import FoundationEssentials
import Testing

private let down = """
    - alert: Down
      expr: up == 0
      for: 2m
    """

struct AlertLifeTests {
    @Test func `an alert is pending, then fires, then is resolved and soon forgotten`() throws {
        let lab = try Lab(down)
        #expect(try lab.minute(["up": 0]) == ["Down{}: none > pending"])
        #expect(try lab.minute(["up": 0]) == [])
        #expect(try lab.minute(["up": 0]) == ["Down{}: pending > firing"])
        #expect(try lab.minute(["up": 1]) == ["Down{}: firing > resolved"])
        #expect(lab.alerts == ["resolved Down{}"])
        for _ in 0..<15 { #expect(try lab.minute(["up": 1]) == []) }
        #expect(lab.alerts == ["resolved Down{}"])
        #expect(try lab.minute(["up": 1]) == [])
        #expect(lab.alerts == [])
    }

    @Test func `a pending alert that is gone is forgotten, and begins anew`() throws {
        let lab = try Lab(down)
        try lab.minute(["up": 0])
        #expect(try lab.minute(["up": 1]) == ["Down{}: pending > none"])
        #expect(try lab.minute(["up": 0]) == ["Down{}: none > pending"])
        #expect(lab.evaluation.alerts.map(\.activeAt) == [lab.now])
    }

    @Test func `a resolved alert that comes back is a new one`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0}")
        #expect(try lab.minute(["up": 0]) == ["Down{}: none > firing"])
        try lab.minute(["up": 1])
        #expect(try lab.minute(["up": 0]) == ["Down{}: resolved > firing"])
        let alert = try #require(lab.evaluation.alerts.first)
        #expect(alert.activeAt == lab.now && alert.firedAt == lab.now && alert.resolvedAt == nil)
    }

    @Test func `a firing alert is kept firing, and its return ends the keeping`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0, keep_firing_for: 2m}")
        try lab.minute(["up": 0])
        #expect(try lab.minute(["up": 1]) == [])
        #expect(lab.evaluation.alerts.first?.keepFiringSince == lab.now)
        #expect(try lab.minute(["up": 0]) == [])
        #expect(lab.evaluation.alerts.first?.keepFiringSince == nil)
        #expect(try lab.minute(["up": 1]) == [])
        #expect(try lab.minute(["up": 1]) == [])
        #expect(try lab.minute(["up": 1]) == ["Down{}: firing > resolved"])
    }

    @Test func `a label made from the value is another alert, an annotation is not`() throws {
        let lab = try Lab(
            """
            - alert: Slow
              expr: latency > 1
              labels: {level: "{{ $value }}", job: ""}
              annotations: {summary: "{{ $labels.job }} takes {{ $value }} s"}
            """)
        #expect(try lab.minute(["latency{job=\"a\"}": 2]) == ["Slow{level=\"2\"}: none > firing"])
        #expect(
            try lab.minute(["latency{job=\"a\"}": 3]) == [
                "Slow{level=\"2\"}: firing > resolved", "Slow{level=\"3\"}: none > firing",
            ])
        #expect(lab.evaluation.alerts.last?.annotations["summary"] == "a takes 3 s")
    }

    @Test func `two results that become one alert leave all as it was`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0, labels: {job: any}}")
        try lab.minute(["up{job=\"a\"}": 0])
        #expect(try lab.minute(["up{job=\"a\"}": 1, "up{job=\"b\"}": 0]) == [])
        #expect(try lab.minute(["up{job=\"a\"}": 0, "up{job=\"b\"}": 0]) == [])
        let status = try #require(lab.evaluation.rules.first)
        #expect(status.health == .err)
        #expect(status.lastError.hasSuffix("same labelset after applying alert labels"))
        #expect(lab.alerts == ["firing Down{job=\"any\"}"])
        #expect(try lab.minute(["up{job=\"a\"}": 1, "up{job=\"b\"}": 0]) == [])
        #expect(lab.evaluation.rules.first?.lastError == "")
    }

    @Test func `more alerts than the limit are dropped, all of them`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0}", group: "limit: 1")
        try lab.minute(["up{job=\"a\"}": 0, "up{job=\"b\"}": 1])
        let dropped = try lab.minute(["up{job=\"a\"}": 0, "up{job=\"b\"}": 0])
        #expect(dropped.contains("Down{job=\"a\"}: firing > none"))
        #expect(lab.alerts == [])
        #expect(lab.evaluation.rules.first?.lastError == "exceeded limit of 1 with 2 alerts")
    }

    @Test func `a rule is unknown until its first evaluation`() throws {
        let lab = try Lab(down)
        #expect(lab.evaluation.rules.map(\.state) == [.unknown])
        #expect(lab.evaluation.rules.map(\.health) == [.unknown])
        try lab.minute()
        #expect(lab.evaluation.rules.map(\.state) == [.inactive])
        try lab.minute(["up": 0])
        #expect(lab.evaluation.rules.map(\.state) == [.pending])
        #expect(lab.evaluation.rules.map(\.count) == [1])
    }

    @Test func `an alert is known by Alertmanager's fingerprint`() throws {
        let lab = try Lab("- {alert: T, expr: up == 0}")
        try lab.minute(["up{team=\"a\"}": 0])
        #expect(lab.evaluation.alerts.map(\.fingerprint) == ["c743dd7cedc88430"])
        #expect(Labels().fingerprint == "cbf29ce484222325")
    }
}
