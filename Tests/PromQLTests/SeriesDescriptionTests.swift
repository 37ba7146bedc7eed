// SeriesDescriptionTests: the notation of series in rules' unit tests.
import Events
import TestKit
import Testing

@testable import PromQL

struct SeriesDescriptionTests {
    private struct Row: Decodable {
        var series: String
        var values: String
        var fails: Bool
        var message: String?
    }

    @Test(.enabled(if: SharedMaterial.has("promql/invalid"), SharedMaterial.missing))
    func `series are accepted and refused as promtool does`() throws {
        let rows = try SharedMaterial.rows("promql/invalid/series.jsonl", as: Row.self)
        // An empty label set is a matter of whoever stores the series.
        for row in rows where row.series != "{}" {
            let text = "\(row.series) \(row.values)"
            do throws(ParseError) {
                _ = try SeriesDescription.parse(text)
                #expect(!row.fails, "\(text)")
            } catch {
                #expect("1:\(row.message ?? "")" == error.description, "\(text)")
            }
        }
    }
}
