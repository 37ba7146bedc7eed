// RecordedErrorsTests: what Prometheus 3.14 said of expressions, held against what we say.
import TestKit
import Testing

@testable import PromQL

struct RecordedErrorsTests {
    private struct Row: Decodable {
        var expr: String
        var fails: Bool
        var message: String?
    }

    @Test(.enabled(if: SharedMaterial.has("promql/prometheus3"), SharedMaterial.missing))
    func `errors read as Prometheus words and places them`() throws {
        let rows = try SharedMaterial.rows(
            "promql/prometheus3/parse/errors.jsonl", as: Row.self)
        #expect(rows.count > 400)
        for row in rows {
            let wanted = row.fails ? row.message ?? "" : "good"
            #expect(verdict(row.expr) == wanted, "\(row.expr)")
        }
    }

    private struct Verdict: Decodable {
        var expr: String
        var fails: Bool?

        enum CodingKeys: String, CodingKey {
            case expr
            case fails = "fails_in_3_14"
        }
    }

    @Test(.enabled(if: SharedMaterial.has("promql/invalid"), SharedMaterial.missing))
    func `what other parsers are tried with is accepted and refused alike`() throws {
        let rows = try SharedMaterial.rows("promql/invalid/exprs.jsonl", as: Verdict.self)
        #expect(rows.count > 300)
        for row in rows {
            let verdict = verdict(row.expr)
            // These verdicts were given with all features enabled.
            if row.fails == nil || verdict.hasSuffix("is not enabled") { continue }
            #expect((verdict != "good") == row.fails, "\(row.expr)")
        }
    }
}

/// `good`, or why the text is no expression.
func verdict(_ text: String) -> String {
    do throws(ParseError) {
        _ = try Expression.parse(text)
        return "good"
    } catch {
        return error.description
    }
}
