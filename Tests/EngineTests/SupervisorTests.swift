// SupervisorTests: feeds that fail, answer and fall silent, under a clock turned by hand.
import Events
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct SupervisorTests {
    private let clock = ManualClock()
    private let mailbox = Mailbox()

    private func supervise(
        _ feed: ScriptedFeed, staleAfter: Duration? = nil, requests: Int = 0
    ) -> (Supervisor, Task<Void, Never>) {
        let supervised = SupervisedFeed(feed, staleAfter: staleAfter, takeRequests: { requests })
        let supervisor = Supervisor(
            supervised, to: mailbox, clock: SessionClock(clock), jitter: { 1 })
        return (supervisor, Task { await supervisor.run() })
    }

    @Test func `a feed that is refused is told so, and how it is doing later`() async {
        let feed = ScriptedFeed(runs: [
            ScriptedFeed.refuse, ScriptedFeed.refuse, ScriptedFeed.answer("3 instances"),
        ])
        let (_, task) = supervise(feed, requests: 2)
        await clock.asleep(2)
        clock.advance(by: .milliseconds(250))
        #expect(
            await mailbox.takeAll()?.events == [
                .feed(
                    "consul/registry",
                    .lost(
                        reason: "10.0.0.7:8500 refused the connection",
                        retryIn: .milliseconds(500), requests: 2))
            ])
        await clock.asleep(2)
        clock.advance(by: .milliseconds(500))
        #expect(
            await mailbox.takeAll()?.events == [
                .feed("consul/registry", .answered(note: "3 instances", requests: 2))
            ])
        task.cancel()
        await task.value
        #expect(feed.runCount == 3)
    }

    @Test func `a refresh tries at once`() async {
        let feed = ScriptedFeed(runs: [ScriptedFeed.refuse])
        let (supervisor, task) = supervise(feed)
        for _ in 1...8 {
            await clock.asleep(2)
            supervisor.refresh()
            await clock.asleep(2)
        }
        #expect(feed.runCount >= 8)
        #expect(clock.elapsed == .zero)
        task.cancel()
        await task.value
    }

    @Test func `a refresh ends the pause between two polls`() async {
        let feed = ScriptedFeed(runs: [
            { output in
                for number in 1... {
                    await output.answered("\(number)")
                    try await output.pause(for: .seconds(10))
                }
            }
        ])
        let (supervisor, task) = supervise(feed)
        _ = await mailbox.takeAll()
        await clock.asleep(2)
        supervisor.refresh()
        #expect(
            await mailbox.takeAll()?.events == [
                .feed("consul/registry", .answered(note: "2", requests: 0))
            ])
        task.cancel()
        await task.value
    }

    @Test func `a silent feed is stale`() async {
        let (_, task) = supervise(
            ScriptedFeed(runs: [ScriptedFeed.answer("ok")]), staleAfter: .seconds(90))
        _ = await mailbox.takeAll()
        await clock.asleep(2)
        clock.advance(by: .seconds(90))
        #expect(
            await mailbox.takeAll()?.events == [
                .feed("consul/registry", .stale(reason: "no answer for 90 s", requests: 0))
            ])
        task.cancel()
        await task.value
    }

    @Test func `a poll that takes long is not silent for three intervals`() {
        let feed = ScriptedFeed(runs: [])
        #expect(SupervisedFeed(feed, interval: .seconds(2)).staleAfter == .seconds(30))
        #expect(SupervisedFeed(feed, interval: .seconds(60)).staleAfter == .seconds(180))
        #expect(SupervisedFeed(feed, staleAfter: .seconds(5)).staleAfter == .seconds(5))
    }
}
