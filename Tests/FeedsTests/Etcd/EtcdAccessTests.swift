// EtcdAccessTests: who we are at etcd, and how a token is kept.
import Events
import Network
import TestKit
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(5)))
struct EtcdAccessTests {
    private let empty = HTTPAnswer.range(revision: 1)

    private func token(_ name: String) -> HTTPAnswer {
        .json(#"{"header":{"revision":"1"},"token":"\#(name)"}"#)
    }

    private func tokens(_ etcd: ScriptedEtcd, _ path: String) -> [String?] {
        etcd.requests.filter { $0.url.hasSuffix(path) }.map { request in
            request.headers.last { $0.name == "Authorization" }?.value
        }
    }

    private var settings: FeedSettings {
        var settings = FeedSettings.etcd()
        (settings.user, settings.password) = ("viewer", Secret("viewer-pw"))
        return settings
    }

    @Test func `a user is exchanged for a token, which is kept, and sent without Bearer`()
        async throws
    {
        let etcd = ScriptedEtcd(ranges: [empty], logins: [token("a.1")])
        _ = try? await EtcdConfig(settings, etcd).run(Listener(pauses: 3))
        #expect(tokens(etcd, "/authenticate") == [nil])
        #expect(etcd.questions("/authenticate").first?["password"] as? String == "viewer-pw")
        #expect(Set(tokens(etcd, "/range")) == ["a.1"])
    }

    @Test func `the address may name the user, and does not show them`() async throws {
        let etcd = ScriptedEtcd(ranges: [empty], logins: [token("a.1")])
        let settings = FeedSettings.etcd("http://viewer:a%3Ab@etcd:2379")
        _ = try? await EtcdConfig(settings, etcd).run(Listener())
        #expect(etcd.questions("/authenticate").first?["name"] as? String == "viewer")
        #expect(etcd.questions("/authenticate").first?["password"] as? String == "a:b")
        #expect(etcd.requests.allSatisfy { $0.url.hasPrefix("http://etcd:2379/v3/") })
        #expect(tokens(etcd, "/range").first == "a.1")
    }

    @Test func `a given token is sent as it is, with no login`() async throws {
        var settings = settings
        settings.token = Secret("given.7")
        let etcd = ScriptedEtcd(ranges: [empty])
        _ = try? await EtcdConfig(settings, etcd).run(Listener())
        #expect(tokens(etcd, "/range").first == "given.7")
        #expect(etcd.questions("/authenticate").isEmpty)
    }

    @Test(
        arguments: [
            ("auth_bad_token_error.json", 401), ("jwt_old_revision.json", 400),
            ("auth_range_no_token_error.json", 400),
        ], EtcdFixture.versions)
    func `a token that is refused is fetched anew, once`(
        fixture: (name: String, status: Int), version: String
    ) async throws {
        let refusal = try EtcdFixture.answer(version, fixture.name, status: fixture.status)
        let etcd = ScriptedEtcd(ranges: [refusal, empty], logins: [token("a.1"), token("b.2")])
        let listener = Listener()
        _ = try? await EtcdConfig(settings, etcd).run(listener)
        #expect(tokens(etcd, "/range").prefix(2) == ["a.1", "b.2"])
        #expect(listener.notes.first == "0 keys")
    }

    @Test(arguments: EtcdFixture.versions)
    func `a wrong password is said, without it`(version: String) async throws {
        let refusal = try EtcdFixture.answer(version, "auth_wrong_password_error.json", status: 400)
        let etcd = ScriptedEtcd(ranges: [empty], logins: [refusal])
        let error = try await #require(throws: FeedError.self) {
            try await EtcdConfig(settings, etcd).run(Listener())
        }
        #expect(error.description.contains("authentication failed, invalid user ID or password"))
        #expect(!error.description.contains("viewer"))
        #expect(etcd.questions("/authenticate").count == 1)
    }

    @Test func `a user is not needed where authentication is off`() async throws {
        let refusal = HTTPAnswer(
            status: 400,
            body: Array(#"{"message":"etcdserver: authentication is not enabled"}"#.utf8))
        let etcd = ScriptedEtcd(ranges: [empty], logins: [refusal])
        let listener = Listener()
        _ = try? await EtcdConfig(settings, etcd).run(listener)
        #expect(listener.notes.first == "0 keys")
        #expect(tokens(etcd, "/range").first == .some(nil))
    }
}
