// EtcdPlace: a real etcd as a place where stores see each other.
import AlertStores
import Events
import Feeds
import Foundation
import Network
import TestKit

extension StoreKind {
    static let etcd = StoreKind(testDescription: "etcd") { body in
        let server = try await EtcdServer()
        try await body(
            StorePlace(
                open: { TeamStore(etcd: server) },
                pass: { _ in try await server.endLeases(under: "clawtop/") }))
        server.kill()
    }
}

extension TeamStore {
    convenience init(
        etcd server: EtcdServer, deadline: Duration = .seconds(10),
        client: any HTTPClient = CurlClient(), _ change: (inout FeedSettings) -> Void = { _ in }
    ) {
        var settings = FeedSettings(
            name: "store", kind: .etcd, worlds: [], url: server.url, deadline: deadline)
        change(&settings)
        self.init(etcd: settings, client: client, resolver: NoServices())
    }
}

struct NoServices: ServiceResolver {
    func addresses(of service: String, onlyPassing: Bool) async -> [String] { [] }
}

extension EtcdServer {
    /// What the passing of time does to keys that nobody keeps alive.
    func endLeases(under prefix: String) async throws {
        let range = #"{"key":"\#(prefix.base64)","range_end":"\#("\(prefix)\u{7F}".base64)"}"#
        var request = HTTPRequest("\(url)/v3/kv/range")
        (request.method, request.body) = ("POST", Array(range.utf8))
        let answer = try await client.send(request)
        let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        let pairs = object?["kvs"] as? [[String: Any]] ?? []
        for lease in Set(pairs.compactMap { $0["lease"] as? String }) where lease != "0" {
            try await revoke(lease: lease)
        }
    }
}
