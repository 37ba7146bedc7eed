import Events
import Foundation
import PromQL
import TestKit
import Testing

/// Held against what Prometheus 3.14 answered, for floats at its default flags.
struct RecordedAnswersTests {
    @Test(
        .enabled(if: SharedMaterial.has("promql/conformance"), SharedMaterial.missing),
        arguments: ["cases", "cases_newer"])
    func `Prometheus' own test scripts are answered alike`(file: String) throws {
        let path = "promql/conformance/\(file).jsonl"
        let rows = try SharedMaterial.rows(path, as: RecordedCase.self)
            .filter { $0.needs == nil && !$0.hasNativeHistograms }
        let complaints = try rows.compactMap { row in
            let evaluator = Evaluator(try row.store())
            return row.complaint(evaluator).map { "\(row.id) \(row.expr)\n    \($0)" }
        }
        #expect(complaints.isEmpty, "\(complaints.count) of \(rows.count):\n\(complaints.report)")
    }

    @Test(.enabled(if: SharedMaterial.has("promql/compliance"), SharedMaterial.missing))
    func `the public compliance queries are answered alike`() throws {
        let rows = try SharedMaterial.rows("promql/compliance/cases.jsonl", as: RecordedCase.self)
        let series = try JSONDecoder().decode(
            [RecordedSeries].self,
            from: SharedMaterial.bytes("promql/compliance/load.json") ?? Data())
        let evaluator = Evaluator(RecordedSeries.store(series))
        let complaints = rows.compactMap { row in
            row.complaint(evaluator).map { "\(row.id) \(row.expr)\n    \($0)" }
        }
        #expect(complaints.isEmpty, "\(complaints.count) of \(rows.count):\n\(complaints.report)")
    }
}

/// The samples that all compliance queries read.
private struct RecordedSeries: Decodable {
    /// `[milliseconds, "value"]`.
    struct Point: Decodable {
        let time: Int64
        let value: Double

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            time = try fields.decode(Int64.self)
            let text = try fields.decode(String.self)
            value = text == "stale" ? .stale : Double(text) ?? .nan
        }
    }

    let metric: [String: String]
    let points: [Point]

    static func store(_ series: [RecordedSeries]) -> SeriesStore {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(1e9)))
        for one in series {
            for point in one.points {
                store.append(
                    point.value, to: Labels(one.metric), at: Instant(milliseconds: point.time))
            }
        }
        return store
    }
}

extension [String] {
    fileprivate var report: String { prefix(400).joined(separator: "\n") }
}
