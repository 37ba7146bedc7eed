import Alerting
import Settings
import Testing

private let text = """
    groups:
      - &first
        name: a
        interval: 30s
        limit: 3
        rules:
          - alert: Down
            expr: up{job=~"a.*"} == 0
            for: 1h30m
            labels: {severity: page}
            annotations: {summary: "{{ $value | humanize }} of {{ $labels.job }}"}
          - {record: "job:up", expr: sum by (job) (up), labels: {x: ""}}
      - <<: *first
        name: b
    rule_files: [a.yml]
    tests:
      - interval: 1m
        start_timestamp: 2026-01-31T12:00:00Z
        input_series: [{series: 'up{job="a"}', values: 1+1x5 stale _x3 NaN}]
        alert_rule_test: [{eval_time: 5m, alertname: Down, exp_alerts: [{exp_labels: {a: b}}]}]
        promql_expr_test: [{expr: up, eval_time: 1m, exp_samples: [{labels: '{}', value: 1e3}]}]
    """

struct MangledRuleFileTests {
    @Test func `whatever becomes of a file, it is read or refused`() {
        var random = Lehmer(seed: 7)
        for _ in 0..<500 {
            var bytes = Array(text.utf8)
            for _ in 0...Int.random(in: 0...3, using: &random) { mangle(&bytes, &random) }
            let mangled = String(decoding: bytes, as: UTF8.self)
            let file = RuleFile.read(mangled, file: "a.yml", ignoresUnknownFields: true)
            #expect(file.problems.isEmpty || file.groups.isEmpty)
            _ = try? RuleTestFile.read(mangled, file: "a.yml", ignoresUnknownFields: true)
        }
    }

    /// Takes some bytes away, doubles them, or changes one.
    private func mangle(_ bytes: inout [UInt8], _ random: inout Lehmer) {
        guard bytes.count > 40 else { return }
        let place = Int.random(in: 0..<(bytes.count - 20), using: &random)
        let part = place..<(place + Int.random(in: 1...20, using: &random))
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes.removeSubrange(part)
        case 1: bytes.insert(contentsOf: bytes[part], at: place)
        default: bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
    }
}

/// The same numbers every time: <https://en.wikipedia.org/wiki/Lehmer_random_number_generator>.
private struct Lehmer: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        var bits: UInt64 = 0
        for _ in 0..<3 {
            state = state * 48271 % 2_147_483_647
            bits = bits << 31 ^ state
        }
        return bits
    }
}
