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
        return .json(.bool(write { $0.put(key, request.body, flags: flags, if: condition) }.held))
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
