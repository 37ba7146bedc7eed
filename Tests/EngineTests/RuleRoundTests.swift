import Alerting
import Events
import PromQL
import Synchronization
import TestKit
import Testing
import WorldModel

@testable import Engine

/// One world after the other, and what the rules make of it.
struct RuleRoundTests {
    private var round = RuleRound { .zero }
    private var told = World()
    private var touched = Touched()

    init() {
        tell(
            0,
            .started(
                SessionStart(
                    environment: "", feeds: [FeedSource.usual[0]], traceWindow: .seconds(60))))
        tell(0, .answered("consul/registry"))
    }

    private mutating func tell(_ second: Int, _ event: Event) {
        told.apply(Envelope(sequence: 1, at: .second(second), event: event))
        touched.note(event)
    }

    private mutating func conclude(_ rules: RuleSet? = nil) -> AlertReport? {
        defer { touched.clear() }
        return round.take(RuleInbox.Work(world: told, touched: touched, rules: rules))
    }

    private func group(
        _ expression: String, hold: Duration = .zero, interval: Duration = .seconds(60)
    ) throws -> RuleGroup {
        RuleGroup(
            name: "g", file: "f", interval: interval,
            rules: [
                .alert(
                    AlertRule(
                        name: "Down", expression: try Expression.parse(expression),
                        holdDuration: hold))
            ])
    }

    @Test mutating func `an event that touches what a rule reads is a firing alert at once`() throws
    {
        let rules = RuleSet(groups: [try group("registry_instances{status=\"critical\"} > 0")])
        tell(1, .listed("cart: a passing, b passing", "pay: a passing"))
        #expect(conclude(rules)?.alerts.isEmpty == true)
        tell(2, .changed("cart: a critical, b passing"))
        let fired = try #require(conclude()?.alerts.first)
        #expect(fired.state == .firing && fired.labels["service"] == "cart")
        #expect(fired.fired == .second(2))
        tell(3, .changed("cart: a passing, b passing"))
        #expect(conclude()?.alerts.map(\.state) == [.resolved])
    }

    @Test mutating func `what no rule reads wakes none`() throws {
        tell(1, .listed("cart: a passing"))
        _ = conclude(RuleSet(groups: [try group("feed_up == 0")]))
        tell(2, .changed("cart: a critical"))
        #expect(conclude() == nil)
    }

    @Test mutating func `a held alert fires when a tick of its interval comes`() throws {
        let rules = RuleSet(groups: [
            try group(
                "registry_instances{status=\"critical\"} > 0", hold: .seconds(10),
                interval: .seconds(5))
        ])
        tell(1, .listed("cart: a critical"))
        #expect(conclude(rules)?.alerts.map(\.state) == [.pending])
        tell(4, .tick)
        #expect(conclude() == nil)
        tell(6, .tick)
        #expect(conclude()?.alerts.map(\.state) == [.pending])
        tell(11, .tick)
        #expect(conclude()?.alerts.map(\.state) == [.firing])
    }

    @Test mutating func `a dead registry resolves nothing, a service that is gone does`() throws {
        let rules = RuleSet(groups: [
            try group("registry_instances{status=\"critical\"} > 0", interval: .seconds(5))
        ])
        tell(1, .listed("cart: a critical", "pay: a passing"))
        _ = conclude(rules)
        tell(2, .lost("consul/registry", "refused"))
        tell(400, .tick)
        #expect(conclude()?.alerts.map(\.state) == [.firing])
        tell(401, .listed("pay: a passing"))
        tell(401, .answered("consul/registry"))
        #expect(conclude()?.alerts.map(\.state) == [.resolved])
    }

    @Test mutating func `what is pending fires when its time has come, however long the interval`()
        throws
    {
        let rules = RuleSet(groups: [
            try group("registry_instances{status=\"critical\"} > 0", hold: .seconds(5))
        ])
        tell(1, .listed("cart: a critical"))
        #expect(conclude(rules)?.alerts.map(\.state) == [.pending])
        tell(5, .tick)
        #expect(conclude() == nil)
        tell(6, .tick)
        #expect(conclude()?.alerts.map(\.state) == [.firing])
    }

    @Test
    mutating func `a rule that takes too long is an error, and the others are told before it`()
        throws
    {
        let time = Mutex(Duration.zero)
        let round = RuleRound {
            time.withLock { time in
                time += .milliseconds(1)
                return time
            }
        }
        var (heavy, quick) = (
            try group("count_over_time(vector(1)[9000s:1s])"), try group("vector(1)")
        )
        (heavy.name, quick.name) = ("heavy", "quick")
        var early: [AlertReport] = []
        func conclude() -> AlertReport? {
            let work = RuleInbox.Work(world: told, touched: touched)
            return round.take(work) { early.append($0) }
        }
        let rules = RuleSet(groups: [heavy, quick])
        tell(1, .tick)
        let first = RuleInbox.Work(world: told, touched: touched, rules: rules)
        // A group that turns out slow has its turn once: nothing is told before a second one.
        #expect(round.take(first) { early.append($0) }?.rules.map(\.health) == [.err, .ok])
        #expect(early.isEmpty)
        touched.clear()
        tell(61, .tick)
        let report = try #require(conclude())
        #expect(report.rules.map(\.health) == [.err, .ok])
        #expect(report.rules[0].error.contains("timed out"))
        #expect(early.map { $0.alerts.count } == [1])
    }

