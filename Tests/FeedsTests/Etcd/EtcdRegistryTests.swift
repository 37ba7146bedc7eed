// EtcdRegistryTests: keys of a registry told as services and instances.
import Events
import Foundation
import Network
import TestKit
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(5)))
struct EtcdRegistryTests {
    /// The first list, and what is said of it.
    private func listed(
        _ answers: HTTPAnswer..., prefix: String? = nil
    ) async throws -> (services: [ServiceListing], note: String) {
        let listener = Listener()
        let etcd = ScriptedEtcd(ranges: answers)
        _ = try? await EtcdRegistry(.etcd(prefix: prefix), etcd).run(listener)
        guard case .registry(_, .listed(let services))? = listener.events.first else {
            throw CancellationError()
        }
        return (services, try #require(listener.notes.first))
    }

    @Test(
        arguments: [
            (
                "layout_endpoints.json", "endpoints/",
                "orders 10.0.0.1:8080@10.0.0.1:8080, 10.0.0.2:8080@10.0.0.2:8080"
            ),
            ("layout_user_rpc.json", "user.rpc", "user.rpc 7587881434218273025@10.0.0.3:9090"),
            (
                "layout_microservices.json", "/microservices/",
                "payments 8b1e1f2c-1d8c-4c3f-9a8e-000000000001@10.0.0.4:9000"
            ),
            (
                "layout_micro_registry.json", "/micro/registry/",
                "greeter greeter-6f1c2f6e-9d4e-4c9a-9d9c-000000000002@10.0.0.5:35719"
            ),
        ], EtcdFixture.versions)
    func `recorded layouts of frameworks are read`(
        layout: (name: String, prefix: String, services: String), version: String
    ) async throws {
        let answer = try EtcdFixture.answer(version, layout.name)
        let told = try await listed(answer, prefix: layout.prefix)
        let brief = told.services.map { listing in
            let instances = listing.instances.map { "\($0.id)@\($0.address)" }
            return "\(listing.service) \(instances.joined(separator: ", "))"
        }
        #expect(brief == [layout.services])
    }

    @Test func `health is not known, and the node is not named`() async throws {
        let answer = HTTPAnswer.range(
            revision: 3, ("services/cart/1", #"{"Addr":"a:1","Metadata":{"zone":"b"}}"#, 3))
        let instance = try #require(try await listed(answer).services.first?.instances.first)
        #expect(instance.health == .unknown && instance.checks.isEmpty)
        #expect(instance.node == "" && instance.zone == "b" && instance.id == "1")
    }

    @Test func `an instance whose value cannot be read stays, and says why`() async throws {
        let answer = HTTPAnswer.range(revision: 3, ("services/cart/1", "\u{1}", 3))
        let instance = try #require(try await listed(answer).services.first?.instances.first)
        #expect(instance.health == .unknown && instance.address == "")
        #expect(instance.checks.map(\.id) == ["value"])
        #expect(instance.checks.first?.output == "the value is neither a JSON object nor host:port")
    }

    @Test func `an instance without a lease is marked`() async throws {
        let key = "services/cart/1".base64
        let pair = #"{"key":"\#(key)","mod_revision":"2","value":"\#("a:1".base64)"}"#
        let answer = HTTPAnswer.json(
            #"{"header":{"revision":"3"},"kvs":[\#(pair)],"count":"1"}"#)
        let instance = try #require(try await listed(answer).services.first?.instances.first)
        #expect(
            instance.checks.map(\.output) == ["no lease: the key stays when the instance is gone"])
    }

    @Test func `numbers may be numbers`() async throws {
        let key = "services/cart/1".base64
        let pair = #"{"key":"\#(key)","mod_revision":2,"lease":7,"value":"\#("a:1".base64)"}"#
        let told = try await listed(
            .json(#"{"header":{"revision":3}, "kvs":[\#(pair)], "count":1}"#))
        #expect(told.note == "1 service, 1 instance")
    }

    @Test func `keys of another form are counted, and are no instances`() async throws {
        let answer = HTTPAnswer.range(
            revision: 3, ("services/lonely", "a:1", 2), ("services/cart/", "a:1", 2),
            ("services//1", "a:1", 2), ("services/team/cart/1", "a:1", 3))
        let told = try await listed(answer)
        #expect(told.services.brief == "team/cart: 1")
        #expect(told.note == "1 service, 1 instance; 3 keys of another form")
    }

    @Test func `what only begins like a prefix without its slash lies beside it`() {
        func pair(_ key: String) -> EtcdPair {
            EtcdPair(
                key: Array(key.utf8), value: Array("a:1".utf8), createdAt: 1, changedAt: 1, lease: 7
            )
        }
        var services = EtcdServices(prefix: "services")
        let told = services.apply(.listed([pair("services/cart/1"), pair("services-other/x/1")]))
        guard case .listed(let listings)? = told else {
            Issue.record("nothing is listed")
            return
        }
        #expect(listings.map(\.service) == ["cart"])
        #expect(services.note == "1 service, 1 instance; 1 key of another form")
    }

    @Test func `an instance that registers again as it was is no news`() {
        var services = EtcdServices(prefix: "services/")
        let pair = EtcdPair(
            key: Array("services/cart/1".utf8), value: Array("a:1".utf8), createdAt: 1,
            changedAt: 1, lease: 7)
        #expect(services.apply(.listed([pair])) != nil)
        var again = pair
        again.changedAt = 9
        #expect(services.apply(.changed([again], gone: [])) == nil)
        #expect(services.apply(.changed([], gone: ["services/cart/2"])) == nil)
        #expect(
            services.apply(.changed([], gone: ["services/cart/1"])) == .changed([], gone: ["cart"]))
    }

    @Test func `pages are of the first one's revision, and follow its last key`() async throws {
        let first = """
            {"header":{"revision":"8"},"kvs":[{"key":"\("services/a/1".base64)",\
            "mod_revision":"2"}],"more":true,"count":"2"}
            """
        let second = """
            {"header":{"revision":"9"},"kvs":[{"key":"\("services/b/1".base64)",\
            "mod_revision":"3"}],"count":"1"}
            """
        let etcd = ScriptedEtcd(ranges: [.json(first), .json(second)])
        let listener = Listener()
        _ = try? await EtcdRegistry(.etcd(), etcd).run(listener)
        #expect(listener.notes.first == "2 services, 2 instances")
        let page = try #require(etcd.questions("/v3/kv/range").dropFirst().first)
        #expect(page["revision"] as? Int == 8)
        #expect(page["key"] as? String == "services/a/1\u{0}".base64)
        #expect(page["range_end"] as? String == "services0".base64)
    }

    @Test func `pages that a compaction overtook are asked for again`() async throws {
        let first = """
            {"header":{"revision":"8"},"kvs":[{"key":"\("services/a/1".base64)",\
            "mod_revision":"2"}],"more":true,"count":"2"}
            """
        let compacted = try EtcdFixture.answer(
            "3.4", "range_compacted_revision_error.json", status: 400)
        let told = try await listed(
            .json(first), compacted, .range(revision: 20, ("services/a/1", "a:1", 2)))
        #expect(told.services.brief == "a: 1")
    }

    @Test func `a prefix ends where its last byte is raised`() {
        #expect(EtcdPrefix(text: "services/").end == Array("services0".utf8))
        #expect(EtcdPrefix(text: "").start == [0] && EtcdPrefix(text: "").end == [0])
    }
}
