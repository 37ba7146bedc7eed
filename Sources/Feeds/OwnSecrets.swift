// OwnSecrets: what proves who we are, kept out of what a server says back.
import Events
import FoundationEssentials

/// Servers write the token that they refuse into their refusal, and proxies the whole request.
struct OwnSecrets: Sendable {
    /// The longest first, so that none is left half covered by another.
    private let secrets: [String]

    init(_ settings: FeedSettings) {
        let sent = [settings.token?.revealed, settings.password?.revealed, settings.credentials]
        let inAddress = Self.secrets(in: Location(settings.url).credentials)
        secrets = (sent.compactMap(\.self) + inAddress).filter { !$0.isEmpty }
            .sorted { $0.utf8.count > $1.utf8.count }
    }

    /// `text` without our secrets, nor what looks like anybody's.
    func hidden(in text: String) -> String {
        Secrecy.redacted(without(secrets, text))
    }

    /// `text` without our secrets and this one.
    func hidden(in text: String, and other: String?) -> String {
        without(secrets + [other].compactMap(\.self).filter { !$0.isEmpty }, text)
    }

    private func without(_ secrets: [String], _ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: Secrecy.mask) }
    }

    /// The password and what is sent of it; a name that stands alone may be a token.
    private static func secrets(in credentials: String?) -> [String] {
        guard let credentials, let bytes = Data(base64Encoded: credentials) else { return [] }
        let text = String(decoding: bytes, as: UTF8.self)
        let colon = text.firstIndex(of: ":")
        return [credentials, colon.map { String(text[text.index(after: $0)...]) } ?? text]
    }
}
