// FeedError: why a feed could not tell us anything, and what to try.
package import Network

/// Each case reads as a sentence; none holds a secret.
package enum FeedError: Error, Hashable, CustomStringConvertible {
    /// No answer at all.
    case unreachable(address: String, NetworkError)
    /// An answer that says no.
    ///
    /// `retryAfter` is how long the server wants to be left alone, where it says so.
    case refused(
        address: String, path: String, status: Int, words: String, retryAfter: Duration? = nil)
    /// An answer that is not what this system gives.
    case unreadable(address: String, path: String, reason: String)
    /// `consul://name` where the registry knows no healthy instance of it.
    case undiscovered(service: String)

    package var description: String {
        switch self {
        case .unreachable(let address, let error):
            "\(address) \(error)"
        case .refused(let address, let path, 401, let words, _),
            .refused(let address, let path, 403, let words, _):
            "\(address) refused \(path)\(Self.quoted(words)): the token is missing, or may not read it"
        case .refused(let address, let path, 429, let words, _):
            "\(address) asks us to slow down at \(path)\(Self.quoted(words))"
        case .refused(let address, let path, let status, let words, _):
            "\(address) answered \(path) with HTTP \(status)\(Self.quoted(words))"
        case .unreadable(let address, let path, let reason):
            "\(address) sent something unreadable for \(path): \(reason)"
        case .undiscovered(let service):
            "the registry knows no healthy instance of \(service)"
        }
    }

    /// The status the server answered with, where it did.
    package var status: Int? {
        guard case .refused(_, _, let status, _, _) = self else { return nil }
        return status
    }

    /// How long the server wants to be left alone.
    package var retryAfter: Duration? {
        guard case .refused(_, _, _, _, let pause) = self else { return nil }
        return pause
    }

    private static func quoted(_ words: String) -> String {
        words.isEmpty ? "" : " (\(words))"
    }
}
