// ConsulServer: one Consul as both its worlds ask it: token, datacenter, index, stale reads.
package import Events
package import Network

/// Asks Consul and reads what every answer says beside its body.
///
/// Reads are those of the leader; where there is none the same is asked again as a stale read,
/// which any server answers. Source: <https://developer.hashicorp.com/consul/api-docs/features/consistency>
package struct ConsulServer: Sendable {
    /// How long a blocking query may wait at the server: short, so that a dead one is noticed.
    static let wait = Duration.seconds(10)

    package let server: Server
    package let hasToken: Bool
    private let datacenter: String?

    package init(
        _ settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        let token = settings.token.map { [(name: "X-Consul-Token", value: $0.revealed)] }
        server = Server(settings, client: client, resolver: resolver, headers: token ?? [])
        hasToken = settings.token != nil
        datacenter = settings.datacenter
    }

    /// The answer to `path`, from any server at once where there is no leader.
    func ask(
        _ path: String, _ parameters: [String] = [], index: UInt64? = nil, isStale: Bool = false
    ) async throws(FeedError) -> ConsulAnswer {
        let query = query(path, parameters, index: index, isStale: isStale)
        var answer = ConsulAnswer(try await server.ask(query.target, deadline: query.deadline))
        answer.isStale = isStale
        guard answer.saysNoLeader, !isStale else { return answer }
        let again = self.query(path, parameters, index: nil, isStale: true)
        answer = ConsulAnswer(try await server.ask(again.target, deadline: again.deadline))
        (answer.isStale, answer.lostLeader) = (true, true)
        return answer
    }

    /// The body of a good answer, else why it is none.
    func body(_ answer: ConsulAnswer, from path: String) throws(FeedError) -> [UInt8] {
        try server.json(answer.answer, from: path)
    }

    /// Reads a document, or says where in it the trouble is.
    func read<Value>(
        _ answer: ConsulAnswer, from path: String,
        _ read: (inout JSONScanner) throws(JSONError) -> Value
    ) throws(FeedError) -> Value {
        var scanner = JSONScanner(try body(answer, from: path))
        do {
            let value = try read(&scanner)
            try scanner.end()
            return value
        } catch {
            throw server.unreadable(path, "\(error)")
        }
    }

    /// The path with its parameters, and how long its answer may take.
    package func query(
        _ path: String, _ parameters: [String] = [], index: UInt64? = nil, isStale: Bool = false
    ) -> (target: String, deadline: Duration) {
        var parameters = parameters
        if let datacenter { parameters.append("dc=\(datacenter.percentEncoded())") }
        if isStale { parameters.append("stale") }
        var deadline = server.deadline
        if let index {
            parameters += ["index=\(index)", "wait=\(Self.wait.components.seconds)s"]
            deadline += Self.wait * 1.1
        }
        return (
            parameters.isEmpty ? path : "\(path)?\(parameters.joined(separator: "&"))", deadline
        )
    }
}
