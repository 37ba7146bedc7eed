// ConsulTrapTests: what a naive client of Consul gets wrong, one sentence each.
import Events
import Network
import Synchronization
import TestKit
import Testing

@testable import Feeds

struct ConsulTrapTests {
    /// A Consul whose answers `change` may replace.
    private func shelf(
        _ consul: SmallConsul = SmallConsul(),
        _ change: @escaping @Sendable (HTTPRequest, HTTPAnswer) throws(NetworkError) -> HTTPAnswer
    ) -> Shelf {
        Shelf { (request) throws(NetworkError) in try change(request, consul.answer(request)) }
    }

    @Test func `no service is asked for with an index, because the streaming backend would answer`()
        async
    {
        let shelf = shelf { _, answer in answer }
        _ = await run(on: shelf, pauses: 20)
        #expect(shelf.targets.contains { $0.contains("index=10") })
        #expect(!shelf.targets.contains { $0.contains("health/service") && $0.contains("?") })
    }

    @Test func `without a token a denying Consul's nothing is no empty world`() async {
        var consul = SmallConsul()
        consul.services = [:]
        consul.headers = [("X-Consul-Default-ACL-Policy", "deny")]
        let (listener, error) = await run(on: shelf(consul) { _, answer in answer })
        #expect(listener.events.isEmpty)
        #expect(
            error?.description
                == "consul:8500 refused /v1/catalog/services (its policy is to deny, and we have no token): the token is missing, or may not read it"
        )
    }

    @Test func `a token that may read services but no nodes sees nothing, and is told so`() async {
        var consul = SmallConsul()
        consul.headers = [("X-Consul-Results-Filtered-By-ACLs", "true")]
        let (listener, error) = await run(
            on: shelf(consul) { request, answer in
                request.url.contains("health")
                    ? HTTPAnswer(status: 200, headers: answer.headers, body: Array("[]".utf8))
                    : answer
            }
        ) { $0.token = Secret("x") }
        #expect(listener.events.isEmpty)
        #expect(error?.status == 403)
    }

    @Test func `where ACLs hide a part the note says so`() async {
        var consul = SmallConsul()
        consul.headers = [("X-Consul-Results-Filtered-By-ACLs", "true")]
        let (listener, _) = await run(on: shelf(consul) { _, answer in answer })
        #expect(listener.notes.first == "1 service, 2 instances; only a part, ACLs hide the rest")
    }

    @Test func `an empty Consul that hides nothing is told as empty`() async {
        var consul = SmallConsul()
        consul.services = [:]
        let (listener, error) = await run(on: shelf(consul) { _, answer in answer })
        #expect(error == nil)
        #expect(listener.events.first == .registry("consul/registry", .listed([])))
    }

    @Test func `after a broken answer the old index is not sent again`() async {
        let cuts = Mutex(1)
        let shelf = shelf { (request, answer) throws(NetworkError) in
            let isCut =
                request.url.contains("state/any?index")
                && cuts.withLock { left in
                    left -= 1
                    return left >= 0
                }
            if isCut { throw .cutShort("it closed the connection") }
            return answer
        }
        let (listener, error) = await run(on: shelf, pauses: 10)
        let asked = shelf.targets.filter { $0.contains("state/any") }
        #expect(error == nil)
        #expect(
            asked.prefix(3) == [
                "/v1/health/state/any", "/v1/health/state/any?index=10&wait=10s",
                "/v1/health/state/any",
            ])
        #expect(listener.listings == 1)
    }

    @Test func `the index of an error is never taken`() async {
        let shelf = shelf { (request, answer) in
            guard request.url.contains("state/any?index") else { return answer }
            return HTTPAnswer(
                status: 500, headers: ["X-Consul-Index": "1"], body: Array("rpc error".utf8))
        }
        _ = await run(on: shelf, pauses: 30)
        #expect(!shelf.targets.contains { $0.contains("index=1&") })
    }

    @Test func `without a leader the same is asked again as a stale read, and the note says so`()
        async
    {
        let shelf = shelf { (request, answer) in
            guard !request.url.contains("stale") else {
                return HTTPAnswer(
                    status: 200,
                    headers: ["X-Consul-Index": "10", "X-Consul-KnownLeader": "false"],
                    body: answer.body)
            }
            return HTTPAnswer(status: 500, body: Array("No cluster leader".utf8))
        }
        let (listener, error) = await run(on: shelf, pauses: 10)
        #expect(error == nil)
        #expect(listener.services["web"]?.count == 2)
        #expect(listener.notes.first == "1 service, 2 instances; stale reads, there is no leader")
    }

    @Test func `an index that falls back means a new life, and all is listed again`() async {
        let asked = Mutex(0)
        let shelf = Shelf { (request) throws(NetworkError) in
            var consul = SmallConsul()
            let isRestored = asked.withLock { asked in
                if request.url.contains("index=10") { asked += 1 }
                return asked > 2
            }
            if isRestored {
                consul.index = 4
                consul.services = ["web": ["web-1": .init(status: "critical", modified: 2)]]
            }
            return consul.answer(request)
        }
        let (listener, _) = await run(on: shelf, pauses: 30)
        #expect(listener.listings == 2)
        #expect(listener.services["web"]?.map(\.health) == [.critical])
    }

    @Test func `a server that does not block is asked once a second`() async {
        let shelf = shelf { _, answer in answer }
        let (listener, _) = await run(on: shelf, pauses: 60)
        #expect(listener.pauses.allSatisfy { $0 >= .seconds(1) })
    }

    @Test func `a server that always has something new is asked ten times a second at most`() async
    {
        let index = Mutex(10)
        let shelf = Shelf { (request) throws(NetworkError) in
            var consul = SmallConsul()
            consul.index = index.withLock { index in
                index += 1
                return index
            }
            return consul.answer(request)
        }
        let (listener, _) = await run(on: shelf, pauses: 100)
        let asked = shelf.targets.count { $0.contains("state/any") }
        #expect(asked > 10)
        #expect(asked <= 10 + Int(listener.now.milliseconds / 100))
    }

    @Test func `an index that stands after the whole wait means that nothing changed`() {
        var index = ConsulIndex()
        #expect(!index.stands(at: 7, after: .seconds(10)))
        _ = index.take(7)
        #expect(index.stands(at: 7, after: .seconds(10)))
        #expect(!index.stands(at: 8, after: .seconds(10)))
        #expect(!index.stands(at: nil, after: .seconds(10)))
        // A server that does not block.
        #expect(!index.stands(at: 7, after: .milliseconds(80)))
    }

    @Test func `an index of 0 would never block, so 1 stands for it`() {
        var index = ConsulIndex()
        #expect(index.take(0) == .moved)
        #expect(index.value == 1)
        #expect(index.take(nil) == .stood)
        #expect(index.value == nil)
    }

    @Test func `the deadline of a blocking query is longer than its wait and jitter`() async {
        let shelf = shelf { _, answer in answer }
        _ = await run(on: shelf, pauses: 10)
        let blocking = shelf.requests.filter { $0.url.contains("index=") }
        #expect(!blocking.isEmpty)
        #expect(blocking.allSatisfy { $0.deadline == .seconds(21) })
    }

    @Test func `where one query is refused the others go on, and the note names it`() async {
        for refused in ["catalog/services", "health/state/any", "health/service"] {
            let shelf = shelf { (request, answer) in
                request.url.contains(refused)
                    ? HTTPAnswer(status: 403, body: Array("Permission denied".utf8)) : answer
            }
            let (listener, error) = await run(on: shelf, pauses: 10)
            #expect(error == nil)
            #expect(listener.services["web"]?.count == 2, "\(refused)")
            let word = refused == "health/service" ? "cannot be read: web" : "refused: \(refused)"
            #expect(listener.notes.first?.hasSuffix(word) == true, "\(listener.notes)")
        }
    }

    @Test func `where all is refused the reason is told`() async {
        let shelf = Shelf { (_) throws(NetworkError) in
            HTTPAnswer(
                status: 403, headers: ["X-Consul-Index": "1"], body: Array("ACL not found".utf8))
        }
        let (listener, error) = await run(on: shelf)
        #expect(listener.events.isEmpty)
        #expect(error?.description.contains("refused /v1/catalog/services (ACL not found)") == true)
    }

    @Test func `a service whose name cannot be asked for is named in the note, and harmless there`()
        async
    {
        let shelf = Shelf { (request) throws(NetworkError) in
            if request.url.contains("catalog") { return .json(#"{"web":[],"ev\u001b[31mil":[]}"#) }
            if request.url.contains("%1B") { return HTTPAnswer(status: 400) }
            return SmallConsul().answer(request)
        }
        let (listener, _) = await run(on: shelf)
        #expect(listener.notes.first == "1 service, 2 instances; cannot be read: ev[31mil")
    }

    @Test(arguments: [
        "", "   ", "<html>sign in</html>", "null", "[1,null,\"x\"]", "{\"unexpected\":[1,2]}", "{",
        "[{}]",
        "[{\"Node\":", "\u{1}\u{2}garbage", "[{\"Node\":{\"Node\":[\"n\"]}}]", "{\"0\":{}}", "[[]]",
        "42",
    ])
    func `a bad answer is an error, never an empty world`(body: String) async {
        for path in ["catalog", "health/state", "health/service"] {
            let shelf = shelf { (request, answer) in
                guard request.url.contains(path) else { return answer }
                return HTTPAnswer(status: 200, headers: answer.headers, body: Array(body.utf8))
            }
            let (listener, error) = await run(on: shelf, pauses: 8)
            #expect(listener.events.isEmpty, "\(path)")
            #expect(error != nil, "\(path)")
        }
    }

    @Test func `a bad answer on the way leaves what was told as it was`() async {
        let asked = Mutex(0)
        let shelf = shelf { (request, answer) in
            let isBad = asked.withLock { asked in
                asked += 1
                return asked > 8
            }
            return isBad
                ? HTTPAnswer(status: 200, headers: answer.headers, body: Array("{}".utf8)) : answer
        }
        let (listener, error) = await run(on: shelf, pauses: 100)
        #expect(error != nil || listener.services["web"] != nil)
        #expect(listener.services["web"]?.count == 2)
    }

    @Test func `an endless head of blanks is no list`() async {
        let blanks = [UInt8](repeating: 0x20, count: 2 << 20)
        let consul = SmallConsul()
        let shelf = Shelf { (request) throws(NetworkError) in
            var answer = consul.answer(request)
            if request.url.contains("health/state") { answer.body = blanks }
            return answer
        }
        let (listener, error) = await run(on: shelf)
        #expect(listener.events.isEmpty)
        #expect(
            error?.description == "consul:8500 sent something unreadable for "
                + "/v1/health/state/any: no list has begun after a mebibyte")
    }

    @Test func `a fleet whose addresses come too slowly is told before the deadline is over`()
        async
    {
        let consul = SmallConsul(
            services: Dictionary(
                uniqueKeysWithValues: (0..<600).map { ("s\($0)", ["i": SmallConsul.Probe()]) }))
        let listener = Listener(pauses: 40)
        let shelf = Shelf { (request) throws(NetworkError) in
            // Each service takes the server 50 ms, one after the other.
            if request.url.contains("health/service") { listener.advance(.milliseconds(50)) }
            return consul.answer(request)
        }
        let settings = FeedSettings(
            name: "consul", kind: .consul, worlds: [.registry], url: "http://consul:8500")
        let source = FeedSource(
            name: "consul", kind: .consul, world: .registry, address: "consul:8500")
        let feed = ConsulRegistry(
            settings: settings, source: source, client: shelf, resolver: NoResolver())
        try? await feed.run(listener)
        #expect(
            listener.notes.first == "600 services, 600 instances; addresses are still coming")
    }

    @Test(arguments: [
        ("GET http://10.0.0.7:80/a@b: 200 OK", "GET http://10.0.0.7:80/a@b: 200 OK"),
        ("ops@example.org: see http://x:1", "ops@example.org: see http://x:1"),
        (
            "amqp://me:hush@h:1/v and http://you:h@u@h:2: refused",
            "amqp://me:••••••@h:1/v and http://you:••••••@h:2: refused"
        ),
    ])
    func `a password in the address that a check probes is hidden, all else stays`(
        output: String, shown: String
    ) async {
        let consul = SmallConsul(services: ["web": ["web-1": .init(output: output)]])
        let shelf = Shelf { (request) throws(NetworkError) in consul.answer(request) }
        let (listener, _) = await run(on: shelf)
        #expect(listener.services["web"]?.first?.checks.first?.output == shown)
    }
}
