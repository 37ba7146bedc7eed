// ZipkinTracesTests: which spans are told, once, and how they change.
import Events
import Feeds
import Network
import TestKit
import Testing

/// The tests' noon.
let noon = Instant(milliseconds: Int64(Spanned.noon * 1000))

func zipkin(_ client: any HTTPClient, window: Duration = .seconds(300)) -> ZipkinTraces {
    let settings = FeedSettings(
        name: "zipkin", kind: .zipkin, worlds: [.traces], url: "http://zipkin:9411")
    let source = FeedSource(name: "zipkin", kind: .zipkin, world: .traces, address: "zipkin:9411")
    return ZipkinTraces(
        settings: settings, source: source, client: client, resolver: NoResolver(), window: window)
}

/// What is told of `spans` by one look at noon.
private func told(_ spans: [Spanned], window: Duration = .seconds(300)) async -> [SpanRecord] {
    let listener = Listener(at: noon)
    await supervise(zipkin(ZipkinShelf(spans), window: window), listener)
    return listener.spans
}

/// What is told when the store holds each of `stores` in turn, a second apart.
private func watched(_ stores: [Spanned]...) async throws -> Listener {
    let listener = Listener(at: noon, pauses: stores.count - 1)
    let shelf = ZipkinShelf()
    let moments = Turns(listener) { shelf.lay(stores[min($0, stores.count - 1)]) }
    await supervise(zipkin(shelf), moments)
    return listener
}

/// Does something before each look.
struct Turns: FeedOutput {
    let listener: Listener
    let prepare: @Sendable (Int) -> Void

    init(_ listener: Listener, prepare: @escaping @Sendable (Int) -> Void) {
        (self.listener, self.prepare) = (listener, prepare)
        prepare(0)
    }

    var now: Instant { listener.now }
    func emit(_ event: Event) async { await listener.emit(event) }
    func answered(_ note: String) async { await listener.answered(note) }

    func pause(for duration: Duration) async throws {
        try await listener.pause(for: duration)
        prepare(listener.pauses.count)
    }
}

struct ZipkinTracesTests {
    @Test func `a span is told with its service, operation, kind, start and duration`() async {
        let spans = await told([Spanned(service: "cart", name: "put /cart", at: -3, seconds: 0.25)])
        #expect(spans.count == 1)
        #expect(spans[0].service == "cart" && spans[0].operation == "put /cart")
        #expect(spans[0].kind == .server && !spans[0].isError && spans[0].saga == nil)
        #expect(spans[0].start == noon + .seconds(-3))
        #expect(spans[0].durationMicroseconds == 250_000)
    }

    @Test func `what a span leaves out is empty, local, or not known`() async {
        let spans = await told([Spanned(service: nil, name: nil, kind: nil, seconds: nil)])
        #expect(spans.map(\.service) == [""] && spans.map(\.operation) == [""])
        #expect(spans.map(\.kind) == [.local])
        #expect(spans.map(\.durationMicroseconds) == [nil])
    }

    @Test func `a duration of 0 is not known`() async {
        #expect(await told([Spanned(seconds: 0)]).map(\.durationMicroseconds) == [nil])
    }

    @Test(arguments: ["", "false", "true", "deadline exceeded"])
    func `a tag named error is an error whatever its value`(value: String) async {
        #expect(await told([Spanned(tags: ["error": value])]).map(\.isError) == [true])
    }

    @Test func `a span without a timestamp is left out`() async {
        #expect(await told([Spanned(), Spanned(id: "2", at: nil)]).count == 1)
    }

    @Test func `both halves of a call that share their id are two spans`() async {
        let halves = [Spanned(kind: "CLIENT"), Spanned(kind: "SERVER", shared: true)]
        #expect(Set(await told(halves).map(\.id)).count == 2)
    }

    @Test func `two different spans with one id are two, and one that was sent twice is one`() async
    {
        #expect(
            await told([Spanned(name: "a"), Spanned(name: "b"), Spanned(name: "b")]).count == 2)
    }

    @Test func `one that was sent without its duration first is one`() async {
        let spans = await told([Spanned(seconds: nil), Spanned(seconds: 2), Spanned(seconds: nil)])
        #expect(spans.map(\.durationMicroseconds) == [2_000_000])
    }

    @Test func `a span's id is the same in every run`() async {
        #expect(await told([Spanned()]).map(\.id) == [0xCEA7_D9FF_1DB8_5BE8])
    }

    @Test func `spans that began in the window are told, also of traces that began before it`()
        async
    {
        let spans = [
            Spanned(id: "1", at: -310), Spanned(id: "2", at: -290),
            Spanned(trace: "b", id: "3", at: -600), Spanned(trace: "b", id: "4", at: -10),
            Spanned(trace: "c", id: "5", at: 20),
        ]
        #expect(await told(spans).count == 3)
    }

    @Test(
        arguments: [
            (["saga.id": "0_a", "saga.step": "pay", "saga.action": "do"], "0_a", "pay", .do),
            (
                [
                    "saga.id": "http://l/c/0_a?ParentLRA=x", "saga.step": "pay",
                    "saga.action": "undo",
                ], "0_a", "pay", .undo
            ),
            (["Long-Running-Action": "http://l/lra-coordinator/0_a"], "0_a", "get", .do),
            (["long-running-action": "http://l/lra-coordinator/0_a"], "0_a", "get", .do),
        ] as [([String: String], String, String, SagaMark.Action)])
    func `a span that names its saga is a step of it`(
        tags: [String: String], saga: String, step: String, action: SagaMark.Action
    ) async {
        let mark = SagaMark(saga: saga, step: step, action: action)
        #expect(await told([Spanned(tags: tags)]).map(\.saga) == [mark])
        let failed = await told([Spanned(tags: tags.merging(["error": "no money"]) { $1 })])
        #expect(failed.map(\.saga?.error) == ["no money"])
    }
}

