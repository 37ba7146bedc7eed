import Testing
import Wording

struct DurationTests {
    @Test(arguments: [
        ("90s", 90_000), ("15m", 900_000), ("1h30m", 5_400_000), ("250ms", 250),
        ("1y", 31_536_000_000),
    ])
    func `durations are read as Prometheus writes them`(text: String, milliseconds: Int) {
        #expect(Duration(prometheus: text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "15", "m", "30m1h", "1.5h", "1m1m", "-5s", "99999999999999999999s", "999999999y",
    ])
    func `what is no duration is refused`(text: String) {
        #expect(Duration(prometheus: text) == nil)
    }
}
