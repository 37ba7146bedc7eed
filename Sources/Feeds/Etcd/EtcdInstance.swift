// EtcdInstance: what the value of a service's key says of an instance.
import FoundationEssentials

/// An instance as it registered itself: in gRPC's naming layout, as plain JSON, or as `host:port`.
///
/// Kratos (`endpoints`) and go-micro (`nodes`) are understood too.
struct EtcdInstance: Hashable {
    /// Empty where the value names none.
    var address = ""
    var version: String?
    var zone: String?
    var configVersion: String?
    /// Why the value cannot be read, or holds no address: a sentence.
    var trouble: String?

    init(_ value: [UInt8]) {
        let text = String(decoding: value, as: UTF8.self)
        if let fields = try? JSONDecoder().decode(Fields.self, from: Data(value)) {
            self.init(fields)
        } else if Self.isAddress(text) {
            address = text
        } else if value.isEmpty {
            trouble = "the value is empty: no address is known"
        } else {
            trouble = "the value is neither JSON nor host:port"
        }
    }

    private init(_ fields: Fields) {
        address = fields.addressWithPort ?? ""
        let all = [fields.details, fields.Metadata, fields.metadata, fields.nodes?.first?.metadata]
        version = all.lazy.compactMap { $0?.version?.text }.first
        zone = all.lazy.compactMap { $0?.zone?.text }.first
        configVersion = all.lazy.compactMap { $0?.config_version?.text }.first
        if address.isEmpty { trouble = "the value names no address" }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return false }
        let port = UInt16(text[text.index(after: colon)...])
        return port != nil && !text.contains { $0.isWhitespace || "{}<>\"/".contains($0) }
    }
}
