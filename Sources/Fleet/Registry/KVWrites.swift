// KVWrites: keys that are written and deleted, on condition or not.
import Network

extension Registry {
    private static let valueCap = 512 << 10

    func write(
        _ key: String, _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        let condition = KVCondition(modified: try number("cas", in: request))
        if request.method == "DELETE", request.asks("recurse") {
            _ = write { $0.delete(under: key) }
            return .json(true)
        }
        guard !key.isEmpty else { throw RegistryRefusal(400, "Missing key name") }
        if request.method == "DELETE" {
            return .json(.bool(write { $0.delete(key, if: condition) }.held))
        }
        guard request.body.count <= Self.valueCap else {
            throw RegistryRefusal(
                413,
                """
                Request body(\(request.body.count) bytes) too large, max size: \(Self.valueCap) \
                bytes. See https://www.consul.io/docs/agent/config/config-files#kv_max_value_size.
                """)
        }
        let flags = try number("flags", in: request) ?? 0
        if let done = try lock(key, request, flags: flags) { return .json(.bool(done)) }
        return .json(.bool(write { $0.put(key, request.body, flags: flags, if: condition) }.held))
    }

    /// `?acquire=` and `?release=`; nil where neither is asked for.
    private func lock(
        _ key: String, _ request: HTTPServer.Request, flags: UInt64
    ) throws(RegistryRefusal) -> Bool? {
        let asked = ["acquire", "release"].compactMap { verb in
            request.query(verb).map { (verb, $0) }
        }
        guard let (verb, session) = asked.first else { return nil }
        if let index = request.query("cas") {
            throw RegistryRefusal(400, "Conflicting flags: \(verb)=\(session)&cas=\(index)")
        }
        if verb == "release" {
            return write { $0.unlock(key, request.body, flags: flags, by: session) }
        }
        guard state.sessions[session] != nil else {
            throw RegistryRefusal(500, "raft apply failed: invalid session \"\(session)\"")
        }
        guard !isDelayed(key) else { return false }
        return write { $0.lock(key, request.body, flags: flags, by: session) }
    }

    private func number(
        _ name: String, in request: HTTPServer.Request
    ) throws(RegistryRefusal) -> UInt64? {
        guard let text = request.query(name) else { return nil }
        guard let number = UInt64(text) else {
            throw RegistryRefusal(500, #"strconv.ParseUint: parsing "\#(text)": invalid syntax"#)
        }
        return number
    }
}
