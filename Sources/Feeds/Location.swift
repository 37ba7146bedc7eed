// Location: an address taken apart, with its password put where nobody sees it.
import Events
import FoundationEssentials
import Network

/// The parts of `scheme://user:password@host:port/path`.
package struct Location: Sendable {
    var scheme: String
    /// With the port, where one is given.
    var host: String
    /// Begins with a slash or is empty; never ends with one.
    var path: String
    /// `user:password` in base64; nil where the address names no user.
    package var credentials: String?

    package init(_ url: String) {
        var rest = Substring(url)
        scheme = "http"
        if let end = rest.firstRange(of: "://") {
            scheme = rest[..<end.lowerBound].lowercased()
            rest = rest[end.upperBound...]
        }
        let slash = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        var authority = rest[..<slash]
        path = String(rest[slash...])
        if let query = path.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            path = String(path[..<query])
        }
        while path.hasSuffix("/") { path.removeLast() }
        if let at = authority.lastIndex(of: "@") {
            let user = String(authority[..<at])
            credentials = Data(user.percentDecoded()).base64EncodedString()
            authority = authority[authority.index(after: at)...]
        }
        host = String(authority)
    }

    /// The address for people: `10.0.0.7:8500`, `https://consul/base`, `consul://zipkin`.
    var address: String { scheme == "http" ? host + path : "\(scheme)://\(host)\(path)" }
}

extension FeedSettings {
    /// `user:password` in base64.
    var credentials: String? {
        guard let user else { return nil }
        return Data("\(user):\(password?.revealed ?? "")".utf8).base64EncodedString()
    }

    /// The address for people.
    package var shownAddress: String { Location(url).address }
}
