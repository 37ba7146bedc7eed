// DecodingError+Sentence: where a document is not what was expected, in words.

extension DecodingError {
    /// Where in the document, and what was expected there.
    var sentence: String {
        switch self {
        case .typeMismatch(let type, let context): "\(context.place) is no \(type)"
        case .valueNotFound(_, let context): "\(context.place) is null"
        case .keyNotFound(let key, let context): "\(context.place) lacks \"\(key.stringValue)\""
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "not JSON" : "\(context.place) cannot be read"
        @unknown default: "not what was expected"
        }
    }
}

extension DecodingError.Context {
    fileprivate var place: String {
        let path = codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
        }.joined()
        return path.isEmpty ? "the document" : "$\(path)"
    }
}
