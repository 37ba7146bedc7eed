// RecordedPrintsTests: how Prometheus 3.14 formats expressions and which tree it has of them.
import TestKit
import Testing

@testable import PromQL

struct RecordedPrintsTests {
    private struct Row: Decodable {
        var expr: String
        var formatted: String
        var ast: SyntaxTree
        var needsFeatures: Bool?

        enum CodingKeys: String, CodingKey {
            case expr, formatted, ast
            case needsFeatures = "needs_features"
        }
    }

    @Test(.enabled(if: SharedMaterial.has("promql/prometheus3"), SharedMaterial.missing))
    func `expressions are formatted and understood as Prometheus does`() throws {
        let rows = try SharedMaterial.rows(
            "promql/prometheus3/parse/printer.jsonl", as: Row.self)
        #expect(rows.count > 300)
        for row in rows where row.needsFeatures != true {
            let expression = try Expression.parse(row.expr)
            #expect(expression.pretty == row.formatted)
            #expect(SyntaxTree(expression) == row.ast, "\(row.expr)")
            #expect(try Expression.parse(expression.pretty).pretty == expression.pretty)
        }
    }

    @Test(.enabled(if: SharedMaterial.has("promql/corpus"), SharedMaterial.missing))
    func `rules of real teams are read, and printed so that they read back`() throws {
        let rules = SharedMaterial.ruleExpressions
        #expect(rules.count > 2000)
        for rule in rules {
            let expression = try Expression.parse(rule)
            #expect(try Expression.parse(expression.description) == expression, "\(rule)")
            #expect(try Expression.parse(expression.pretty) == expression, "\(rule)")
        }
    }
}
