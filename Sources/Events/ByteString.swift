// ByteString: texts told apart byte by byte, as Prometheus does.

/// A text as a key that is found by its bytes.
///
/// Swift takes two strings for equal that only look alike: `é` as one character, and as an `e` with an
/// accent behind it. They are two label values.
package struct ByteString: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (one: Self, other: Self) -> Bool {
        one.text.hasSameBytes(as: other.text)
    }

    package func hash(into hasher: inout Hasher) {
        text.withBytes { hasher.combine(bytes: $0) }
        hasher.combine(UInt8(0xff))
    }
}

extension String {
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { mine in other.withBytes { mine.elementsEqual($0) } }
    }

    package func precedesInBytes(_ other: String) -> Bool {
        withBytes { mine in other.withBytes { mine.lexicographicallyPrecedes($0) } }
    }

    /// Without a copy, as every string of this platform lies in one piece.
    fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
            ?? Array(utf8).withUnsafeBytes(body)
    }
}
