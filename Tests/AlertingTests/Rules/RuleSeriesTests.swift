import Alerting
import Events
import PromQL
import Testing

struct RuleSeriesTests {
    @Test func `an alert is told by series, which end with it`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0, for: 1m}")
        try lab.minute(["up": 0])
        #expect(
            try lab.query("ALERTS") == [
                "{__name__=\"ALERTS\", alertname=\"Down\", alertstate=\"pending\"} 1.0"
            ])
        try lab.minute(["up": 0])
        #expect(
            try lab.query("ALERTS") == [
                "{__name__=\"ALERTS\", alertname=\"Down\", alertstate=\"firing\"} 1.0"
            ])
        #expect(
            try lab.query("ALERTS_FOR_STATE") == [
                "{__name__=\"ALERTS_FOR_STATE\", alertname=\"Down\"} 60.0"
            ])
        try lab.minute(["up": 1])
        #expect(try lab.query("{__name__=~\"ALERTS.*\"}") == [])
    }

    @Test func `a rule sees what those before it wrote in the same round`() throws {
        let lab = try Lab(
            """
            - {record: "job:up:sum", expr: sum by (job) (up), labels: {unit: ones}}
            - {alert: Few, expr: "job:up:sum < 2"}
            - {alert: Any, expr: "count(ALERTS{alertstate='firing'}) > 0"}
            """)
        #expect(
            try lab.minute(["up{job=\"a\",i=\"1\"}": 1, "up{job=\"a\",i=\"2\"}": 0]) == [
                "Few{job=\"a\", unit=\"ones\"}: none > firing", "Any{}: none > firing",
            ])
        #expect(
            try lab.query("job:up:sum") == [
                "{__name__=\"job:up:sum\", job=\"a\", unit=\"ones\"} 1.0"
            ])
    }

    @Test func `a recorded series ends when its rule no longer gives it`() throws {
        let lab = try Lab("- {record: bad, expr: up == 0}")
        try lab.minute(["up{job=\"a\"}": 0, "up{job=\"b\"}": 0])
        try lab.minute(["up{job=\"a\"}": 1, "up{job=\"b\"}": 0])
        #expect(try lab.query("bad") == ["{__name__=\"bad\", job=\"b\"} 0.0"])
        #expect(lab.evaluation.rules.map(\.count) == [1])
    }

    @Test func `two results that become one series are an error`() throws {
        let lab = try Lab("- {record: any, expr: up, labels: {job: \"\"}}")
        try lab.minute(["up{job=\"a\"}": 0, "up{job=\"b\"}": 0])
        #expect(
            lab.evaluation.rules.first?.lastError
                == "vector contains metrics with the same labelset after applying rule labels")
    }

    @Test func `what is not supported is told with its place in the rule as it is shown`() throws {
        let lab = try Lab("- {record: any, expr: \"1   +   histogram_count(up)\"}")
        try lab.minute(["up": 0])
        let rule = try #require(lab.evaluation.rules.first)
        #expect(rule.rule.expression.description == "1 + histogram_count(up)")
        #expect(rule.lastError == "1:5: histogram_count() is not supported here")
    }

    @Test func `a query offset evaluates and writes in the past`() throws {
        let lab = try Lab("- {record: past, expr: up}", group: "query_offset: 1m")
        try lab.minute(["up": 1])
        try lab.minute(["up": 2])
        #expect(try lab.query("past") == ["{__name__=\"past\"} 1.0"])
        #expect(try lab.query("timestamp(past)") == ["{} 60.0"])
    }

    @Test func `the metrics that a group reads are known, unless it may read any`() throws {
        let lab = try Lab("- {record: a, expr: b + c}\n- {alert: d, expr: \"rate(e[5m]) > 0\"}")
        #expect(lab.evaluation.metricNames == ["b", "c", "e"])
        #expect(try Lab("- {record: a, expr: 'count({job=\"x\"})'}").evaluation.metricNames == nil)
    }

    @Test func `records tell the world of alerts and rules`() throws {
        let lab = try Lab("- {alert: Down, expr: up == 0, for: 1m, labels: {severity: page}}")
        try lab.minute(["up": 0])
        let rule = try #require(lab.evaluation.ruleRecords.first)
        #expect(rule.group == "lab" && rule.count == 1 && rule.holdDuration == .seconds(60))
        let alert = try #require(lab.evaluation.alertRecords.first)
        #expect(alert.rule == rule.id && alert.severity == .critical && alert.state == .pending)
    }
}
