// EngineTests: from what feeds tell to the newest world and the journal.
import Engine
import Events
import Foundation
import Synchronization
import TestKit
import Testing
import WorldModel

@testable import Journal

@Suite(.timeLimit(.minutes(5)))
struct EngineTests {
    private let clock = ManualClock()
    private let newest = NewestWorld()

    private func engine(
        _ feeds: [ScriptedFeed], journal: JournalWriter? = nil, frame: Duration = .zero,
        onChange: @escaping @Sendable () -> Void = {}
    ) -> Engine {
        Engine(
            environment: "production", feeds: feeds.map { SupervisedFeed($0) },
            traceWindow: .seconds(300), journal: journal, newest: newest, clock: clock,
            shortestFrame: frame, onChange: onChange)
    }

    private let shop = Event.listed("cart: a passing, b critical", "payment: c passing")

    @Test func `what a feed tells is in the newest world`() async {
        let feed = ScriptedFeed(runs: [ScriptedFeed.answer("2 services", then: shop)])
        let engine = engine([feed])
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        let world = engine.world
        #expect(world.environment == "production")
        #expect(world.now == .second(1000))
        #expect(world.registry.count == 2)
        #expect(world.feeds["consul/registry"]?.note == "2 services")
        await engine.stop()
    }

    @Test func `a tick comes each second and moves the world's time`() async {
        let engine = engine([])
        engine.start()
        for second in 1001...1003 {
            await clock.asleep(1)
            clock.advance(by: .seconds(1))
            await newest.wait { $0.now >= .second(second) }
            #expect(engine.world.now == .second(second))
        }
        await engine.stop()
    }

    @Test func `what is journaled folds into the same world`() async throws {
        let folder = try TemporaryFolder()
        let engine = engine(
            [ScriptedFeed(runs: [ScriptedFeed.answer("2 services", then: shop)])],
            journal: try JournalWriter(folder: folder.path))
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        await engine.stop()
        let (events, problems) = JournalReader(folder: folder.path).envelopes()
        #expect(events.map(\.sequence) == [1, 2, 3])
        #expect(problems == [])
        var replayed = World()
        for envelope in events { replayed.apply(envelope) }
        #expect(replayed == engine.world)
        #expect(engine.journalProblem == nil)
    }

    @Test func `what a full disk swallows is seen all the same, and the journal's trouble told`()
        async throws
    {
        let full = JournalFile(path: "full", descriptor: open("/dev/full", O_WRONLY))
        let journal = JournalWriter(
            JournalFolder(path: "/nowhere"), JournalCaps(), .init(session: 1, part: 1), full)
        let engine = engine(
            [ScriptedFeed(runs: [ScriptedFeed.answer("2 services", then: shop)])], journal: journal)
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        #expect(engine.journalProblem?.description.contains("the disk is full") == true)
        await engine.stop()
    }

    @Test func `each change is announced, and none is when nothing happens`() async {
        let count = Mutex(0)
        let counter: @Sendable () -> Void = { count.withLock { $0 += 1 } }
        let feed = ScriptedFeed(runs: [ScriptedFeed.answer("ok")])
        let engine = engine([feed], onChange: counter)
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        // The tick, the feed and its watch for silence wait: nothing is left to happen.
        await clock.asleep(3)
        await engine.stop()
        #expect((1...2).contains(count.withLock { $0 }))
    }

    @Test func `what comes within a frame is one change`() async {
        let count = Mutex(0)
        let told = Gate()
        let feed = ScriptedFeed(runs: [
            { [shop] output in
                try await output.pause(for: .milliseconds(1))
                for _ in 1...50 { await output.emit(shop) }
                await output.answered("ok")
                told.open()
                try await output.pause(for: .seconds(1_000_000))
            }
        ])
        let engine = engine([feed], frame: .milliseconds(16)) { count.withLock { $0 += 1 } }
        engine.start()
        // The frame, the tick, the watch for silence and the feed.
        await clock.asleep(4)
        clock.advance(by: .milliseconds(1))
        await told.opened()
        #expect(count.withLock { $0 } == 1)
        clock.advance(by: .milliseconds(15))
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        await engine.stop()
        #expect(count.withLock { $0 } == 2)
    }

    @Test func `once waits until every feed has answered or failed twice`() async {
        let feeds = [
            ScriptedFeed(.registry, runs: [ScriptedFeed.answer("ok")]),
            ScriptedFeed(.config, runs: [ScriptedFeed.refuse]),
        ]
        let engine = engine(feeds)
        engine.start()
        let waiter = Task {
            await engine.waitUntilEveryFeedAnsweredOrFailed(deadline: .seconds(10))
        }
        // The deadline, the tick, two watches for silence, the pause and the retry.
        await clock.asleep(6)
        clock.advance(by: .milliseconds(250))
        await waiter.value
        #expect(engine.world.feeds["consul/registry"]?.condition == .live)
        #expect(engine.world.feeds["consul/config"]?.condition == .lost)
        await engine.stop()
    }

    @Test func `what has not answered by the deadline is lost`() async {
        let engine = engine([ScriptedFeed(runs: [{ try await $0.pause(for: .seconds(99)) }])])
        engine.start()
        let waiter = Task {
            await engine.waitUntilEveryFeedAnsweredOrFailed(deadline: .seconds(10))
        }
        await clock.asleep(4)
        clock.advance(by: .seconds(10))
        await waiter.value
        #expect(engine.world.feeds["consul/registry"]?.condition == .lost)
        await engine.stop()
    }

    @Test func `stopping does not wait for a feed that does not listen`() async {
        let deaf = Gate()
        let engine = engine([ScriptedFeed(runs: [{ _ in await deaf.opened() }])])
        engine.start()
        await newest.wait { $0.environment == "production" }
        async let stopping: Void = engine.stop()
        let clockwork = Task {
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        await stopping
        clockwork.cancel()
        deaf.open()
    }

    @Test func `a refresh asks every feed at once`() async {
        let feed = ScriptedFeed(runs: [
            { output in
                for number in 1... {
                    await output.answered("\(number)")
                    try await output.pause(for: .seconds(600))
                }
            }
        ])
        let engine = engine([feed])
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.note == "1" }
        await clock.asleep(3)
        engine.refresh()
        await newest.wait { $0.feeds["consul/registry"]?.note == "2" }
        await engine.stop()
    }

    @Test func `a service is found once its registry has answered`() async {
        let engine = engine([ScriptedFeed(runs: [ScriptedFeed.answer("ok", then: shop)])])
        let found = Task { await newest.addresses(of: "cart", onlyPassing: true) }
        engine.start()
        await newest.wait { $0.feeds["consul/registry"]?.condition == .live }
        #expect(await newest.addresses(of: "cart", onlyPassing: true) == ["10.0.0.1:80"])
        #expect(await newest.addresses(of: "nobody", onlyPassing: true) == [])
        #expect(await found.value == ["10.0.0.1:80"])
        await engine.stop()
    }

    @Test func `whoever waits for a world is let go when there will be none`() async {
        let engine = engine([])
        engine.start()
        let waiter = Task { await newest.wait { _ in false } }
        let cancelled = Task { await newest.wait { _ in false } }
        cancelled.cancel()
        await cancelled.value
        await engine.stop()
        await waiter.value
    }
}
