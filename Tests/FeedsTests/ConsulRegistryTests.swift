// ConsulRegistryTests: what the registry's feed makes of a Consul that answers well.
import Events
import Network
import Synchronization
import TestKit
import Testing

@testable import Feeds

struct ConsulRegistryTests {
    @Test func `instances are told with address, zone, version and all their checks`() async throws
    {
        let consul = SmallConsul()
        let (listener, _) = await run(
            on: Shelf { (request) throws(NetworkError) in consul.answer(request) })
        #expect(listener.services.keys.sorted() == ["web"])
        let first = try #require(listener.services["web"]?.first)
        #expect(first.instanceID == "web-1")
        #expect(first.address == "10.0.0.1:80")
        #expect(first.zone == "a")
        #expect(first.version == "1.0")
        #expect(first.health == .passing)
        #expect(first.checks.map(\.id) == ["web-1:ttl"])
        #expect(listener.notes.first == "1 service, 2 instances")
    }

    @Test func `the recorded fleet reads as it was`() async throws {
        let names = ["web", "api", "orders", "postgres", "evil", "batch", "fat"]
        var answers: [String: [HTTPAnswer]] = [
            "/v1/catalog/services": [
                .json(
                    "{\(names.map { "\"\($0)\":[]" }.joined(separator: ","))}",
                    ["X-Consul-Index": "9"])
            ]
        ]
        for name in names {
            answers["/v1/health/service/\(name)"] = [
                HTTPAnswer(status: 200, body: try fixture("health_service_\(name).json"))
            ]
        }
        let services = await run(on: Shelf(answers), pauses: 0).listener.services
        #expect(services["web"]?.map(\.health) == [.passing, .maintenance, .warning, .critical])
        #expect(services["web"]?.map(\.node) == ["n1", "n9", "n1", "n1"])
        #expect(services["web"]?.map(\.version) == ["1.4.2", nil, "1.4.2", "1.5.0-rc1"])
        #expect(services["api"]?.map(\.health) == [.maintenance, .passing])
        #expect(services["postgres"]?.map(\.health) == [.passing, .critical])
        #expect(services["batch"]?.first?.checks.map(\.id) == ["serfHealth"])
        #expect(
            services["orders"]?.first?.checks.contains {
                $0.status == .critical && $0.output.isEmpty
            } == true)
        #expect(services["fat"]?.flatMap(\.checks).allSatisfy { $0.output.count <= 4096 } == true)
    }

    @Test func `a recorded deployment is followed to its end`() async throws {
        let tape = try ConsulTape(driver: "/v1/health/state/any") { request in
            request.url.contains("/catalog/services")
                ? .json(#"{"web":["v1"]}"#, ["X-Consul-Index": "20"]) : HTTPAnswer(status: 404)
        }
        let listener = await run(on: tape, pauses: 500).listener
        var seen: [String] = []
        for case .registry(_, let event) in listener.events {
            guard case .changed(let listings, _) = event else { continue }
            for instance in listings.flatMap(\.instances) where instance.instanceID == "web-2" {
                if seen.last != instance.health.rawValue { seen.append(instance.health.rawValue) }
            }
        }
        #expect(seen == ["warning", "critical", "passing"])
        #expect(listener.services["web"]?.map(\.instanceID) == ["web-1", "web-2", "web-4"])
        #expect(listener.services["web"]?.last?.version == "1.5.0")
        #expect(listener.services["web"]?.map(\.health) == [.passing, .passing, .passing])

        tape.play(from: 17_681, to: 17_681)
        let dead = await run(on: tape)
        #expect(dead.listener.events.isEmpty)
        #expect(dead.error?.description == "consul:8500 refused the connection")

        tape.play(from: 25_400, to: .max)
        let after = await run(on: tape, pauses: 100).listener
        #expect(after.listings == 1)
        #expect(after.services["web"]?.map(\.instanceID) == ["web-1"])
    }

    @Test func `an instance without checks passes, and sidecars are no services`() async {
        var consul = SmallConsul()
        consul.services["web-proxy"] = ["web-proxy-1": .init()]
        let plain = consul
        consul.kind = "connect-proxy"
        let proxy = consul
        let (listener, _) = await run(
            on: Shelf { (request) throws(NetworkError) in
                if request.url.contains("service/web-proxy") { return proxy.answer(request) }
                if request.url.contains("service/web") {
                    return .json(
                        #"[{"Node":{"Node":"n"},"Service":{"ID":"w","Service":"web"},"Checks":null}]"#
                    )
                }
                return plain.answer(request)
            })
        #expect(listener.services.keys.sorted() == ["web"])
        #expect(listener.services["web"]?.map(\.health) == [.passing])
        #expect(listener.notes.first == "1 service, 1 instance; 1 sidecar left out")
    }

    @Test(arguments: [
        ("warning", "ttl", Health.warning), ("unknown-word", "ttl", .unknown),
        ("", "ttl", .unknown),
        ("critical", "serfHealth", .critical), ("critical", "_node_maintenance", .maintenance),
    ])
    func `an instance is the worst of its own and its node's checks, maintenance apart`(
        status: String, id: String, health: Health
    ) async {
        var consul = SmallConsul()
        if id == "ttl" {
            consul.services["web"]?["web-1"]?.status = status
        } else {
            consul.nodeChecks = [.init(id: id, status: status, isOfNode: true)]
        }
        let answers = consul
        let (listener, _) = await run(
            on: Shelf { (request) throws(NetworkError) in answers.answer(request) })
        #expect(listener.services["web"]?.first?.health == health)
    }

    @Test func `the token is a header, the datacenter a parameter of every query`() async {
        let consul = SmallConsul()
        let shelf = Shelf { (request) throws(NetworkError) in consul.answer(request) }
        _ = await run(on: shelf) {
            $0.token = Secret("s3cret")
            $0.datacenter = "dc2"
        }
        #expect(
            shelf.requests.allSatisfy {
                $0.headers.contains { $0.name == "X-Consul-Token" && $0.value == "s3cret" }
            })
        #expect(shelf.targets.allSatisfy { $0.contains("dc=dc2") && !$0.contains("s3cret") })
    }

    @Test func `a large fleet is told from one list, and its addresses follow`() async {
        var consul = SmallConsul()
        for number in 0..<1100 { consul.services["s\(number)"] = ["i\(number)": .init()] }
        consul.services["s599"] = ["i599": .init(status: "critical")]
        let answers = consul
        let shelf = Shelf { (request) throws(NetworkError) in answers.answer(request) }
        let (listener, _) = await run(on: shelf, pauses: 400)
        guard case .registry(_, .listed(let first))? = listener.events.first else {
            Issue.record("the first event is no list")
            return
        }
        #expect(first.count == 1101)
        // What is sick is read whole before it is told.
        let known = first.filter { $0.instances.contains { !$0.address.isEmpty } }
        #expect(known.map(\.service) == ["s599"])
        #expect(listener.services.values.joined().allSatisfy { $0.address == "10.0.0.1:80" })
        #expect(listener.services["s599"]?.first?.health == .critical)
        #expect(listener.notes.last == "1101 services, 1102 instances")
        #expect(shelf.targets.contains { $0.hasPrefix("/v1/health/state/critical") })
        #expect(!shelf.targets.contains { $0.hasPrefix("/v1/health/state/any?") })
    }

    @Test func `in a large fleet instances without checks count from the first picture on`() async {
        var consul = SmallConsul()
        for number in 0..<2600 { consul.services["s\(number)"] = ["i\(number)": .init()] }
        consul.services["s599"] = ["i599": .init(status: "critical")]
        let answers = consul
        @Sendable func bare(_ service: String) -> String {
            #"{"Node":{"Node":"n2"},"Service":{"ID":"bare","Service":"\#(service)"},"Checks":[]}"#
        }
        let (listener, _) = await run(
            on: Shelf { (request) throws(NetworkError) in
                var answer = answers.answer(request)
                var text = String(decoding: answer.body, as: UTF8.self)
                if request.url.contains("catalog/services") {
                    text = #"{"bare":[],"# + text.dropFirst()
                }
                if request.url.contains("service/s599") {
                    text = "[\(bare("s599"))," + text.dropFirst()
                }
                if request.url.contains("service/bare") {
                    (answer.status, text) = (200, "[\(bare("bare"))]")
                }
                answer.body = Array(text.utf8)
                return answer
            }, pauses: 4)
        guard case .registry(_, .listed(let first))? = listener.events.first else {
            Issue.record("the first event is no list")
            return
        }
        let sick = first.first { $0.service == "s599" }
        #expect(sick?.instances.map(\.health).sorted() == [.passing, .critical])
        #expect(listener.services["bare"]?.map(\.health) == [.passing])
    }

    @Test
    func
        `in a large fleet a check that turns critical is told from the list, and read again when it heals`()
        async
    {
        var consul = SmallConsul()
        for number in 0..<1200 { consul.services["s\(number)"] = ["i\(number)": .init()] }
        let healthy = consul
        let sick = Mutex(0)
        consul.services["s7"]?["i7"] = .init(status: "critical", output: "refused", modified: 11)
        consul.index = 11
        let broken = consul
        let shelf = Shelf { (request) throws(NetworkError) in
            // The first two questions for sick checks find none, the next two one, then none again.
            let isAboutSick = request.url.contains("state/critical")
            let asked = sick.withLock { count in
                if isAboutSick { count += 1 }
                return count
            }
            if isAboutSick, (3...4).contains(asked) { return broken.answer(request) }
            var answer = healthy
            answer.index = 20
            if asked > 4 {
                answer.services["s7"]?["i7"] = .init(output: "fine again", modified: 12)
            }
            if isAboutSick { answer.index = asked > 4 ? 12 : 10 }
            return answer.answer(request)
        }
        let (listener, _) = await run(on: shelf, pauses: 80)
        let told = listener.events.compactMap { event -> Check? in
            guard case .registry(_, .changed(let listings, _)) = event else { return nil }
            return listings.first { $0.service == "s7" }?.instances.first?.checks.first
        }
        #expect(told.contains { $0.status == .critical && $0.output == "refused" })
        #expect(listener.services["s7"]?.first?.checks.first?.output == "fine again")
    }

    @Test func `services that come, change and go wake the catalog`() async {
        let step = Mutex(0)
        let shelf = Shelf { (request) throws(NetworkError) in
            var consul = SmallConsul()
            let isCatalog = request.url.contains("catalog")
            let now = step.withLock { step in
                if isCatalog { step += 1 }
                return step
            }
            consul.index = isCatalog ? 10 + now : 10
            if now >= 3 { consul.services["pay"] = ["pay-1": .init(modified: 20)] }
            if now >= 5 { consul.meta = #"{"version":"2.0","config_version":"v42"}"# }
            if now >= 7 { consul.services["web"] = nil }
            return consul.answer(request)
        }
        let (listener, _) = await run(on: shelf, pauses: 200)
        #expect(listener.services.keys.sorted() == ["pay"])
        #expect(listener.services["pay"]?.first?.version == "2.0")
        #expect(listener.services["pay"]?.first?.configVersion == "v42")
        #expect(listener.listings == 1)
    }
}
