// EtcdServerTests: the feeds against a real etcd, through its life.
import Events
import Feeds
import Network
import TestKit
import Testing

@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: EtcdServer.isWanted, "etcd is not on the PATH; apt install etcd-server"))
struct EtcdServerTests {
    private func registry(_ etcd: EtcdServer) -> EtcdRegistry {
        EtcdRegistry(.etcd(etcd.url), etcd.client)
    }

    private func config(_ etcd: EtcdServer) -> EtcdConfig {
        EtcdConfig(.etcd(etcd.url), etcd.client)
    }

    @Test func `instances that come and go are told as they do`() async throws {
        let etcd = try await EtcdServer()
        let naming = #"{"Op":0,"Addr":"10.1.1.1:7001","Metadata":{"version":"v2"}}"#
        try await etcd.put("services/cart/1", naming)
        try await etcd.put("elsewhere/cart/2", naming)
        try await registry(etcd).running(Witness(.really)) { witness in
            #expect(try await witness.nextEvent().brief == "listed cart: 1")
            #expect(try await witness.nextNote() == "1 service, 1 instance")
            try await etcd.put("services/cart/2", "10.1.1.2:7001")
            #expect(try await witness.nextEvent().brief == "changed cart: 1, 2 gone ")
            try await etcd.put("services/pay/1", #"{"address":"10.1.1.3","port":7001}"#)
            #expect(try await witness.nextEvent().brief == "changed pay: 1 gone ")
            try await etcd.delete("services/cart/1")
            #expect(try await witness.nextEvent().brief == "changed cart: 2 gone ")
            try await etcd.delete("services/pay/1")
            #expect(try await witness.nextEvent().brief == "changed  gone pay")
            #expect(try await witness.nextNote() == "1 service, 1 instance")
        }
    }

    @Test func `an instance whose lease ends is gone`() async throws {
        let etcd = try await EtcdServer()
        let lease = try await etcd.lease(seconds: 1)
        try await etcd.put("services/cart/1", "10.1.1.1:7001", lease: lease)
        try await registry(etcd).running(Witness(.really)) { witness in
            let listed = try await witness.nextEvent()
            guard case .registry(_, .listed(let services)) = listed else {
                Issue.record("\(listed)")
                return
            }
            #expect(services.first?.instances.first?.checks == [])
            #expect(services.first?.instances.first?.health == .unknown)
            #expect(try await witness.nextEvent().brief == "changed  gone cart")
            #expect(try await witness.nextNote() == "0 services, 0 instances")
        }
    }

    @Test func `a configuration's version is the revision of its last change`() async throws {
        let etcd = try await EtcdServer()
        let first = try await etcd.put("config/pay/prod", #"{"version":"v1","password":"hush"}"#)
        try await config(etcd).running(Witness(.really)) { witness in
            let listed = try await witness.nextEvent()
            #expect(listed.brief == "listed config/pay/prod@\(first)")
            #expect(!"\(listed)".contains("hush"))
            let second = try await etcd.put("config/pay/prod", #"{"version":"v2"}"#)
            #expect(
                try await witness.nextEvent().brief == "changed config/pay/prod@\(second) gone ")
            #expect(try await witness.nextNote() == "1 key")
        }
    }

    @Test func `a revision compacted under the watch is listed again`() async throws {
        let etcd = try await EtcdServer()
        try await etcd.put("config/a/prod", "1")
        let client = Beforehand(of: etcd.client) {
            try? await etcd.delete("config/a/prod")
            let last = try? await etcd.put("config/b/prod", "2")
            try? await etcd.compact(at: last ?? "")
        }
        try await EtcdConfig(.etcd(etcd.url), client).running(Witness(.really)) { witness in
            #expect(try await witness.nextEvent().brief == "listed config/a/prod@2")
            #expect(
                try await witness.nextEvent().brief == "changed config/b/prod@4 gone config/a/prod")
            #expect(try await witness.nextNote() == "1 key")
            try await etcd.put("config/b/prod", "3")
            #expect(try await witness.nextEvent().brief == "changed config/b/prod@5 gone ")
        }
    }

    @Test func `a server that dies ends the run, and the next run lists again`() async throws {
        let etcd = try await EtcdServer()
        try await etcd.put("config/a/prod", "1")
        let config = config(etcd)
        let error = try await #require(throws: FeedError.self) {
            try await config.running(Witness(.really)) { witness in
                _ = try await witness.nextNote()
                etcd.kill()
                _ = try await witness.next { _ -> Bool? in nil }
            }
        }
        guard case .unreachable = error else {
            Issue.record("\(error)")
            return
        }
        try await etcd.start()
        try await config.running(Witness(.really)) { witness in
            #expect(try await witness.nextEvent().brief == "listed config/a/prod@2")
            try await etcd.put("config/a/prod", "2")
            #expect(try await witness.nextEvent().brief == "changed config/a/prod@3 gone ")
        }
    }

