// KVRead: Consul's queries of keys and values.
import FoundationEssentials
import Network

extension RegistryRead {
    /// `?recurse`, `?keys`, `?raw`, or one key.
    static func key(
        _ key: String, _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> Self {
        if request.asks("keys") { return keys(under: key, separator: request.query("separator")) }
        if request.asks("recurse") { return tree(under: key) }
        guard !key.isEmpty else { throw RegistryRefusal(400, "Missing key name") }
        var read = Self(
            index: { $0.keys[key]?.modified ?? $0.keys.tableIndex },
            changed: { $0.keys.changed(key) },
            answer: { state in
                guard let entry = state.keys[key] else { return .init(404) }
                return request.asks("raw") ? raw(entry) : .json(.array([entry.json]))
            })
        read.saysConsistency = false
        return read
    }

    private static func raw(_ entry: KVEntry) -> HTTPServer.Response {
        HTTPServer.Response(
            200,
            headers: [
                ("Content-Security-Policy", "sandbox"), ("Content-Type", "text/plain"),
                ("X-Content-Type-Options", "nosniff"),
            ], body: entry.value)
    }

    private static func tree(under prefix: String) -> Self {
        about(prefix) { entries in .array(entries.map(\.json)) }
    }

    private static func keys(under prefix: String, separator: String?) -> Self {
        about(prefix) { entries in
            var names: [String] = []
            for entry in entries {
                let name = cut(entry.key, after: prefix, at: separator ?? "")
                if names.last != name { names.append(name) }
            }
            return .strings(names)
        }
    }

    /// `config/app/` of `config/app/pool`, after `config/` and at `/`.
    private static func cut(_ key: String, after prefix: String, at separator: String) -> String {
        guard !separator.isEmpty,
            let range = key.dropFirst(prefix.count).firstRange(of: separator)
        else { return key }
        return String(key[..<range.upperBound])
    }

    /// No key at all is 404, and can be waited on.
    private static func about(
        _ prefix: String, _ list: @escaping @Sendable ([KVEntry]) -> JSON
    ) -> Self {
        var read = Self(
            index: { state in
                let changed = state.keys.changed(under: prefix)
                return changed > 0 ? changed : state.keys.tableIndex
            },
            changed: { $0.keys.changed(under: prefix) },
            answer: { state in
                let entries = state.keys.under(prefix)
                return entries.isEmpty ? .init(404) : .json(list(entries))
            })
        read.saysConsistency = false
        return read
    }
}

extension KVEntry {
    /// An empty value is null.
    var json: JSON {
        let text = value.isEmpty ? JSON.null : .string(Data(value).base64EncodedString())
        var members: [(String, JSON)] = [
            ("LockIndex", .unsigned(locks)), ("Key", .string(key)), ("Flags", .unsigned(flags)),
            ("Value", text),
        ]
        if let session { members.append(("Session", .string(session))) }
        members += [
            ("CreateIndex", .unsigned(created)), ("ModifyIndex", .unsigned(modified)),
        ]
        return .object(members.map { JSON.Member(name: $0.0, value: $0.1) })
    }
}
