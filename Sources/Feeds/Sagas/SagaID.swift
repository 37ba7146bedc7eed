// SagaID: a saga's short name within its engine, out of the URL that LRA calls it by.
import Network

/// An LRA is named by a URL, `http://host/lra-coordinator/0_ffff_8e?ParentLRA=http%3A%2F%2F…`; its
/// last path segment is unique at its coordinator and is what people and other systems use.
enum SagaID {
    /// The last path segment, without a query; `name` itself where it is no URL.
    static func short(_ name: String) -> String {
        let path = name.prefix { $0 != "?" }
        let last = path.split(separator: "/").last
        return last.map(String.init) ?? name
    }

    /// The short id of the LRA that this one is nested in.
    static func parent(_ name: String) -> String? {
        guard let query = name.firstIndex(of: "?") else { return nil }
        for pair in name[query...].dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == "ParentLRA" else { continue }
            return short(String(decoding: parts[1].percentDecoded(), as: UTF8.self))
        }
        return nil
    }

    /// What all sagas begun by one process of the coordinator have in common: `0_ffff7f000001_a101_6b04`.
    ///
    /// Narayana puts its process and start time before a counter, so that a restart changes it.
    static func process(_ id: String) -> Substring? {
        id.lastIndex(of: "_").map { id[..<$0] }
    }
}
