// EtcdAccess: who we are at an etcd server.
import Events
import FoundationEssentials

/// The rights that the settings, or the address, give us.
enum EtcdAccess: Hashable, Sendable {
    case open
    /// Sent as it is; nobody renews it.
    case token(Secret)
    /// Exchanged for a token.
    case user(String, password: Secret)

    /// A token wins over a user, the settings over `user:password@` in the address.
    init(_ settings: FeedSettings) {
        if let token = settings.token {
            self = .token(token)
        } else if let user = settings.user {
            self = .user(user, password: settings.password ?? Secret(""))
        } else if let (user, password) = Location(settings.url).userAndPassword {
            self = .user(user, password: Secret(password))
        } else {
            self = .open
        }
    }
}

extension Location {
    fileprivate var userAndPassword: (user: String, password: String)? {
        guard let bytes = credentials.flatMap({ Data(base64Encoded: $0) }) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
    }
}

extension FeedSettings {
    /// The same without who we are: etcd knows no Basic authentication.
    var anonymous: FeedSettings {
        var settings = self
        let location = Location(url)
        settings.url = "\(location.scheme)://\(location.host)\(location.path)"
        (settings.token, settings.user, settings.password) = (nil, nil, nil)
        return settings
    }
}