    @Test func `a server that says nothing any more is noticed beside the quiet watch`()
        async throws
    {
        let etcd = try await EtcdServer()
        var settings = FeedSettings.etcd(etcd.url)
        (settings.deadline, settings.interval) = (.milliseconds(500), .milliseconds(100))
        let config = EtcdConfig(settings, etcd.client)
        let error = try await #require(throws: FeedError.self) {
            try await config.running(Witness(.really)) { witness in
                _ = try await witness.nextPause()
                etcd.freeze()
                _ = try await witness.next { _ -> Bool? in nil }
            }
        }
        #expect(error.description.hasSuffix("did not answer within 500 ms"))
    }

    @Test func `a server whose data is gone is listed anew`() async throws {
        let etcd = try await EtcdServer()
        for value in 1...9 { try await etcd.put("config/a/prod", "\(value)") }
        let config = config(etcd)
        try await config.running(Witness(.really)) { _ = try await $0.nextNote() }
        etcd.forgetAll()
        try await etcd.start()
        try await config.running(Witness(.really)) { witness in
            #expect(try await witness.nextEvent().brief == "listed ")
            try await etcd.put("config/a/prod", "1")
            #expect(try await witness.nextEvent().brief == "changed config/a/prod@2 gone ")
        }
    }

    @Test func `three thousand keys come in pages of one moment`() async throws {
        let etcd = try await EtcdServer()
        for block in 0..<30 {
            let puts = (0..<100).map { number in
                let key = "config/s\(1000 + block * 100 + number)/prod".base64
                return #"{"request_put":{"key":"\#(key)","value":"MQ=="}}"#
            }
            try await etcd.post("/v3/kv/txn", #"{"success":[\#(puts.joined(separator: ","))]}"#)
        }
        try await config(etcd).running(Witness(.really)) { witness in
            let listed = try await witness.nextEvent()
            guard case .config(_, .listed(let entries)) = listed else {
                Issue.record("\(listed)")
                return
            }
            #expect(Set(entries.map(\.key)).count == 3000)
            #expect(try await witness.nextNote() == "3,000 keys")
        }
    }

    @Test func `a user reads what they may, also after their token was lost`() async throws {
        let etcd = try await EtcdServer()
        try await etcd.put("config/a/prod", "1")
        try await etcd.enableUsers()
        var settings = FeedSettings.etcd(etcd.url)
        (settings.user, settings.password) = ("viewer", Secret("viewer-pw"))
        let config = EtcdConfig(settings, etcd.client)
        for _ in 1...2 {
            try await config.running(Witness(.really)) { witness in
                let listed = try await witness.nextEvent().brief
                #expect(listed == "listed config/a/prod@2")
            }
            // Tokens are lost with the server's memory.
            etcd.kill()
            try await etcd.start()
        }
    }

    @Test func `who may not read is told why`() async throws {
        let etcd = try await EtcdServer()
        try await etcd.enableUsers()
        var settings = FeedSettings.etcd(etcd.url)
        #expect(try await refusal(settings, etcd).contains("user name is empty"))
        (settings.user, settings.password) = ("viewer", Secret("guessed"))
        #expect(try await refusal(settings, etcd).contains("invalid user ID or password"))
        settings.password = Secret("viewer-pw")
        settings.prefix = "elsewhere/"
        #expect(try await refusal(settings, etcd).contains("permission denied"))
        settings.token = Secret("made.up")
        #expect(try await refusal(settings, etcd).contains("invalid auth token"))
    }

    private func refusal(_ settings: FeedSettings, _ etcd: EtcdServer) async throws -> String {
        let error = try await #require(throws: FeedError.self) {
            try await EtcdConfig(settings, etcd.client).run(Witness(.really))
        }
        return error.description
    }
}

/// Does something before the first watch is opened.
private actor Beforehand: HTTPClient {
    private let client: any HTTPClient
    private var deed: (@Sendable () async -> Void)?

    init(of client: any HTTPClient, _ deed: @escaping @Sendable () async -> Void) {
        (self.client, self.deed) = (client, deed)
    }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        try await client.send(request)
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        let first = deed
        deed = nil
        await first?()
        return try await client.stream(request)
    }
}

extension EtcdServer {
    /// `root`, and `viewer` who may read `config/`.
    fileprivate func enableUsers() async throws {
        try await post("/v3/auth/user/add", #"{"name":"root","password":"root-pw"}"#)
        try await post("/v3/auth/user/add", #"{"name":"viewer","password":"viewer-pw"}"#)
        try await post("/v3/auth/role/add", #"{"name":"reads"}"#)
        let range =
            #"{"permType":"READ","key":"\#("config/".base64)","range_end":"\#("config0".base64)"}"#
        try await post("/v3/auth/role/grant", #"{"name":"reads","perm":\#(range)}"#)
        try await post("/v3/auth/role/add", #"{"name":"root"}"#)
        try await post("/v3/auth/user/grant", #"{"user":"root","role":"root"}"#)
        try await post("/v3/auth/user/grant", #"{"user":"viewer","role":"reads"}"#)
        try await post("/v3/auth/enable", "{}")
    }
}
