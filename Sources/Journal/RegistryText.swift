// RegistryText: what registries tell, as the JSON that Codable reads, written without an encoder.
import Events

/// Writes JSON, one member after the other.
///
/// The list of 10,000 services is 30 MB on its way to the screen; encoding it through containers
/// and boxes takes five times as long as everything else that is done with it.
struct RegistryText {
    private var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    /// - Returns: nil where the event is not a registry's.
    static func json(_ envelope: Envelope) -> [UInt8]? {
        guard case .registry(let feed, let told) = envelope.event else { return nil }
        var text = RegistryText()
        text.object {
            $0.key("sequence")
            $0.raw(String(envelope.sequence))
            $0.key("at")
            $0.raw(String(envelope.at.milliseconds))
            $0.key("event")
            $0.object {
                $0.key("registry")
                $0.object {
                    $0.member("_0", feed)
                    $0.key("_1")
                    $0.object { $0.write(told) }
                }
            }
        }
        return text.bytes
    }

    // Out of line: nested into one function, these take the optimiser seconds.

    @inline(never)
    private mutating func write(_ event: RegistryEvent) {
        switch event {
        case .listed(let listings):
            key("listed")
            object {
                $0.key("_0")
                $0.list(listings) { $0.write($1) }
            }
        case .changed(let listings, let gone):
            key("changed")
            object {
                $0.key("_0")
                $0.list(listings) { $0.write($1) }
                $0.key("gone")
                $0.list(gone) { $0.string($1) }
            }
        }
    }

    @inline(never)
    private mutating func write(_ listing: ServiceListing) {
        object {
            $0.member("service", listing.service)
            $0.key("instances")
            $0.list(listing.instances) { $0.write($1) }
        }
    }

    @inline(never)
    private mutating func write(_ instance: ServiceInstance) {
        object {
            $0.member("instanceID", instance.instanceID)
            $0.member("service", instance.service)
            $0.member("node", instance.node)
            $0.member("address", instance.address)
            if let zone = instance.zone { $0.member("zone", zone) }
            if let version = instance.version { $0.member("version", version) }
            if let version = instance.configVersion { $0.member("configVersion", version) }
            $0.member("health", instance.health.rawValue)
            $0.key("checks")
            $0.list(instance.checks) { $0.write($1) }
        }
    }

    @inline(never)
    private mutating func write(_ check: Check) {
        object {
            $0.member("id", check.id)
            $0.member("name", check.name)
            $0.member("status", check.status.rawValue)
            $0.member("output", check.output)
            $0.key("isOfNode")
            $0.raw(check.isOfNode ? "true" : "false")
        }
    }

    // JSON.

    private mutating func object(_ members: (inout Self) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func list<Element>(
        _ elements: [Element], _ write: (inout Self, Element) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: "["))
        for element in elements { write(&self, element) }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    private mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    /// The names are ours, and need no escapes.
    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A number or a word.
    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: utf8[start..<index])
                start = index + 1
                escape(byte)
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        guard byte < 0x20 else { return bytes.append(byte) }
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: "u00\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }
}
