// EtcdInstance: what the value of a service's key says of an instance.

/// An instance as it registered itself: in gRPC's naming layout, as plain JSON, or as `host:port`.
///
/// Kratos (`endpoints`) and go-micro (`nodes`) are understood too.
struct EtcdInstance: Hashable {
    /// Empty where the value names none.
    var address = ""
    var version: String?
    var zone: String?
    var configVersion: String?
    /// Why the value tells no address: a sentence.
    var trouble: String?

    init(_ value: [UInt8]) {
        let text = String(decoding: value, as: UTF8.self)
        let json = JSONValue(value)
        switch json {
        case .object(_)?: read(json)
        case .string(let text)? where text.isHostAndPort: address = text
        case _ where text.isHostAndPort: address = text
        case _ where value.isEmpty: trouble = "the value is empty, so that no address is known"
        default: trouble = "the value is neither a JSON object nor host:port"
        }
    }

    private mutating func read(_ object: JSONValue?) {
        let node = object?["nodes"]?.first
        address = Self.address(object) ?? Self.address(node) ?? ""
        let places = [object, object?["Metadata"], object?["metadata"], node?["metadata"]]
        func text(_ name: String) -> String? {
            places.lazy.compactMap { $0?[name]?.text }.first
        }
        version = text("version")
        zone = text("zone")
        configVersion = text("config_version")
        if address.isEmpty { trouble = "the value names no address" }
    }

    /// `Addr` of gRPC's naming, `address` with or beside its `port`, or the first endpoint's.
    private static func address(_ object: JSONValue?) -> String? {
        if let whole = object?["Addr"]?.text { return whole }
        if let endpoint = object?["endpoints"]?.first?.text { return endpoint.hostOfURL }
        guard let host = object?["address"]?.text ?? object?["host"]?.text else { return nil }
        guard let port = object?["port"]?.text, !host.isHostAndPort else { return host }
        return host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    fileprivate var first: JSONValue? {
        guard case .array(let elements) = self else { return nil }
        return elements.first
    }

    /// A string or number as it is written; nil where it is empty or neither.
    fileprivate var text: String? {
        switch self {
        case .string(let text), .literal(let text): text.isEmpty ? nil : text
        case .object, .array, .null: nil
        }
    }
}

extension String {
    /// `10.0.0.1:80`, `[::1]:80` or `host:80`; an IPv6 address alone is none.
    fileprivate var isHostAndPort: Bool {
        guard let colon = lastIndex(of: ":"), UInt16(self[index(after: colon)...]) != nil else {
            return false
        }
        let host = self[..<colon]
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "{}<>\"/,".contains($0) })
        else { return false }
        return !host.contains(":") || (host.hasPrefix("[") && host.hasSuffix("]"))
    }

    /// `10.0.0.1:9000` of `grpc://10.0.0.1:9000?isSecure=false`.
    fileprivate var hostOfURL: String {
        let start = firstRange(of: "://")?.upperBound ?? startIndex
        return String(self[start...].prefix { $0 != "/" && $0 != "?" })
    }
}
