// BreakReason: why an acknowledgement does not hold any more.

package enum BreakReason: Hashable, Codable, Sendable {
    case expired
    /// Another alert of its group, or itself, is worse than what was acknowledged.
    case escalated(to: Severity)
    /// Another alert of its group fires; the words tell which.
    case joined(by: String)
    /// It was resolved, and fires again after longer than flapping takes.
    case refired

    /// `ack expired`, `payment-3 fires too`.
    package var words: String {
        switch self {
        case .expired: "ack expired"
        case .escalated(let severity): "it is \(severity.rawValue) now"
        case .joined(let member): "\(member) fires too"
        case .refired: "it was resolved and fires again"
        }
    }
}
