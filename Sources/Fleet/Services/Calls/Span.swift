// Span: one side of a call, as Zipkin's v2 JSON has it.
import Events

struct Span: Sendable {
    enum Kind: String, Sendable {
        case client = "CLIENT"
        case server = "SERVER"
    }

    var context: TraceContext
    /// Nil for work inside one service.
    var kind: Kind?
    var name: String
    var service: ServiceName
    var port: Int
    /// The service on the other side.
    var peer: ServiceName?
    var tags: [(name: String, value: String)] = []
    /// The other side made the ids.
    var isShared = false

    private let began = ContinuousClock.now
    private let timestamp = microseconds()

    init(
        _ context: TraceContext, _ kind: Kind?, _ name: String, at service: ServiceName, port: Int,
        peer: ServiceName? = nil
    ) {
        (self.context, self.kind, self.name) = (context, kind, name)
        (self.service, self.port, self.peer) = (service, port, peer)
    }

    mutating func tag(_ name: String, _ value: String) {
        tags.append((name, value))
    }

    /// The span in JSON, as it ends now.
    func ended() -> JSON {
        let duration = max(1, Int64((ContinuousClock.now - began) / .microseconds(1)))
        var members: [JSON.Member] = [
            .init(name: "traceId", value: .string(context.trace.hexadecimal)),
            .init(name: "id", value: .string(context.span.hexadecimal)),
        ]
        if let parent = context.parent {
            members.append(.init(name: "parentId", value: .string(parent.hexadecimal)))
        }
        if let kind { members.append(.init(name: "kind", value: .string(kind.rawValue))) }
        members += [
            .init(name: "name", value: .string(name)),
            .init(name: "timestamp", value: .integer(timestamp)),
            .init(name: "duration", value: .integer(duration)),
            .init(name: "localEndpoint", value: endpoint),
        ]
        if let peer {
            let remote: JSON = ["serviceName": .string(peer.rawValue)]
            members.append(.init(name: "remoteEndpoint", value: remote))
        }
        if isShared { members.append(.init(name: "shared", value: true)) }
        let tags = tags.map { JSON.Member(name: $0.name, value: .string($0.value)) }
        if !tags.isEmpty { members.append(.init(name: "tags", value: .object(tags))) }
        return .object(members)
    }

    private var endpoint: JSON {
        [
            "serviceName": .string(service.rawValue), "ipv4": "127.0.0.1",
            "port": .integer(Int64(port)),
        ]
    }
}
