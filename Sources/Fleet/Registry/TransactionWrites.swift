// TransactionWrites: transactions as they are asked for over HTTP, and their limits.
import FoundationEssentials
import Network

extension Registry {
    private static let bodyCap = 512 << 10
    private static let operationCap = 128

    func transact(
        _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        let operations = try operations(request)
        let answer = write { $0.transact(operations) }
        return answer.response(isRead: operations.allSatisfy(\.isRead))
    }

    /// A denial is told like any other reason: with status 409.
    func deniedTransaction(
        _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        var answer = KVTransaction.Answer()
        for (place, step) in try operations(request).enumerated() {
            let permission = step.isRead ? "key:read" : "key:write"
            answer.troubles.append(
                (place, RegistryRefusal.denied(permission, on: step.key).text))
        }
        return answer.response(isRead: false)
    }

    private func operations(
        _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> [KVOperation] {
        guard request.body.count <= Self.bodyCap else {
            throw RegistryRefusal(
                413,
                """
                Request body(\(request.body.count) bytes) too large, max size: \(Self.bodyCap) \
                bytes. See https://www.consul.io/docs/agent/config/config-files#txn_max_req_len.
                """)
        }
        guard
            let operations = try? JSONDecoder().decode(
                [KVOperation].self, from: Data(request.body))
        else { throw RegistryRefusal(400, "Failed to parse body: unexpected EOF") }
        guard operations.count <= Self.operationCap else {
            throw RegistryRefusal(
                413,
                """
                Transaction contains too many operations (\(operations.count) > \
                \(Self.operationCap))
                """)
        }
        return operations
    }
}
