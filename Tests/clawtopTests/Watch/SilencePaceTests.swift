// SilencePaceTests: when an Alertmanager is told of mutes, and what is said of it.
import Events
import Feeds
import Network
import Testing

@testable import clawtop

final class SilencePaceTests {
    private var pace = SilencePace(pulse: .seconds(15))
    private let mutes = [SilencePaceTests.mute("m1")]

    private static func mute(_ id: String) -> Mute {
        Mute(
            id: id, matchers: [LabelMatcher("service", "cart")], start: noon,
            until: noon + .seconds(3600), by: ada, comment: "deploy", revision: 1)
    }

    private let away = FeedError.unreachable(
        address: "am:9093", .unreachable("refused the connection"))

    private func refusal(_ words: String, status: Int = 400, after: Duration? = nil) -> FeedError {
        .refused(
            address: "am:9093", path: "/api/v2/silences", status: status, words: words,
            retryAfter: after)
    }

    private func begins(_ mutes: [Mute], at now: Instant) -> Bool { pace.begins(mutes, at: now) }

    private func ended(_ refusals: [FeedError], at now: Instant) -> [String] {
        pace.ended(refusals, at: now)
    }

    private func failed(_ error: FeedError, at now: Instant, jitter: Double) -> String? {
        pace.failed(error, at: now, jitter: jitter)
    }

    @Test func `a round begins when a mute is another and at each pulse, one at a time`() {
        #expect(!begins([], at: noon), "nothing is muted")
        #expect(begins(mutes, at: noon))
        #expect(!begins(mutes, at: noon + .seconds(20)), "one is under way")
        #expect(ended([], at: noon + .seconds(20)) == [])
        #expect(begins(mutes, at: noon + .seconds(20)))
        _ = ended([], at: noon + .seconds(21))
        #expect(!begins(mutes, at: noon + .seconds(34)))
        #expect(begins(mutes + [Self.mute("m2")], at: noon + .seconds(34)))
    }

    @Test func `who leads again looks at all anew`() {
        #expect(begins(mutes, at: noon))
        _ = ended([], at: noon)
        pace.standBack()
        #expect(begins(mutes, at: noon + .seconds(1)))
    }

    @Test func `that it is away is said once, and it is tried with growing pauses`() {
        var tries: [Int] = []
        var said: [String] = []
        for second in 0..<20 where begins(mutes, at: noon + .seconds(second)) {
            tries.append(second)
            if let sentence = failed(away, at: noon + .seconds(second), jitter: 1) {
                said.append(sentence)
            }
        }
        #expect(tries == [0, 1, 3, 7, 15])
        #expect(said == ["am:9093 refused the connection"])
        #expect(begins(mutes, at: noon + .seconds(31)))
        _ = ended([], at: noon + .seconds(31))
        #expect(begins(mutes, at: noon + .seconds(46)))
        #expect(failed(away, at: noon + .seconds(46), jitter: 1) != nil, "it was back")
    }

    @Test func `it is left alone for as long as it asks for`() {
        #expect(begins(mutes, at: noon))
        _ = failed(refusal("", status: 429, after: .seconds(40)), at: noon, jitter: 1)
        #expect(!begins(mutes, at: noon + .seconds(39)))
        #expect(begins(mutes, at: noon + .seconds(40)))
    }

    @Test func `a refusal is said once, for as long as it is one`() {
        var said: [[String]] = []
        for (round, words) in ["no", "no", "", "no"].enumerated() {
            let moment = noon + .seconds(round * 15)
            #expect(begins(mutes, at: moment))
            said.append(ended(words.isEmpty ? [] : [refusal(words)], at: moment))
        }
        #expect(said.map(\.count) == [1, 0, 0, 1])
    }
}
