// JournalFile: one open file of a journal; it only grows.
import Glibc

/// Closed when the last user lets go of it, so that a late sync never meets another's descriptor.
final class JournalFile: Sendable {
    let path: String
    private let descriptor: Int32

    init(path: String, descriptor: Int32) {
        (self.path, self.descriptor) = (path, descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// A new file that only its owner reads; throws EEXIST where there is one already.
    static func create(_ path: String) throws(JournalError) -> JournalFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw JournalError(path, .system(errno)) }
        return JournalFile(path: path, descriptor: descriptor)
    }

    /// Writes all of `bytes`, or takes back what was written of them.
    func append(_ bytes: [UInt8], after length: Int) throws(JournalError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                _ = ftruncate(descriptor, off_t(length))
                throw JournalError(path, .system(code))
            }
            written += count
        }
    }

    func sync() {
        _ = fdatasync(descriptor)
    }
}
