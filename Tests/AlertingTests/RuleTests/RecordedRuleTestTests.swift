import TestKit
import Testing

/// Files that promtool 3.14 passes: Prometheus' own scripts, the life of alerts, other people's.
///
/// All files of other people at once: `clawtop rules test promql/ruletests/*/*.test.yml`. Here are
/// those that take less than a second each.
@Suite(.enabled(if: SharedMaterial.has("promql/ruletests"), SharedMaterial.missing))
struct RecordedRuleTestTests {
    @Test(arguments: [
        ("conformance/promtool", ".yml"),
        ("lifecycle", ".test.yml"),
        ("ruletests/prometheus", ".test.yml"),
        ("ruletests/thanos", ".test.yml"),
        ("ruletests/govuk-helm-charts", ".test.yml"),
        ("ruletests/konflux-o11y", ".test.yml"),
    ])
    func `what promtool passes, passes`(folder: String, ending: String) throws {
        let (count, failed) = try failures(in: "promql/\(folder)", ending: ending)
        #expect(count > 0)
        #expect(failed == [:])
    }
}
