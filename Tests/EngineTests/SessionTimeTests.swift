// SessionTimeTests: a wall clock that jumps does not move the time of events.
import Events
import Testing

@testable import Engine

struct SessionTimeTests {
    private var time = SessionTime(wall: Instant(milliseconds: 1_000_000), elapsed: .zero)

    @Test func `it goes with a clock that is right`() {
        var time = time
        #expect(
            time.read(wall: Instant(milliseconds: 1_000_500), elapsed: .milliseconds(500))
                .milliseconds == 1_000_500)
    }

    @Test(arguments: [-3_600_000, 3_600_000])
    func `a jump of an hour is made up slowly`(jump: Int64) {
        var time = time
        let wall = Instant(milliseconds: 1_010_000 + jump)
        let now = time.read(wall: wall, elapsed: .seconds(10)).milliseconds
        #expect(now == 1_010_000 + jump.signum() * 1000)
    }

    @Test func `a small difference is made up in the end, in steps however short`() {
        var time = time
        var now = Instant(milliseconds: 0)
        for step in 1...20_000 {
            let wall = Instant(milliseconds: 1_001_000 + Int64(step))
            let next = time.read(wall: wall, elapsed: .milliseconds(step))
            #expect(next >= now)
            now = next
        }
        #expect(now.milliseconds == 1_021_000)
    }

    @Test func `time never goes back`() {
        var time = time
        let first = time.read(wall: Instant(milliseconds: 1_001_000), elapsed: .seconds(1))
        let second = time.read(wall: Instant(milliseconds: 0), elapsed: .milliseconds(900))
        #expect(second >= first)
    }
}
