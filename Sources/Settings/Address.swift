// Address: what may stand where a server is named.

/// Why an address cannot be asked: a sentence with the remedy.
package struct AddressError: Error, Hashable, Sendable {
    package var message: String
}

/// Throws unless `url` is one that a feed can ask.
package func checkAddress(_ url: String) throws(AddressError) {
    let parts = url.firstRange(of: "://").map { (url[..<$0.lowerBound], url[$0.upperBound...]) }
    guard let (scheme, rest) = parts else {
        throw AddressError(message: "an address needs its scheme: write http://\(masked(url))")
    }
    guard ["http", "https", "consul"].contains(scheme.lowercased()) else {
        throw AddressError(
            message: "\(scheme):// cannot be asked; write http://, https:// or consul://SERVICE")
    }
    let authority = rest.prefix { $0 != "/" }
    let host = authority.split(separator: "@").last ?? ""
    guard !host.isEmpty, !authority.contains(where: \.isWhitespace), host.first != ":" else {
        throw AddressError(message: "the address names no host; write http://HOST:PORT")
    }
    if scheme != "consul", let port = host.split(separator: ":").last, host.contains(":"),
        !host.hasSuffix("]"), UInt16(port) == nil
    {
        throw AddressError(message: "\"\(port)\" is no port; write http://HOST:PORT")
    }
}

/// What stands before an `@` may be a password.
private func masked(_ url: String) -> String {
    url.lastIndex(of: "@").map { "••••••" + url[$0...] } ?? url
}
