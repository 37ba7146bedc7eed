// FeedSupervisionTests: what is said of a feed, told as scripts.
import Events
import Testing

@testable import Engine

struct FeedSupervisionTests {
    /// Plays `second verb words` lines; each waits as long as the most jitter lets it.
    private func play(_ script: String, staleAfter: Duration = .seconds(30)) -> [String] {
        var state = FeedSupervision(staleAfter: staleAfter)
        return script.split(separator: "\n").map { line in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let now = Duration.seconds(Double(words[0]) ?? 0)
            let rest = words.count > 2 ? words[2] : ""
            switch words[1] {
            case "begin":
                state.began(at: now)
                return "\(state.breaker)"
            case "answer": return Self.text(state.answered(rest, at: now))
            case "fail":
                let (report, wait) = state.ended(rest, at: now, jitter: 1)
                return "\(Self.text(report)), again in \(wait.milliseconds) ms"
            default: return Self.text(state.looked(at: now))
            }
        }
    }

    private static func text(_ report: FeedReport?) -> String {
        switch report {
        case nil: "-"
        case .answered(let note): "answered \(note)"
        case .stale(let reason): "stale \(reason)"
        case .lost(let reason, _): "lost \(reason)"
        }
    }

    @Test func `one failure after a good run is retried at once and not told`() {
        let said = play(
            """
            0 begin
            0.1 answer 3 instances
            9 fail refused
            9.2 begin
            9.3 answer 3 instances
            """)
        #expect(
            said == [
                "closed", "answered 3 instances", "-, again in 250 ms", "closed",
                "answered 3 instances",
            ])
    }

    @Test func `the second failure in a row is stale, the third is lost`() {
        let said = play(
            """
            0 begin
            0 answer ok
            9 fail one
            9 begin
            9 fail two
            9 begin
            9 fail three
            9 begin
            9 answer ok
            """)
        #expect(
            said.filter { !$0.hasPrefix("closed") } == [
                "answered ok", "-, again in 250 ms", "stale two, again in 500 ms",
                "lost three, again in 1000 ms", "answered ok",
            ])
    }

    @Test func `a feed that never answered is lost with its second failure`() {
        let said = play("0 begin\n0 fail one\n0 begin\n0 fail two")
        #expect(said.last == "lost two, again in 500 ms")
    }

    @Test func `after five failures the breaker lets one try pass in a while`() {
        var script = ""
        for number in 1...6 { script += "\(number) begin\n\(number).5 fail no\n" }
        let said = play(script)
        #expect(
            said[6...] == [
                "closed", "lost no, again in 2000 ms", "closed", "lost no, again in 10000 ms",
                "halfOpen", "lost no, again in 10000 ms",
            ])
    }

    @Test func `an answer closes the breaker`() {
        var script = ""
        for number in 1...5 { script += "\(number) begin\n\(number).5 fail no\n" }
        let said = play(script + "20 begin\n20 answer ok\n23 fail no\n24 begin")
        #expect(said.suffix(4) == ["halfOpen", "answered ok", "-, again in 250 ms", "closed"])
    }

    @Test func `a feed that answers and fails at once waits longer each time`() {
        var script = ""
        for number in 1...8 {
            script += "\(number) begin\n\(number) answer ok\n\(number).1 fail cut\n"
        }
        let waits = play(script).filter { $0.contains("again") }
        #expect(
            waits == [
                "-, again in 250 ms", "-, again in 500 ms", "-, again in 1000 ms",
                "-, again in 2000 ms", "-, again in 4000 ms", "-, again in 5000 ms",
                "-, again in 5000 ms", "-, again in 5000 ms",
            ])
    }

    @Test func `the same answer is told once a second, a new note at once`() {
        let said = play(
            """
            0 begin
            0 answer 3
            0.5 answer 3
            0.6 answer 4
            0.7 answer 4
            1.6 answer 4
            """)
        #expect(said == ["closed", "answered 3", "-", "answered 4", "-", "answered 4"])
    }

    @Test func `silence is told once`() {
        let said = play(
            """
            0 begin
            1 answer ok
            30 look
            31 look
            62 look
            63 answer ok
            93 look
            """)
        #expect(
            said[2...] == [
                "-", "stale no answer for 30 s", "-", "answered ok", "stale no answer for 30 s",
            ])
    }

    @Test func `a feed that never answers is lost in the end`() {
        #expect(
            play("0 begin\n29 look\n30 look\n31 look")[1...] == [
                "-", "lost no answer for 30 s", "-",
            ])
    }

    @Test func `silence after a failure is told with that failure`() {
        let said = play("0 begin\n0 answer ok\n29 fail cut off\n30 look")
        #expect(said.last == "stale cut off")
    }

    @Test func `the next look is when silence would be too long`() {
        var state = FeedSupervision(staleAfter: .seconds(30))
        state.began(at: .seconds(5))
        #expect(state.nextLook(after: .seconds(6)) == .seconds(35))
        _ = state.answered("", at: .seconds(20))
        #expect(state.nextLook(after: .seconds(35)) == .seconds(50))
        _ = state.looked(at: .seconds(50))
        #expect(state.nextLook(after: .seconds(50)) == .seconds(80))
    }

    @Test func `jitter shortens a wait down to nothing, but an open breaker waits`() {
        #expect(Backoff.wait(strikes: 3, jitter: 0.5) == .milliseconds(500))
        #expect(Backoff.wait(strikes: 1000, jitter: 1) == .seconds(5))
        #expect(Backoff.waitWhileOpen(jitter: 0) == .seconds(5))
    }
}
