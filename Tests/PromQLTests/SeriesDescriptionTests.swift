// SeriesDescriptionTests: the notation of series in rules' unit tests.
import Events
import TestKit
import Testing

@testable import PromQL

struct SeriesDescriptionTests {
    @Test(
        arguments: [
            ("1 2.5 -3", [.sample(1), .sample(2.5), .sample(-3)]),
            ("1x2 _ _x2", [.sample(1), .sample(1), .sample(1), .omitted, .omitted, .omitted]),
            ("1+2x2", [.sample(1), .sample(3), .sample(5)]),
            ("-1-1x1 stale Inf", [.sample(-1), .sample(-2), .stale, .sample(.infinity)]),
            ("", []),
        ] as [(String, [SeriesDescription.Value])])
    func `values are written out`(values: String, expected: [SeriesDescription.Value]) throws {
        let series = try SeriesDescription.parse("x{a=\"b\"} \(values)")
        #expect(series.labels == Labels(["__name__": "x", "a": "b"]))
        #expect(series.values == expected)
    }

    @Test(arguments: [
        ("x 1 2,3", "1:6: parse error: unexpected character in series sequence: ','"),
        (
            "x gone",
            "1:3: parse error: unexpected identifier \"gone\" in series values, expected number or \"stale\""
        ),
        ("x 1+", "1:5: parse error: unexpected end of input in series values"),
        ("x{a=b} 1", "1:5: parse error: unexpected identifier \"b\" in label set, expected string"),
        ("x {{schema:1}}", "1:3: parse error: native histograms are not supported here"),
        ("x 1x2000000", "1:3: parse error: series has more than 1048576 values"),
    ])
    func `a broken series is named`(text: String, message: String) {
        let error = #expect(throws: ParseError.self) { try SeriesDescription.parse(text) }
        #expect(error?.description == message)
    }

    @Test func `the name before the braces counts, and of two labels the later`() throws {
        let series = try SeriesDescription.parse(
            #"x{__name__="y", "z", a="b", a="c", d="e", d=""}"#)
        #expect(series.labels == Labels(["__name__": "x", "a": "c"]))
    }

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
