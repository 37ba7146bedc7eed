// RestartableServer: a server that can be gone for a while, and comes back on its port.
import Glibc
package import Network

/// While it is down its port refuses connections, and nobody else gets it.
package actor RestartableServer {
    package nonisolated let port: UInt16
    private let handler: HTTPServer.Handler
    private var server: HTTPServer?
    private var reservation: PortReservation?

    package init(handler: @escaping HTTPServer.Handler) throws(HTTPServerError) {
        let server = try HTTPServer(handler: handler)
        (self.handler, self.server, port) = (handler, server, server.port)
    }

    package nonisolated var url: String { "http://127.0.0.1:\(port)" }

    package func stop() async {
        guard let server else { return }
        self.server = nil
        await server.stop()
        reservation = PortReservation(port)
    }

    package func resume() throws(HTTPServerError) {
        guard server == nil else { return }
        server = try HTTPServer(port: port, handler: handler)
        reservation = nil
    }
}

/// A bound socket that does not listen: it refuses, and keeps the port from being given away.
private struct PortReservation: ~Copyable {
    private let socket: Int32

    init(_ port: UInt16) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // Whoever reuses addresses as well may bind beside it, as the server does.
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        _ = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(socket) }
}
