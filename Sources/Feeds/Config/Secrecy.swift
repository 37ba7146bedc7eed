// Secrecy: which names and values must never be seen; too much hidden is better than too little.
import FoundationEssentials

package enum Secrecy {
    static let mask = "••••••"

    /// Whether a key's path names a secret.
    ///
    /// A service may be called `auth`: that alone does not.
    static func isSecret(key: String) -> Bool {
        key.split(separator: "/").contains { SecretName.isSecret(SecretName.words(of: $0)) }
    }

    /// Whether a field's name, or one of the names in it, is a secret's.
    static func isSecret(name: String) -> Bool {
        name.split(whereSeparator: { $0 == "." || $0 == "/" || $0 == ":" }).contains { part in
            let words = SecretName.words(of: part)
            return SecretName.isSecret(words)
                || words.contains(where: SecretName.weakWords.contains)
        }
    }

    /// `value` without a password in an address; masked where it looks like a secret itself.
    package static func redacted(_ value: String) -> String {
        if value.utf8.count > 8192 { return redacted(String(value.prefix(2048))) }
        let lower = value.lowercased()
        if SecretShape.marks.contains(where: lower.contains) { return mask }
        if SecretShape.assignsSecret(lower) || SecretShape.hasToken(value) { return mask }
        if SecretShape.hasBasicCredentials(value) { return mask }
        return SecretShape.withoutPassword(value)
    }
}

/// Names of secrets: `dbPassword`, `API_KEY`, `tls.key`.
enum SecretName {
    /// Anywhere in a name, however it is written.
    static let strongRoots = [
        "password", "passwd", "passphrase", "passwort", "kennwort", "secret", "token", "credential",
        "apikey", "privatekey", "accesskey", "connectionstring", "connstr", "keystore",
        "truststore",
        "kubeconfig",
    ]
    /// As a whole word of a name.
    static let strongWords: Set<String> = [
        "pwd", "pass", "pw", "creds", "dsn", "cert", "certs", "certificate", "certificates", "pem",
        "pfx",
        "p12", "jks", "jwt", "psk", "bearer", "hmac", "htpasswd", "htaccess", "senha",
    ]
    /// As a whole word of a field's name; as a key's they may be a service's.
    static let weakWords: Set<String> = [
        "auth", "oauth", "oauth2", "authorization", "authentication", "cookie", "cookies", "salt",
        "pin", "otp", "totp", "mfa", "seed", "private", "signature", "sas",
    ]
    /// `cache_key` is a name of something; a key of any other kind may open something.
    private static let plainKeys: Set<String> = [
        "cache", "partition", "sort", "routing", "primary", "foreign", "hash", "row", "group",
        "index", "message", "shard", "idempotency", "lookup", "map", "object", "unique", "config",
        "feature", "public", "header", "metric", "label", "dedup", "rate",
    ]

    /// `dbPassword`, `DB_PASSWORD` and `db-password` are all `db`, `password`.
    static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in name.prefix(300) {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                (word, wasLower) = ("", false)
                continue
            }
            if character.isUppercase, wasLower, !word.isEmpty {
                words.append(word)
                word = ""
            }
            word += character.lowercased()
            wasLower = !character.isUppercase
        }
        return word.isEmpty ? words : words + [word]
    }

    static func isStrong(_ words: [String]) -> Bool {
        let joined = words.joined()
        return strongRoots.contains(where: joined.contains)
            || words.contains(where: strongWords.contains)
    }

    static func isSecret(_ words: [String]) -> Bool { isStrong(words) || isKey(words) }

    private static func isKey(_ words: [String]) -> Bool {
        guard let last = words.last, last == "key" || last == "keys" else { return false }
        return words.count == 1 || !plainKeys.contains(words[words.count - 2])
    }
}

/// What secrets look like, wherever they stand.
enum SecretShape {
    /// In lower case.
    static let marks = [
        "-----begin", "authorization: ", "bearer ", "hooks.slack.com/services/",
        "discord.com/api/webhooks/", "webhook.office.com/",
    ]

    /// How well-known tokens begin; case matters.
    private static let tokenStarts = [
        "eyJ", "AKIA", "ASIA", "AIza", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-",
        "xoxp-", "xoxa-", "sk-", "sk_live_", "rk_live_", "hvs.", "ya29.", "npm_",
    ]

    /// Whether `text` (in lower case) sets a secret, as in `Server=db;Password=x`.
    static func assignsSecret(_ text: String) -> Bool {
        text.indices.contains { index in
            guard text[index] == "=" || text[index] == ":" else { return false }
            return SecretName.isStrong(SecretName.words(of: name(before: text[..<index])))
        }
    }

    /// The name that a `=` or a `:` after `text` sets, perhaps in quotes.
    private static func name(before text: Substring) -> String {
        let name = text.reversed().drop { quotes.contains($0) }
            .prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }.prefix(80)
        return String(name.reversed())
    }

    /// Around names and values; of a text within a text, escaped.
    private static let quotes = "\"' \\"

    /// Whether a word of `text` begins as a well-known token does and is as long.
    static func hasToken(_ text: String) -> Bool {
        let words = text.split { !($0.isLetter || $0.isNumber || "_-.".contains($0)) }
        return words.contains { word in
            word.utf8.count >= 16 && tokenStarts.contains(where: word.hasPrefix)
        }
    }

    /// Whether `text` has what HTTP's Basic authentication sends: `Basic` and `user:password` in base64.
    static func hasBasicCredentials(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        return zip(words, words.dropFirst()).contains { scheme, word in
            scheme.lowercased().hasSuffix("basic")
                && Data(base64Encoded: String(word))?.contains(UInt8(ascii: ":")) == true
        }
    }

    /// Running text with what is assigned to a secret's name masked: `token=x`, `X-Api-Key: x`.
    static func withoutAssignments(_ text: String) -> String {
        guard SuspiciousWords.areAssigned(in: text) else { return text }
        var (result, rest) = ("", text[...])
        while let mark = rest.firstIndex(where: { $0 == "=" || $0 == ":" }) {
            let value = rest.index(after: mark)
            let words = SecretName.words(of: name(before: rest[..<mark]))
            result += rest[..<value]
            rest = rest[value...]
            guard SecretName.isSecret(words) else { continue }
            let gap = rest.prefix { quotes.contains($0) }
            let secret = rest[gap.endIndex...].prefix {
                !$0.isWhitespace && !"\"',;&<>".contains($0)
            }
            guard !secret.isEmpty else { continue }
            result += gap + Secrecy.mask
            rest = rest[secret.endIndex...]
        }
        return result + rest
    }

    /// `scheme://user:password@host`, also without its scheme, with the password masked.
    ///
    /// A password may hold any character: what lies between the first colon and the last `@` goes.
    static func withoutPassword(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let colon = text[..<at].indices.first { index in
            text[index] == ":" && !text[text.index(after: index)...].hasPrefix("//")
        }
        guard let colon else { return text }
        return "\(text[...colon])\(Secrecy.mask)\(text[at...])"
    }

    /// Running text with the password of each `scheme://user:password@host` masked; all else stays.
    static func withoutPasswords(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var (result, rest) = ("", text[...])
        while let mark = rest.firstRange(of: "://") {
            result += rest[..<mark.upperBound]
            rest = rest[mark.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/?#\"'<>".contains($0) }
            guard let at = authority.lastIndex(of: "@"),
                let colon = authority[..<at].firstIndex(of: ":")
            else { continue }
            result += rest[...colon] + Secrecy.mask
            rest = rest[at...]
        }
        return result + rest
    }
}
