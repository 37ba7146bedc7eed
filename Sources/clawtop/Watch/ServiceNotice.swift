// ServiceNotice: what systemd is told of a service: that it is ready, reloads, or stops.
import Glibc

/// A datagram to the socket that `NOTIFY_SOCKET` names; nothing where there is none.
///
/// Source: <https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html>
struct ServiceNotice {
    let socketPath: String?

    init(_ variables: [String: String]) { socketPath = variables["NOTIFY_SOCKET"] }

    func send(_ state: String) {
        guard let path = socketPath, path.hasPrefix("/") || path.hasPrefix("@") else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // An abstract name begins with a zero byte.
        if path.hasPrefix("@") { name[0] = 0 }
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let socket = Glibc.socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                // Nobody is there to listen: a service runs on all the same.
                _ = sendto(
                    socket, state, state.utf8.count, Int32(MSG_NOSIGNAL), address, length)
            }
        }
    }
}
