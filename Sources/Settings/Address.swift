// Address: what may stand where a server is named.

/// Why an address cannot be asked: a sentence with the remedy.
package struct AddressError: Error, Hashable, Sendable {
    package var message: String
}

/// Throws unless `url` is one that a feed can ask; what it says holds nothing of a password.
package func checkAddress(_ url: String) throws(AddressError) {
    guard let (scheme, rest) = parts(url) else {
        throw AddressError(message: "an address needs its scheme: write http://\(shown(url))")
    }
    guard ["http", "https", "consul"].contains(scheme.lowercased()) else {
        throw AddressError(
            message: "this scheme cannot be asked; write http://, https:// or consul://SERVICE")
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !rest.dropFirst(authority.count).contains("@") else {
        throw AddressError(
            message: "an @ stands after a /, ? or #; in a password write those as %2F, %3F, %23")
    }
    guard !rest.contains(where: { "?#".contains($0) }) else {
        throw AddressError(message: "an address ends before ? and #; write http://HOST:PORT/PATH")
    }
    let user = authority.lastIndex(of: "@").map { authority.index(after: $0) }
    let host = authority[(user ?? authority.startIndex)...]
    guard !host.isEmpty, !authority.contains(where: \.isWhitespace), host.first != ":" else {
        throw AddressError(message: "the address names no host; write http://HOST:PORT")
    }
    if scheme.lowercased() != "consul", let port = host.split(separator: ":").last,
        host.contains(":"), !host.hasSuffix("]"), UInt16(port) == nil
    {
        // What stands there is not repeated: a forgotten host leaves the password in its place.
        throw AddressError(message: "the port is no number up to 65535; write http://HOST:PORT")
    }
}

/// Scheme and rest; nil where what stands before `://` is no scheme.
private func parts(_ url: String) -> (scheme: Substring, rest: Substring)? {
    guard let mark = url.firstRange(of: "://") else { return nil }
    let scheme = url[..<mark.lowerBound]
    guard scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) }) else {
        return nil
    }
    return (scheme, url[mark.upperBound...])
}

/// A numeric address and port are repeated; anything else may be a secret.
private func shown(_ url: String) -> String {
    let isNumeric = url.contains(".") && url.allSatisfy { "0123456789.:".contains($0) }
    return isNumeric ? url : "HOST:PORT"
}
