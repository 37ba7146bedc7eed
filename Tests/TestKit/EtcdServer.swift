// EtcdServer: a real etcd on loopback, for the length of one test.
import Foundation
import Glibc
package import Network

/// One member with a data folder of its own; `etcd` is looked for on the PATH.
package final class EtcdServer: Sendable {
    package let url: String
    package let client: any HTTPClient
    private var health: String { "\(url)/health" }
    private let arguments: [String]
    private let authority: String?
    private let server: RealServer

    private static let program = path("etcd")

    /// Where etcd is missing its tests are skipped, but never where all tests must run.
    package static var isWanted: Bool { RealServer.isWanted(program) }

    /// Starts a server and waits until it is healthy; with a certificate, it speaks TLS.
    package init(
        client: any HTTPClient = CurlClient(), certificate: LoopbackCertificate? = nil
    ) async throws {
        let (ours, peers) = (try RealServer.freePort(), try RealServer.freePort())
        server = try RealServer(
            "etcd", Self.program, missing: "etcd is not on the PATH; apt install etcd-server",
            port: ours)
        url = "\(certificate == nil ? "http" : "https")://127.0.0.1:\(ours)"
        (self.client, authority) = (client, certificate?.file)
        let tls = certificate.map { ["--cert-file", $0.file, "--key-file", $0.key] } ?? []
        let peer = "http://127.0.0.1:\(peers)"
        arguments =
            [
                "--name", "n1", "--data-dir", server.folder.path, "--log-level", "error",
                "--listen-client-urls", url, "--advertise-client-urls", url,
                "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                "--initial-cluster", "n1=\(peer)",
            ] + tls
        try await start()
    }

    /// Starts the server again, on the same ports and data.
    package func start() async throws {
        try await server.start(arguments, until: health, authority: authority, client: client)
    }

    /// Ends it as `kill -9` does, and waits until it is gone.
    package func kill() { server.kill() }

    /// Stops it without a word to anybody: it keeps its connections and answers nothing.
    package func freeze() { server.signal(SIGSTOP) }

    /// Kills it, and lets it begin with nothing when it is started again.
    package func forgetAll() {
        kill()
        try? FileManager.default.removeItem(at: server.folder)
    }

    /// Waits while it is down, as long as its start may take; false where it stays down.
    @discardableResult
    package func becomesHealthy() async -> Bool {
        await RealServer.isReady(health, authority: authority, client: client)
    }
}

extension EtcdServer {
    /// What the gateway answers to `json`, which must be a success.
    @discardableResult
    package func post(
        _ path: String, _ json: String, token: String? = nil
    ) async throws -> [String: String] {
        var request = HTTPRequest(url + path)
        (request.method, request.body) = ("POST", Array(json.utf8))
        if let token { request.headers = [("Authorization", token)] }
        let answer = try await client.send(request)
        guard answer.status == 200 else {
            throw RealServer.NotStarted(description: String(decoding: answer.body, as: UTF8.self))
        }
        let object = try JSONSerialization.jsonObject(with: Data(answer.body))
        let fields = object as? [String: Any] ?? [:]
        let header = fields["header"] as? [String: Any] ?? [:]
        return fields.merging(header) { $1 }.compactMapValues { $0 as? String }
    }

    /// - Returns: the revision of the change.
    @discardableResult
    package func put(_ key: String, _ value: String, lease: String = "0") async throws -> String {
        let body = #"{"key":"\#(key.base64)","value":"\#(value.base64)","lease":"\#(lease)"}"#
        return try await post("/v3/kv/put", body)["revision"] ?? ""
    }

    package func delete(_ key: String) async throws {
        try await post("/v3/kv/deleterange", #"{"key":"\#(key.base64)"}"#)
    }

    /// - Returns: the lease's id.
    package func lease(seconds: Int) async throws -> String {
        try await post("/v3/lease/grant", #"{"TTL":"\#(seconds)"}"#)["ID"] ?? ""
    }

    package func revoke(lease: String) async throws {
        try await post("/v3/lease/revoke", #"{"ID":"\#(lease)"}"#)
    }

    package func compact(at revision: String) async throws {
        try await post("/v3/kv/compaction", #"{"revision":"\#(revision)"}"#)
    }
}

extension String {
    package var base64: String { Data(utf8).base64EncodedString() }
}
