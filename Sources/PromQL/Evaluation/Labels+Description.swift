// Labels, description: a label set as messages show it.
package import Events

extension Labels: CustomStringConvertible {
    /// A label set between braces: `{__name__="up", job="api"}`.
    package var description: String {
        let labels = pairs.map { label in
            let isPlain = label.name.utf8.allSatisfy(Self.isPlain)
            return "\(isPlain ? label.name : label.name.quoted)=\(label.value.quoted)"
        }
        return "{\(labels.joined(separator: ", "))}"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
