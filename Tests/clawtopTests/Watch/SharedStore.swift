// SharedStore: a place where several `clawtop watch` meet.
import Fleet
import Network
import TestKit
import Testing

enum SharedStore: String, CustomTestStringConvertible {
    case sqlite, etcd, consul

    var testDescription: String { rawValue }

    /// Those that can be used here.
    static func those(_ stores: SharedStore...) -> [SharedStore] {
        stores.filter { $0 != .etcd || EtcdServer.isWanted }
    }

    /// Runs a test with switches and a configuration that names this store.
    func use(
        switches count: Int, _ body: (Switchboard, _ configuration: String) async throws -> Void
    ) async throws {
        let board = try Switchboard(count)
        let server = try HTTPServer { board.answer($0) }
        defer { withExtendedLifetime(server) {} }
        switch self {
        case .sqlite:
            let file = board.path("alerts.db")
            try await body(board, board.configure(store: "{sqlite: \(file)}", at: server.url))
        case .etcd:
            let etcd = try await EtcdServer()
            let store = "{etcd: '\(etcd.url)', prefix: clawtop/}"
            try await body(board, board.configure(store: store, at: server.url))
            etcd.kill()
        case .consul:
            let registry = Registry()
            let consul = try HTTPServer { await registry.answer($0) }
            let store = "{consul: '\(consul.url)', prefix: clawtop/}"
            try await body(board, board.configure(store: store, at: server.url))
            await consul.stop()
        }
        await server.stop()
    }
}
