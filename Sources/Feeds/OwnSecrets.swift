// OwnSecrets: what proves who we are, kept out of what a server says back.
import Events
import FoundationEssentials
import Network

/// Servers write the token that they refuse into their refusal, and proxies the whole request.
struct OwnSecrets: Sendable {
    /// The longest first, so that none is left half covered by another.
    private let secrets: [String]

    init(_ settings: FeedSettings) {
        let sent = [settings.token?.revealed, settings.password?.revealed, settings.credentials]
        let inAddress = Self.secrets(in: Location(settings.url).credentials)
        let plain = (sent.compactMap(\.self) + inAddress).filter { !$0.isEmpty }
        secrets = Set(plain.flatMap(Self.spellings)).sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The bytes of the longest one.
    var longest: Int { secrets.first?.utf8.count ?? 0 }

    /// `text` without our secrets, nor what looks like anybody's.
    func hidden(in text: String) -> String {
        Secrecy.redacted(without(secrets, text))
    }

    /// `text` without our secrets and this one.
    func hidden(in text: String, and other: String?) -> String {
        without(secrets + [other].compactMap(\.self).filter { !$0.isEmpty }, text)
    }

    /// The same labels, without our secrets in their values.
    func hidden(in labels: Labels) -> Labels {
        let isTold = labels.pairs.contains { label in secrets.contains { label.value.holds($0) } }
        guard isTold else { return labels }
        return Labels(labels.pairs.map { Label($0.name, without(secrets, $0.value)) })
    }

    /// As it is, and as it stands in the addresses and forms that proxies and login pages repeat.
    private static func spellings(of secret: String) -> [String] {
        [secret] + [true, false].map { secret.percentEncoded(uppercase: $0) }
    }

    private func without(_ secrets: [String], _ text: String) -> String {
        secrets.reduce(text) { $0.holds($1) ? $0.replacing($1, with: Secrecy.mask) : $0 }
    }

    /// The password and what is sent of it; a name that stands alone may be a token.
    private static func secrets(in credentials: String?) -> [String] {
        guard let credentials, let bytes = Data(base64Encoded: credentials) else { return [] }
        let text = String(decoding: bytes, as: UTF8.self)
        let colon = text.firstIndex(of: ":")
        return [credentials, colon.map { String(text[text.index(after: $0)...]) } ?? text]
    }
}

extension String {
    /// Whether `word` may be in it: its bytes are, which is sooner seen than its characters.
    fileprivate func holds(_ word: String) -> Bool {
        guard let first = word.utf8.first else { return false }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: word.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
