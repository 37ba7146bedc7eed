// EtcdLeases: leases that keep our keys alive, renewed while we are.
import Feeds

/// One lease for each key that goes with us.
actor EtcdLeases {
    private let gateway: EtcdGateway
    private var leases: [String: Int64] = [:]

    init(_ gateway: EtcdGateway) { self.gateway = gateway }

    /// A lease that lasts for `seconds` from now: the one that `owner` has, or a new one.
    func lease(of owner: String, lasting seconds: Int64) async throws(FeedError) -> Int64 {
        if let lease = leases[owner], try await renew(of: owner) { return lease }
        let grant = try await gateway.ask(
            "/v3/lease/grant", ["TTL": String(seconds)], for: Lease.self)
        leases[owner] = grant.id.value
        return grant.id.value
    }

    /// The owner's keys go with its lease.
    func end(of owner: String) async throws(FeedError) {
        guard let lease = leases.removeValue(forKey: owner) else { return }
        do throws(FeedError) {
            _ = try await gateway.ask(
                "/v3/lease/revoke", ["ID": String(lease)], for: Nothing.self)
        } catch {
            // It ended before.
            guard error.status == 404 else { throw error }
        }
    }

    /// False where there is none, or it has ended: then the answer names no time to live.
    func renew(of owner: String) async throws(FeedError) -> Bool {
        guard let lease = leases[owner] else { return false }
        let answer = try await gateway.ask(
            "/v3/lease/keepalive", ["ID": String(lease)], for: Renewal.self)
        return (answer.result.seconds?.value ?? 0) > 0
    }

    private struct Lease: Decodable, Sendable {
        var id: EtcdNumber
        var seconds: EtcdNumber?

        private enum CodingKeys: String, CodingKey {
            case id = "ID"
            case seconds = "TTL"
        }
    }

    private struct Renewal: Decodable, Sendable {
        var result: Lease
    }

    private struct Nothing: Decodable, Sendable {}
}