struct ZipkinChangesTests {
    @Test func `what did not change is not told again`() async throws {
        let listener = try await watched([Spanned()], [Spanned()], [Spanned()])
        #expect(listener.traceEvents.count == 1)
        #expect(listener.notes == Array(repeating: listener.notes[0], count: 3))
    }

    @Test func `a trace that grows tells only its new spans`() async throws {
        let listener = try await watched(
            [Spanned()], [Spanned(), Spanned(id: "2"), Spanned(id: "3")])
        guard case .observed(let spans, let replaced)? = listener.traceEvents.last else {
            Issue.record("nothing was observed")
            return
        }
        #expect(spans.count == 2 && replaced.isEmpty)
    }

    @Test func `a span that changed takes the place of what was told of it`() async throws {
        let before = Spanned(seconds: nil)
        let after = Spanned(seconds: 3, tags: ["error": ""])
        let listener = try await watched([before], [after])
        #expect(listener.spans.map(\.durationMicroseconds) == [3_000_000])
        #expect(listener.spans.map(\.isError) == [true])
    }

    @Test func `a span that its trace no longer has is taken back`() async throws {
        let listener = try await watched(
            [Spanned(), Spanned(id: "2", name: "old")], [Spanned(), Spanned(id: "2", name: "new")])
        #expect(listener.spans.map(\.operation).sorted() == ["get", "new"])
    }

    @Test func `a trace that the store forgot still happened`() async throws {
        let listener = try await watched(
            [Spanned(), Spanned(trace: "b")], [Spanned(trace: "b")], [])
        #expect(listener.spans.count == 2)
        #expect(listener.notes.last?.hasPrefix("2 spans in 5m") == true)
    }

    @Test func `spans that are older than the window are no longer counted`() async throws {
        let listener = Listener(at: noon, pauses: 301)
        await supervise(zipkin(ZipkinShelf([Spanned(at: -1), Spanned(id: "2", at: 0)])), listener)
        #expect(listener.notes[0].hasPrefix("2 spans in 5m"))
        #expect(listener.notes[300].hasPrefix("1 span in 5m"))
        #expect(listener.notes[301].hasPrefix("0 spans in 5m"))
        #expect(listener.traceEvents.count == 1)
    }

    @Test func `a new run tells nothing twice`() async throws {
        let listener = Listener(at: noon, pauses: 3)
        let shelf = ZipkinShelf([Spanned()])
        let clock = listener
        let flaky = Shelf { (request) throws(NetworkError) in
            if clock.now == noon + .seconds(1) { throw .timedOut(after: .seconds(10)) }
            return try await shelf.send(request)
        }
        let failures = await supervise(zipkin(flaky), listener)
        #expect(failures == ["zipkin:9411 did not answer within 10 s"])
        #expect(listener.traceEvents.count == 1)
        #expect(listener.spans.count == 1)
    }

    @Test func `a late report of a trace that began long ago is told within a minute`() async throws
    {
        let listener = Listener(at: noon, pauses: 62)
        let shelf = ZipkinShelf()
        let moments = Turns(listener) { turn in
            if turn == 3 { shelf.lay([Spanned(at: -100, seconds: 1)]) }
        }
        await supervise(zipkin(shelf), moments)
        #expect(listener.spans.count == 1)
    }

    @Test func `a trace that takes a minute is followed to its end`() async throws {
        let listener = Listener(at: noon, pauses: 75)
        let shelf = ZipkinShelf()
        let moments = Turns(listener) { turn in
            // A span is reported when it ends; each second one ends, and the root in the end.
            let ended = (0..<min(turn, 70)).map {
                Spanned(id: "\($0)", at: Double($0), seconds: 1)
            }
            shelf.lay(turn > 70 ? ended + [Spanned(id: "root", at: 0, seconds: 70)] : ended)
        }
        await supervise(zipkin(shelf), moments)
        #expect(listener.spans.count == 71)
    }

    @Test func `a name that is no UTF-8 hides no span`() async {
        let start = noon.milliseconds * 1000 - 1_000_000
        let text = #"[[{"traceId":"a","id":"b","name":"get ~","timestamp":"# + "\(start)}]]"
        let body = text.utf8.map { $0 == UInt8(ascii: "~") ? 0xFF : $0 }
        let listener = Listener(at: noon)
        let shelf = Shelf(["/api/v2/traces": [HTTPAnswer(status: 200, body: body)]])
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.map(\.operation) == ["get \u{FFFD}"])
    }
}
