// EtcdFollowTests: a list, the watch behind it, and the checks beside it.
import Events
import Foundation
import Network
import TestKit
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(5)))
struct EtcdFollowTests {
    private static let created = #"{"result":{"header":{"revision":"10"},"created":true}}"# + "\n"
    private let list = HTTPAnswer.range(
        revision: 10, ("config/a/prod", "{}", 4), ("config/b/prod", "{}", 9))

    /// An event as a watch tells it.
    private func event(_ key: String, _ revision: Int, isDelete: Bool = false) -> String {
        let type = isDelete ? #""type":"DELETE","# : ""
        return """
            {"result":{"header":{"revision":"\(revision)"},"events":[{\(type)"kv":\
            {"key":"\(key.base64)","mod_revision":"\(revision)","value":"e30="}}]}}

            """
    }

    private func config(_ etcd: ScriptedEtcd) -> EtcdConfig { EtcdConfig(.etcd(), etcd) }

    @Test func `the watch begins behind the list, on the same keys`() async throws {
        let etcd = ScriptedEtcd(ranges: [list])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            #expect(
                try await witness.nextEvent().brief == "listed config/a/prod@4, config/b/prod@9")
            #expect(try await witness.nextNote() == "2 keys")
            _ = try await etcd.nextWatch()
            let create = etcd.questions("/v3/watch").first?["create_request"] as? [String: Any]
            #expect(create?["start_revision"] as? Int == 11)
            #expect(create?["key"] as? String == "config/".base64)
            #expect(create?["range_end"] as? String == "config0".base64)
        }
    }

    @Test func `puts and deletes are told as they come`() async throws {
        let etcd = ScriptedEtcd(ranges: [list])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextEvent()
            let watch = try await etcd.nextWatch()
            watch.tell(Self.created + event("config/c/prod", 11))
            #expect(try await witness.nextEvent().brief == "changed config/c/prod@11 gone ")
            #expect(try await witness.nextNote() == "3 keys")
            watch.tell(event("config/a/prod", 12, isDelete: true))
            #expect(try await witness.nextEvent().brief == "changed  gone config/a/prod")
            #expect(try await witness.nextNote() == "2 keys")
        }
    }

    @Test func `a check that finds all as it was says only that`() async throws {
        let etcd = ScriptedEtcd(ranges: [list, .range(revision: 10, count: 2)])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextNote()
            try await etcd.nextWatch().tell(Self.created)
            #expect(try await witness.nextPause() == .seconds(5))
            witness.pass()
            #expect(try await witness.nextNote().hasPrefix("2 keys"))
            #expect(etcd.questions("/v3/kv/range").last?["count_only"] as? Bool == true)
        }
    }

    @Test func `a revision lower than before is another store, which is listed whole`()
        async throws
    {
        let restored = HTTPAnswer.range(revision: 5, ("config/a/prod", "{}", 4))
        let etcd = ScriptedEtcd(ranges: [list, .range(revision: 5, count: 1), restored])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextEvent()
            try await etcd.nextWatch().tell(Self.created)
            witness.pass()
            witness.pass()
            #expect(try await witness.nextEvent().brief == "listed config/a/prod@4")
            _ = try await etcd.nextWatch()
            let create = etcd.questions("/v3/watch").last?["create_request"] as? [String: Any]
            #expect(create?["start_revision"] as? Int == 6)
        }
    }

    @Test func `a compacted revision is listed again, and what differs is told`() async throws {
        let later = HTTPAnswer.range(
            revision: 40, ("config/b/prod", "{}", 9), ("config/c/prod", "{}", 30))
        let etcd = ScriptedEtcd(ranges: [list, later])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextEvent()
            let watch = try await etcd.nextWatch()
            let bytes = try EtcdFixture.bytes("3.4", "watch_compacted_revision.ndjson")
            watch.pieces.yield(bytes)
            // Not the pause of the check beside it, which may begin before the watch is over.
            while try await witness.nextPause() != .seconds(1) {}
            witness.pass()
            #expect(
                try await witness.nextEvent().brief == "changed config/c/prod@30 gone config/a/prod"
            )
            #expect(try await witness.nextNote() == "2 keys")
        }
    }

    @Test(arguments: [true, false])
    func `a watch that ends is opened again where it stood, once the server answers`(
        isCut: Bool
    ) async throws {
        let etcd = ScriptedEtcd(ranges: [list, .range(revision: 11, count: 3)])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            let watch = try await etcd.nextWatch()
            watch.tell(Self.created + event("config/c/prod", 11))
            _ = try await witness.next { told in
                if case .note("3 keys") = told { true } else { nil }
            }
            if isCut {
                watch.pieces.finish(throwing: NetworkError.cutShort("reset"))
            } else {
                watch.pieces.finish()
            }
            while try await witness.nextPause() != .seconds(1) {}
            witness.pass()
            _ = try await etcd.nextWatch()
            let create = etcd.questions("/v3/watch").last?["create_request"] as? [String: Any]
            #expect(create?["start_revision"] as? Int == 12)
            #expect(etcd.questions("/v3/kv/range").count >= 2)
        }
    }

    @Test func `where the watch is held back the list is polled, and that is said`() async throws {
        let later = HTTPAnswer.range(revision: 11, ("config/a/prod", "{}", 11))
        let etcd = ScriptedEtcd(ranges: [list, .range(revision: 11, count: 1), later])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextEvent()
            _ = try await etcd.nextWatch()
            witness.pass()
            witness.pass()
            #expect(
                try await witness.nextEvent().brief == "changed config/a/prod@11 gone config/b/prod"
            )
            #expect(
                try await witness.nextNote() == "1 key; polled, for the watch does not come through"
            )
        }
    }

    @Test func `a watch that misses keys for a whole check is listed again`() async throws {
        let count = HTTPAnswer.range(revision: 12, count: 1)
        let later = HTTPAnswer.range(revision: 12, ("config/b/prod", "{}", 9))
        let etcd = ScriptedEtcd(ranges: [list, count, count, later])
        try await config(etcd).running(Witness(.untilPassed)) { witness in
            _ = try await witness.nextNote()
            let watch = try await etcd.nextWatch()
            watch.tell(Self.created + event("config/b/prod", 12))
            _ = try await witness.nextEvent()
            for _ in 1...3 { witness.pass() }
            #expect(
                try await witness.nextEvent().brief == "changed config/b/prod@9 gone config/a/prod")
        }
    }

    @Test(
        arguments: [
            ("auth_watch_denied.json", "permission denied"),
            ("auth_watch_no_token.json", "user name is empty"),
            ("watch_server_sigterm.ndjson", "503"),
        ], EtcdFixture.versions)
    func `a watch that is refused in its stream is a sentence`(
        fixture: (name: String, words: String), version: String
    ) async throws {
        let etcd = ScriptedEtcd(ranges: [list])
        let bytes = try EtcdFixture.bytes(version, fixture.name)
        let error = try await #require(throws: FeedError.self) {
            try await config(etcd).running(Witness(.untilPassed)) { witness in
                try await etcd.nextWatch().pieces.yield(bytes)
                _ = try await witness.next { _ in false ? 0 : nil }
            }
        }
        #expect(error.description.hasPrefix("etcd:2379 "))
        #expect(error.description.contains(fixture.words))
    }

    @Test(arguments: ["<html>", "hello", #"{"result":7}"#, "{}", #"{"result":{"events":[{}]}}"#])
    func `a stream that is none of etcd's is a sentence`(text: String) async throws {
        let etcd = ScriptedEtcd(ranges: [list])
        let error = try await #require(throws: FeedError.self) {
            try await config(etcd).running(Witness(.untilPassed)) { witness in
                try await etcd.nextWatch().tell(text)
                _ = try await witness.next { _ in false ? 0 : nil }
            }
        }
        #expect(error.description.hasPrefix("etcd:2379 sent something unreadable for /v3/watch: "))
    }

    @Test func `a server that is gone ends the run`() async throws {
        let etcd = ScriptedEtcd(ranges: [list, HTTPAnswer(status: 502)])
        let error = try await #require(throws: FeedError.self) {
            try await config(etcd).running(Witness(.untilPassed)) { witness in
                try await etcd.nextWatch().tell(Self.created)
                witness.pass()
                _ = try await witness.next { _ in false ? 0 : nil }
            }
        }
        #expect(error.description.contains("HTTP 502"))
    }
}
