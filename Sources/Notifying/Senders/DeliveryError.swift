// DeliveryError: why a receiver was not told, and whether to try again.
import Network

/// A sentence's second half, without secrets.
struct DeliveryError: Error, Hashable {
    /// As in `(http://10.0.0.7:9000) answered 503`.
    var reason: String
    /// Whether it may go better later.
    var isPassing: Bool
    /// How long the receiver wants to be left alone.
    var retryAfter: Duration?
    /// Fingerprints of the alerts that the receiver took all the same.
    var taken: Set<String> = []

    init(_ reason: String, isPassing: Bool, retryAfter: Duration? = nil) {
        (self.reason, self.isPassing, self.retryAfter) = (reason, isPassing, retryAfter)
    }

    /// A server at `place` answered with this status, which is no success.
    ///
    /// What it says of a refusal is not repeated: it may hold what we sent.
    init(status: Int, at place: String, retryAfter: Duration? = nil) {
        switch status {
        case 429, 500...:
            self.init("(\(place)) answered \(status)", isPassing: true, retryAfter: retryAfter)
        case 300..<400:
            self.init(
                "(\(place)) sends us elsewhere (\(status)); name the final address",
                isPassing: false)
        case 401, 403:
            self.init("(\(place)) does not know us (\(status)); see `token:`", isPassing: false)
        default: self.init("(\(place)) answered \(status)", isPassing: false)
        }
    }

    /// A server at `place` could not be asked.
    init(_ error: NetworkError, at place: String) {
        switch error {
        // Its words may hold the address.
        case .badURL:
            self.init("(\(place)) cannot be asked: it is no address", isPassing: false)
        case .missingLibrary: self.init("(\(place)) \(error)", isPassing: false)
        case .unreachable, .timedOut, .tooLarge, .cutShort, .tls, .cancelled:
            self.init("(\(place)) \(error)", isPassing: true)
        }
    }
}