    @Test mutating func `a slow rule keeps to its interval, unless somebody waits for it`()
        async throws
    {
        let time = Mutex(Duration.zero)
        let round = RuleRound {
            time.withLock { time in
                time += .milliseconds(300)
                return time
            }
        }
        let rules = RuleSet(groups: [try group("registry_instances{status=\"critical\"} > 0")])
        tell(1, .tick)
        let first = RuleInbox.Work(world: told, touched: touched, rules: rules)
        #expect(round.take(first)?.alerts == [])
        touched.clear()
        tell(2, .listed("cart: a critical"))
        #expect(round.take(RuleInbox.Work(world: told, touched: touched)) == nil)
        let (world, nothing) = (told, Touched())
        let report = await withCheckedContinuation { waiter in
            let last = RuleInbox.Work(world: world, touched: nothing, waiting: [waiter])
            waiter.resume(returning: round.take(last) ?? AlertReport())
        }
        #expect(report.alerts.map(\.state) == [.firing])
    }

    private func scraped(_ value: Double, at second: Int, sampled: Int? = nil) -> Event {
        .metrics(
            "node/metrics",
            .scraped(
                Scrape(
                    at: .second(second), target: "t", firstNumber: 0,
                    series: second == 1 ? [Labels(["__name__": "a"])] : [],
                    readings: [Reading(0, value, at: sampled.map(Instant.second))])))
    }

    @Test mutating func `a shortened history is a problem of the rules, as long as it is one`()
        throws
    {
        let limits = StoreLimits(retention: .seconds(3600), bytes: 20_000)
        round = RuleRound(limits: limits) { .zero }
        // How much an array grows by is the allocator's business: now and then a sample has no room,
        // and since when they are kept is not the same each time.
        func shortening(_ report: AlertReport?) -> [String]? {
            report?.problems.filter {
                !$0.hasSuffix(" samples were dropped: the series store is full")
            }
        }
        var problems: [String] = []
        for second in 1...5000 where second < 3000 || second.isMultiple(of: 100) {
            tell(second, scraped(Double(second), at: second))
            tell(second, .tick)
            let rules = second == 1 ? RuleSet(groups: [try group("a > 1e9")]) : nil
            problems = shortening(conclude(rules)) ?? problems
        }
        let problem = try #require(problems.first)
        #expect(problem.hasPrefix("samples are kept since 00:"), "\(problem)")
        #expect(problem.hasSuffix(" only: the series store is full"), "\(problem)")
        tell(5600, .tick)
        #expect(shortening(conclude()) == problems)
        tell(6700, .tick)
        #expect(shortening(conclude()) == [])
    }

    @Test mutating func `samples that come too late are a problem of the rules`() throws {
        tell(1, scraped(1, at: 1))
        #expect(conclude(RuleSet(groups: [try group("a > 1")]))?.problems == [])
        tell(60, scraped(2, at: 60))
        tell(75, scraped(3, at: 75, sampled: 30))
        #expect(
            conclude()?.problems == [
                "1 samples were dropped: they are older than others of their series"
            ])
    }

    @Test mutating func `rules that are read again keep their alerts, and a restart does`() throws {
        let expression = "registry_instances{status=\"critical\"} > 0"
        tell(1, .listed("cart: a critical"))
        _ = conclude(RuleSet(groups: [try group(expression, hold: .seconds(100))]))
        tell(50, .tick)
        let reloaded = conclude(
            RuleSet(groups: [try group("\(expression) or vector(0) > 1", hold: .seconds(100))]))
        #expect(reloaded?.alerts.first?.active == .second(1))
        let memories = round.memories(at: .second(50))
        let next = RuleRound { .zero }
        var world = World()
        for (second, event) in [
            (
                60,
                Event.started(
                    SessionStart(
                        environment: "", feeds: [FeedSource.usual[0]], traceWindow: .seconds(60)))
            ), (60, .listed("cart: a critical")),
        ] {
            world.apply(Envelope(sequence: 1, at: .second(second), event: event))
        }
        let report = next.take(
            RuleInbox.Work(
                world: world, touched: Touched(),
                rules: RuleSet(
                    groups: [try group(expression, hold: .seconds(100))], memories: memories)))
        // Ten seconds nobody watched: they do not count.
        #expect(report?.alerts.first?.active == .second(11))
    }
}
