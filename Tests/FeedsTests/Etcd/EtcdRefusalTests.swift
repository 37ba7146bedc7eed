// EtcdRefusalTests: what etcd refuses, and answers that are none of etcd's, become sentences.
import Events
import Foundation
import Network
import TestKit
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(5)))
struct EtcdRefusalTests {
    /// Why a run ends at its first question.
    private func failure(_ answer: HTTPAnswer, _ settings: FeedSettings = .etcd()) async throws
        -> String
    {
        let listener = Listener()
        let error = try await #require(throws: FeedError.self) {
            try await EtcdRegistry(settings, ScriptedEtcd(ranges: [answer])).run(listener)
        }
        #expect(listener.events.isEmpty && listener.notes.isEmpty)
        return error.description
    }

    @Test(arguments: EtcdFixture.versions)
    func `a missing user is explained`(version: String) async throws {
        let answer = try EtcdFixture.answer(version, "auth_range_no_token_error.json", status: 400)
        let words = "etcdserver: user name is empty; set user and password, or a token"
        #expect(
            try await failure(answer) == "etcd:2379 answered /v3/kv/range with HTTP 400 (\(words))")
    }

    @Test(arguments: EtcdFixture.versions)
    func `a token that is not accepted is said`(version: String) async throws {
        var settings = FeedSettings.etcd()
        settings.token = Secret("nonsense.1")
        let answer = try EtcdFixture.answer(version, "auth_bad_token_error.json", status: 401)
        let sentence = try await failure(answer, settings)
        #expect(sentence.contains("etcdserver: invalid auth token"))
        #expect(!sentence.contains("nonsense"))
    }

    @Test(arguments: EtcdFixture.versions)
    func `a prefix that may not be read is said`(version: String) async throws {
        let answer = try EtcdFixture.answer(version, "auth_range_denied_error.json", status: 403)
        #expect(
            try await failure(answer)
                == "etcd:2379 refused /v3/kv/range (etcdserver: permission denied): "
                + "the token is missing, or may not read it")
    }

    @Test(arguments: EtcdFixture.versions)
    func `a lost quorum is said`(version: String) async throws {
        let answer = try EtcdFixture.answer(
            version, "noquorum_range_linearizable.json", status: 503)
        #expect(try await failure(answer).contains("the cluster has no quorum"))
    }

    @Test(arguments: [
        "", " \n", "<html><body>Log in</body></html>", "not JSON", "{", "[]", "null", "7",
        "{}", #"{"kvs":[]}"#, #"{"header":{}}"#, #"{"header":{"revision":"x"}}"#,
        #"{"header":{"revision":null}}"#, #"{"header":{"revision":"9"},"kvs":{}}"#,
        #"{"header":{"revision":"9"},"kvs":[null],"count":"1"}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":7}],"count":"1"}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"!","mod_revision":"1"}],"count":"1"}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"YQ=="}],"count":"1"}"#,
        #"{"header":{"revision":"9"},"count":"41"}"#,
        #"{"header":{"revision":"9"},"more":true,"count":"41"}"#,
        #"{"header":{"revision":"9"},"more":"yes"}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"YQ==","mod_rev"#,
    ])
    func `what is no answer of etcd's is a sentence, and no empty world`(body: String) async throws
    {
        let sentence = try await failure(.json(body))
        #expect(sentence.hasPrefix("etcd:2379 sent something unreadable for /v3/kv/range: "))
    }

    @Test(arguments: [301, 404, 421, 429, 500, 502])
    func `a status without etcd's words is a sentence`(status: Int) async throws {
        for body in ["", "404 page not found\n", "<html>nginx</html>", "{}", "[1]"] {
            let sentence = try await failure(HTTPAnswer(status: status, body: Array(body.utf8)))
            #expect(sentence.contains("/v3/kv/range") && sentence.hasPrefix("etcd:2379 "))
        }
    }

    @Test(arguments: EtcdFixture.versions)
    func `an answer cut anywhere is a sentence`(version: String) async throws {
        let body = try EtcdFixture.bytes(version, "range_kv_with_lease.json")
        for length in stride(from: 0, to: body.count - 1, by: 7) {
            _ = try await failure(HTTPAnswer(status: 200, body: Array(body[..<length])))
        }
    }

    @Test(arguments: EtcdFixture.versions)
    func `an empty keyspace is an empty world, once etcd says so`(version: String) async throws {
        let listener = Listener()
        let etcd = ScriptedEtcd(ranges: [try EtcdFixture.answer(version, "range_missing_key.json")])
        _ = try? await EtcdConfig(.etcd(), etcd).run(listener)
        #expect(listener.events == [.config("etcd/config", .listed([]))])
        #expect(listener.notes.first == "0 keys")
    }
}
