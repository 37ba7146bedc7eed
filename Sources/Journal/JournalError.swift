// JournalError: why something is not on the disk.
import Glibc

/// Reads as a sentence; the session goes on without its journal.
package struct JournalError: Error, Hashable, CustomStringConvertible {
    package enum Cause: Hashable, Sendable {
        case system(Int32)
        case unencodable
    }

    /// The file or folder.
    package var path: String
    package var cause: Cause

    init(_ path: String, _ cause: Cause) {
        (self.path, self.cause) = (path, cause)
    }

    package var description: String {
        switch cause {
        case .system(ENOSPC), .system(EDQUOT):
            "the disk is full: \(path) is not written; it goes on once there is room"
        case .system(let code):
            "\(path) cannot be written: \(String(cString: strerror(code)).lowercased())"
        case .unencodable: "\(path): an event could not be put into JSON"
        }
    }
}
