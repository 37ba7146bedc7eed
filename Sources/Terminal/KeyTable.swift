// KeyTable: the keys that terminfo knows of this terminal.
import Drawing

/// Byte sequences and the keys they stand for.
///
/// What most terminals send (xterm's forms) the decoder knows without it; this is for the others.
package struct KeyTable: Sendable {
    private(set) var entries: [(bytes: [UInt8], key: Key)] = []

    /// - Parameter capability: what terminfo has under a name.
    package init(_ capability: (String) -> String? = { _ in nil }) {
        for (name, key) in Self.names {
            guard let bytes = capability(name).map({ Array($0.utf8) }) else { continue }
            // A single byte is a character or a control, and means that everywhere.
            if bytes.count > 1, bytes.first == 0x1B { entries.append((bytes, key)) }
        }
        entries.sort { $0.bytes.count > $1.bytes.count }
    }

    /// The longest entry that `bytes` start with.
    func match(_ bytes: ArraySlice<UInt8>) -> (key: Key, length: Int)? {
        entries.first { bytes.starts(with: $0.bytes) }.map { ($0.key, $0.bytes.count) }
    }

    private static let names: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
            ("khome", .home), ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown),
            ("kdch1", .delete), ("kcbt", .backTab), ("kent", .enter), ("kbs", .backspace),
        ] + (1...20).map { ("kf\($0)", .function($0)) }
}
