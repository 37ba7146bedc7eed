// HostPort: an address cut into host and port.
import Glibc

/// `host:port`, or `[host]:port` where the host has colons of its own.
struct HostPort {
    var host: String
    var port: Substring

    /// Nil where there is no port, or a colon or bracket too many.
    init?(_ address: String) {
        guard let colon = address.lastIndex(of: ":") else { return nil }
        port = address[address.index(after: colon)...]
        var host = address[..<colon]
        if host.first == "[" {
            guard host.last == "]", host.firstIndex(of: "]") == host.index(before: host.endIndex)
            else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") || host.contains("]") {
            return nil
        }
        guard !host.contains("["), !port.contains("["), !port.contains("]") else { return nil }
        self.host = String(host)
    }

    /// The address without what follows the host's first dot; one by number stays as it is.
    static func withoutDomain(_ address: String) -> String {
        let parts = HostPort(address)
        let host = parts?.host ?? address
        guard !isNumber(host) else { return address }
        let name = String(host.prefix { $0 != "." })
        guard let port = parts?.port, !port.isEmpty else { return name }
        return name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
    }

    /// Whether the host is an IPv4 or IPv6 address.
    private static func isNumber(_ host: String) -> Bool {
        guard !host.utf8.contains(0) else { return false }
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
    }
}
