// JSONError: where in a document reading stopped, and what should have stood there.

/// Reads as a sentence's end: `byte 120 should begin a string`.
struct JSONError: Error, Hashable, CustomStringConvertible {
    /// Bytes from the start of the document.
    var offset: Int
    var reason: String

    var description: String { "byte \(offset) \(reason)" }
}
