// Diagnosis: what the doctor says of one feed.
import Events
import Wording
import WorldModel

/// What one feed's try came to.
struct Diagnosis: Sendable {
    var feed: FeedState
    /// Until the first answer to all that the feed asks.
    var took: Duration
    /// The server's own word for its version; nil where it has none, or does not tell.
    var version: String?
    var isSecure: Bool
    /// Nil where the server shows no certificate, or does not say.
    var certificateEnd: Instant?
    var now: Instant

    /// Whoever renews certificates by hand needs so long.
    private static let soon = Duration.seconds(14 * 86_400)

    private var isWell: Bool { feed.condition == .live }

    private var endsSoon: Bool { certificateEnd.map { $0 - now < Self.soon } ?? false }

    var code: Outcome.Code { isWell ? endsSoon ? .warning : .ok : .blind }

    /// One line: `ok   consul/registry at 127.0.0.1:8500: answered in 12 ms: 9 services`.
    var text: String {
        let source = feed.source
        let found =
            isWell
            ? "answered in \(took.milliseconds) ms: \(feed.note)"
            : "\(feed.condition.rawValue): \(feed.reason)"
        let version = version.map { ", version \($0)" } ?? ""
        let mark =
            switch code {
            case .ok: "ok   "
            case .warning: "WARN "
            default: "FAIL "
            }
        return "\(mark)\(source.id) at \(source.address)\(version): \(found)\(certificate)"
            .harmless + "\n"
    }

    private var certificate: String {
        guard let certificateEnd else {
            return isSecure && isWell ? "; how long its certificate holds is not known" : ""
        }
        let days = (certificateEnd - now).components.seconds / 86_400
        let date = certificateEnd.rfc3339.prefix(10)
        return "; its certificate holds until \(date), \(counted(Int(days), "day"))"
    }
}
