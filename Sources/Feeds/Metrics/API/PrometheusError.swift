// PrometheusError: why an engine did not answer a query.

package enum PrometheusError: Error, Hashable, CustomStringConvertible {
    /// It could not be asked, or what came is no answer of such an engine.
    case unavailable(FeedError)
    /// The expression or a parameter is wrong, in the engine's words.
    case rejected(String)
    /// The expression is right and could not be evaluated, in the engine's words.
    case unanswered(kind: String, String)

    package var description: String {
        switch self {
        case .unavailable(let error): error.description
        case .rejected(let message): message
        case .unanswered(let kind, let message): "\(kind): \(message)"
        }
    }
}

/// An answer that says no: `{"status":"error","errorType":"bad_data","error":"…"}`.
struct PrometheusRefusal: Decodable {
    var errorType: String
    var error: String
}
