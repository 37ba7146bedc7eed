// How the value of an alert went, before and since.
import Alerting
import Events
import Testing

struct AlertCourseTests {
    private func values(_ lab: Lab) throws -> [Double] {
        let record = try #require(lab.evaluation.alertRecords.first)
        return try #require(record.points).values.compactMap(\.self)
    }

    @Test func `values below the threshold are in it, from before the alert`() throws {
        let lab = try Lab("- {alert: Hot, expr: celsius > 30, labels: {severity: page}}")
        for celsius in [20, 24, 28.0] { try lab.minute(["celsius{room=\"a\"}": celsius]) }
        #expect(lab.evaluation.alertRecords.isEmpty)
        try lab.minute(["celsius{room=\"a\"}": 32])
        // Each half minute; a sample is looked back at until the next one.
        #expect(try values(lab) == [20, 20, 24, 24, 28, 28, 32])
        try lab.minute(["celsius{room=\"a\"}": 35])
        #expect(try values(lab) == [20, 20, 24, 24, 28, 28, 32, 35])
    }

    @Test func `it is half an hour long and ends now`() throws {
        let lab = try Lab("- {alert: Hot, expr: 30 < celsius}")
        for minute in 1...100 { try lab.minute(["celsius": 30 + Double(minute)]) }
        let points = try #require(lab.evaluation.alertRecords.first?.points)
        #expect(points.values.count == 60)
        #expect(points.start + points.step * 59 == lab.now)
        #expect(points.values.last == 130)
    }

    @Test func `a rule with very many alerts keeps none`() throws {
        let lab = try Lab("- {alert: Hot, expr: celsius > 30}")
        let rooms = (1...300).map { ("celsius{room=\"\($0)\"}", 31.0) }
        try lab.minute(Dictionary(uniqueKeysWithValues: rooms))
        #expect(lab.evaluation.alertRecords.count == 300)
        #expect(lab.evaluation.alertRecords.allSatisfy { $0.points == nil })
    }
}
