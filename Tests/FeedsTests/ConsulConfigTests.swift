// ConsulConfigTests: Consul's keys as configuration.
import Events
import Network
import Synchronization
import TestKit
import Testing

@testable import Feeds

struct ConsulConfigTests {
    private func answer(_ body: String, index: Int, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(
            status: status, headers: ["X-Consul-Index": "\(index)"], body: Array(body.utf8))
    }

    private let pool =
        #"[{"Key":"config/web/production","Flags":0,"Value":"eyJ2ZXJzaW9uIjoidjQyIiwicGFzc3dvcmQiOiJodW50ZXIyIn0=","ModifyIndex":21,"LockIndex":0}]"#

    @Test func `a recorded deployment of keys is followed to its end`() async throws {
        let tape = try ConsulTape(driver: "/v1/kv/config/") { _ in HTTPAnswer(status: 404) }
        tape.play(from: 1, to: 20_000)
        let (listener, error) = await run(.config, on: tape, pauses: 300)
        #expect(error?.description == "consul:8500 refused the connection")
        #expect(
            listener.keys.values.map { "\($0.key)=\($0.version)" }.sorted() == [
                "config/pay/timeout_ms=23", "config/web/pool=91",
            ])
        #expect(listener.events.count == 4)

        tape.play(from: 25_400, to: .max)
        let after = await run(.config, on: tape, pauses: 100).listener
        #expect(after.events.first == .config("consul/config", .listed([])))
        #expect(after.keys["config/web/pool"]?.version == "19")
    }

    @Test func `the exact question is asked, then blocking`() async {
        let shelf = Shelf(["/v1/kv/config/": [answer(pool, index: 30)]])
        let (listener, _) = await run(.config, on: shelf, pauses: 2)
        #expect(
            shelf.targets.prefix(2) == [
                "/v1/kv/config/?recurse", "/v1/kv/config/?recurse&index=30&wait=10s",
            ])
        let entry = listener.keys["config/web/production"]
        #expect(entry?.service == "web")
        #expect(entry?.label == "v42")
        #expect(!"\(listener.events)".contains("hunter2"))
        #expect(listener.notes.first == "1 key under config/")
    }

    @Test func `a value that is no base64 hides no other key, nor the version of its own`() async {
        let odd =
            #"[{"Key":"config/odd/production","Value":"aHVudGVyMg==\u001b[2J","ModifyIndex":7},"#
        let shelf = Shelf(["/v1/kv/config/": [answer(odd + pool.dropFirst(), index: 30)]])
        let (listener, error) = await run(.config, on: shelf, pauses: 1)
        #expect(error == nil)
        #expect(listener.keys["config/web/production"]?.label == "v42")
        let entry = listener.keys["config/odd/production"]
        #expect(entry?.version == "7")
        #expect(entry?.service == "odd")
        #expect(entry?.label == nil && entry?.fields == [])
    }

    @Test func `other prefixes, datacenters and tokens are asked as configured`() async {
        let shelf = Shelf { (_) throws(NetworkError) in
            HTTPAnswer(status: 404, headers: ["X-Consul-Index": "1"])
        }
        _ = await run(.config, on: shelf, pauses: 1) {
            ($0.prefix, $0.datacenter, $0.token) = ("my conf/x/", "dc2", Secret("s3cret"))
        }
        #expect(shelf.targets.first == "/v1/kv/my%20conf/x/?recurse&dc=dc2")
        #expect(shelf.requests.allSatisfy { $0.headers.contains { $0.name == "X-Consul-Token" } })
    }

    @Test func `no keys are no error, and are waited for`() async {
        let shelf = Shelf([
            "/v1/kv/config/": [answer("", index: 7, status: 404), answer(pool, index: 21)]
        ])
        let (listener, _) = await run(.config, on: shelf, pauses: 3)
        #expect(listener.events.first == .config("consul/config", .listed([])))
        #expect(shelf.targets.dropFirst().first?.contains("index=7") == true)
        #expect(listener.keys.count == 1)
    }

    @Test func `a 404 that is not Consul's is an error`() async {
        let (listener, error) = await run(.config, on: Shelf([:]))
        #expect(listener.events.isEmpty)
        #expect(error?.status == 404)
    }

    @Test func `without a token a denying Consul's 404 is a missing token`() async {
        let shelf = Shelf { (_) throws(NetworkError) in
            HTTPAnswer(
                status: 404,
                headers: ["X-Consul-Index": "1", "X-Consul-Default-ACL-Policy": "deny"])
        }
        let (listener, error) = await run(.config, on: shelf)
        #expect(listener.events.isEmpty)
        #expect(error?.status == 403)
    }

    @Test func `a refusal is told in its own words`() async {
        let shelf = Shelf { (_) throws(NetworkError) in
            HTTPAnswer(status: 403, body: Array("Permission denied".utf8))
        }
        let error = await run(.config, on: shelf).error
        #expect(
            error?.description
                == "consul:8500 refused /v1/kv/config/ (Permission denied): the token is missing, or may not read it"
        )
    }

    @Test func `a restore that wakes us with the old body changes nothing`() async {
        let shelf = Shelf([
            "/v1/kv/config/": [
                answer(pool, index: 30), answer(pool, index: 30), answer(pool, index: 12),
                answer(pool, index: 12),
            ]
        ])
        let (listener, _) = await run(.config, on: shelf, pauses: 3)
        #expect(listener.events.count == 1)
        #expect(listener.pauses.first == .seconds(1))
        #expect(shelf.targets[3] == "/v1/kv/config/?recurse")
    }

    @Test func `empty values, and flags beyond Int64, are read`() async {
        let body =
            #"[{"Key":"config/a/b","Flags":18446744073709551615,"Value":null,"ModifyIndex":5}]"#
        let (listener, _) = await run(
            .config, on: Shelf(["/v1/kv/config/": [answer(body, index: 5)]]))
        #expect(listener.keys["config/a/b"]?.label == "18446744073709551615")
    }

    @Test(arguments: [
        "", "<html>", "{}", "null", "[{}]", "[1]",
        #"[{"Key":["a"]}]"#, "[{\"Key\":\"a\"",
    ])
    func `a bad answer is an error, never an empty store`(body: String) async {
        let (listener, error) = await run(
            .config, on: Shelf(["/v1/kv/config/": [answer(body, index: 5)]]), pauses: 4)
        #expect(listener.events.isEmpty)
        #expect(error != nil)
    }
}
