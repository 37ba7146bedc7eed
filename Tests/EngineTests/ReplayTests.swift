// ReplayTests: a journal on the disk folds into the world that was on the screen.
import Engine
import Events
import Foundation
import Journal
import TestKit
import Testing
import WorldModel

@Suite(.timeLimit(.minutes(5)))
struct ReplayTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `what all worlds told is the same world when it is read from the disk`() async throws
    {
        // Of the session before, nothing is left but its lines.
        _ = try await session()
        let seen = try await session()
        let (events, problems) = JournalReader(folder: folder.path).envelopes()
        #expect(problems == [])
        var replayed = World()
        for envelope in events { replayed.apply(envelope) }
        #expect(replayed == seen)
        #expect(replayed.traces.services == ["cart", "payment"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count > 4)
        #expect(events.count { $0.event == .tick } > 4)
    }

    /// The world at the end of a session in which everything happened that can.
    private func session() async throws -> World {
        let (clock, newest) = (ManualClock(), NewestWorld())
        // Small files, so that a session has several.
        let caps = JournalCaps(file: 1500)
        let engine = Engine(
            environment: "production", feeds: Night.feeds.map { SupervisedFeed($0) },
            traceWindow: .seconds(300),
            journal: try JournalWriter(folder: folder.path, caps: caps), newest: newest,
            clock: clock, shortestFrame: .zero)
        engine.start()
        var second = 1000
        while !Night.isOver(newest.world) {
            // Each feed and its watch for silence, and the tick: nothing is left to happen.
            await clock.asleep(2 * Night.feeds.count + 1)
            clock.advance(by: .seconds(1))
            second += 1
            await newest.wait { [second] in $0.now >= .second(second) }
        }
        await engine.stop()
        return engine.world
    }
}

/// What the sources tell: each event and condition that there is.
private enum Night {
    static let feeds = [
        ScriptedFeed(
            .registry,
            runs: [
                tell([
                    .listed("cart: a passing v1, b passing v1", "payment: c passing"),
                    .changed("cart: a critical v2, b warning v1"),
                    .registry("consul/registry", .changed([], gone: ["payment"])),
                ]),
                ScriptedFeed.refuse, ScriptedFeed.refuse,
                ScriptedFeed.answer("back", then: .listed("cart: a passing v2, b maintenance v2")),
            ]),
        ScriptedFeed(
            .config,
            runs: [
                tell([
                    .config("consul/config", .listed([entry("cart", 1), entry("old", 1)])),
                    .config("consul/config", .changed([entry("cart", 2)], gone: ["config/old"])),
                ]),
                ScriptedFeed.refuse,
            ]),
        ScriptedFeed(
            .sagas, name: "lra",
            runs: [
                tell([
                    .sagas("lra/sagas", .listed(SagaState.allCases.map { saga($0) })),
                    .sagas("lra/sagas", .changed([saga(.compensating, id: "running")])),
                ])
            ]),
        ScriptedFeed(
            .traces, name: "zipkin",
            runs: [
                tell([
                    .traces("zipkin/traces", .observed((1...40).map { span($0) }, replaced: [])),
                    .traces(
                        "zipkin/traces", .observed([span(41), span(3)], replaced: [3, 4, .max])),
                    .traces(
                        "zipkin/traces",
                        .dependencies([
                            ServiceCall(caller: "cart", callee: "payment", calls: 40, errors: 2)
                        ])),
                ])
            ]),
        ScriptedFeed(
            .metrics, name: "prom",
            runs: [
                tell([
                    .metrics("prom/metrics", .scraped(scrape)),
                    .metrics("prom/metrics", .failed(scrape)),
                    .alerts(
                        "prom/metrics", .listed([alert("Slow", .pending), alert("Full", .firing)])),
                    .alerts("prom/metrics", .changed([alert("Slow", .firing)], gone: ["f-Full"])),
                    .alerts("prom/metrics", .silences([silence])),
                ])
            ]),
    ]

    private static let scrape = Scrape(
        at: .second(1000), target: "h:1", firstNumber: 0, series: [Labels(["a": "b \"c\""])],
        readings: [Reading(0, .nan), Reading(7, 0.1, at: .second(999))], gone: [3])

    private static func alert(_ name: String, _ state: AlertState) -> EngineAlert {
        EngineAlert(
            fingerprint: "f-\(name)", labels: Labels(["alertname": name, "service": "cart"]),
            state: state, active: .second(990), value: "1e+01",
            suppression: state == .firing ? Suppression(silences: ["s"], intervals: ["n"]) : nil)
    }

    private static let silence = Mute(
        id: "s", matchers: [LabelMatcher("a", "b\"", isRegex: true, isEqual: false)],
        start: .second(1), until: .second(2000), by: Person(user: "ada", host: "h"), comment: "c",
        feed: "prom/metrics")

    /// Everything was told, and every condition of a feed was seen.
    static func isOver(_ world: World) -> Bool {
        world.feeds["consul/registry"]?.note == "back"
            && world.feeds["consul/config"]?.condition == .lost
            && world.sagas.stuckCount > 0 && !world.traces.calls.isEmpty
            && world.changes.total > 8
    }

    /// Tells one event a second, and goes on being well for a while.
    private static func tell(_ events: [Event]) -> ScriptedFeed.Run {
        { output in
            for event in events {
                await output.emit(event)
                await output.answered("\(events.count) events")
                try await output.pause(for: .seconds(1))
            }
            try await output.pause(for: .seconds(9))
            throw ScriptedFeed.Refused()
        }
    }

    private static func entry(_ service: String, _ version: Int) -> ConfigEntry {
        ConfigEntry(
            key: "config/\(service)", service: service, environment: "production",
            version: "\(version)", label: "v\(version)", digest: "d\(version)",
            fields: [ConfigField(name: "timeout \"ms\"", value: "\(version)00\n")])
    }

    private static func saga(_ state: SagaState, id: String? = nil) -> Saga {
        Saga(
            id: id ?? state.rawValue, name: "order", state: state,
            engineState: state.rawValue.uppercased(), started: .second(990),
            ending: state == .running ? nil : .second(1000), parent: "parent")
    }

    private static func span(_ number: Int) -> SpanRecord {
        SpanRecord(
            id: UInt64(number), service: number % 2 == 0 ? "cart" : "payment",
            operation: "charge — \(number % 3)", kind: SpanKind.allCases[number % 5],
            start: .second(900 + number * 2),
            durationMicroseconds: number % 7 == 0 ? nil : Int64(number * 1000),
            isError: number % 5 == 0,
            saga: number % 4 == 0
                ? SagaMark(saga: "compensating", step: "pay", action: .undo, error: "409") : nil)
    }
}
