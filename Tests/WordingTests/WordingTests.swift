// Numbers and times as people read them.
import Testing

@testable import Wording

struct WordingTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (11_240, "11,240"), (1_234_567, "1,234,567"),
        (-4200, "-4,200"),
    ])
    func `thousands are set apart`(count: Int, text: String) {
        #expect(grouped(count) == text)
    }

    @Test(arguments: [
        (41.24, "41.2"), (0, "0.0"), (99.94, "99.9"), (99.96, "100"), (210.4, "210"),
        (12_000, "12,000"), (.nan, "?"), (.infinity, "?"),
    ])
    func `a rate has a tenth while it matters`(value: Double, text: String) {
        #expect(rate(value) == text)
    }

    @Test(arguments: [
        (0, "0"), (3, "3"), (0.083, "0.083"), (12.5, "12.5"), (12.0, "12"), (2.404, "2.4"),
        (-0.5, "-0.5"), (99.96, "100"), (41_240, "41,240"), (1234.5, "1,235"), (0.0999999, "0.1"),
        (0.001_23, "0.00123"), (0.000_01, "1e-05"), (1e17, "1e+17"), (.nan, "NaN"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"),
    ])
    func `any figure is short`(value: Double, text: String) {
        #expect(figure(value) == text)
    }

    @Test(arguments: [
        (0, "0s", "0s"), (40_000, "40s", "40s"), (90_000, "1m", "1m30s"), (300_000, "5m", "5m"),
        (7_199_000, "1h", "1h59m59s"), (6 * 86_400_000, "6d", "6d"), (250, "0s", "250ms"),
    ])
    func `an age can be rough, a length is exact`(milliseconds: Int64, rough: String, exact: String)
    {
        #expect(briefAge(milliseconds: milliseconds) == rough)
        #expect(length(milliseconds: milliseconds) == exact)
    }

    @Test func `a little is never none`() {
        #expect(percent(0.01) == "<0.1 %")
        #expect(percent(0) == "0.0 %")
        #expect(percent(8.31) == "8.3 %")
    }

    @Test(arguments: [
        (0, "0s"), (4_000, "4s"), (192_000, "3m12s"), (7_500_000, "2h05m"),
        (6 * 86_400_000, "6d"), (-5, "0s"),
    ])
    func `an age has two units at most`(milliseconds: Int64, text: String) {
        #expect(age(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        (640, "640µs"), (1000, "1ms"), (1500, "1.5ms"), (18_000, "18ms"), (999_400, "999ms"),
        (999_600, "1.0s"), (2_400_000, "2.4s"), (31_000_000, "31s"), (192_000_000, "3m12s"),
    ])
    func `a latency has the unit that suits it`(microseconds: Int64, text: String) {
        #expect(latency(microseconds: microseconds) == text)
    }

    @Test func `a moment is told in UTC`() {
        #expect(clock(milliseconds: 1_763_954_047_000) == "03:14:07")
        #expect(clock(milliseconds: -1000) == "23:59:59")
        #expect(stopwatch(milliseconds: 42_000) == "00:42")
        #expect(stopwatch(milliseconds: 3_723_000) == "1:02:03")
    }

    @Test func `one is not many`() {
        #expect(counted(1, "saga") == "1 saga")
        #expect(counted(2, "saga") == "2 sagas")
    }
}
