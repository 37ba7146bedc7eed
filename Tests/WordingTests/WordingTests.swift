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
        #expect(timestamp(milliseconds: 1_763_954_047_000) == "2025-11-24T03:14:07Z")
        #expect(timestamp(milliseconds: 951_782_400_000) == "2000-02-29T00:00:00Z")
        #expect(clock(milliseconds: -1000) == "23:59:59")
        #expect(stopwatch(milliseconds: 42_000) == "00:42")
        #expect(stopwatch(milliseconds: 3_723_000) == "1:02:03")
    }

    @Test func `one is not many`() {
        #expect(counted(1, "saga") == "1 saga")
        #expect(counted(2, "saga") == "2 sagas")
    }
}
