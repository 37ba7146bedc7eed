// ListenAddress: where our own series are served: `127.0.0.1:9464`, `[::]:9464`, `:9464`.
import CommandLine

struct ListenAddress: Equatable {
    /// Numeric; all of this host's where only a port was named.
    var host: String
    var port: UInt16

    init(_ text: String) throws(UsageError) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]), port > 0
        else {
            throw UsageError("--metrics \(text) names no port; write it as in 127.0.0.1:9464")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host == "localhost" { host = "127.0.0.1" }
        (self.host, self.port) = (host.isEmpty ? "::" : host, port)
    }
}
