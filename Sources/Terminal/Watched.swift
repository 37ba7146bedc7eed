// Watched: the descriptors the loop waits on, and who is told.
import Glibc

struct Watched: Sendable {
    var tty: Int32 = -1
    /// The pipe that standard error goes to while the screen is up.
    var messages: Int32 = -1
    var awaitsWritable = false
    var listener: UILoop.Listener?

    /// The terminal, then the messages; `poll` passes over a descriptor that is negative.
    var polled: [pollfd] {
        let out = awaitsWritable ? POLLOUT : 0
        return [
            pollfd(fd: tty, events: Int16(POLLIN | out), revents: 0),
            pollfd(fd: messages, events: Int16(POLLIN), revents: 0),
        ]
    }
}

/// What one `read` brought.
enum Reading {
    case bytes([UInt8])
    /// Nothing yet.
    case nothing
    /// Nothing ever again.
    case end
}

func read(_ descriptor: Int32, atMost capacity: Int = 4096) -> Reading {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, count in
        let result = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        failure = result < 0 ? errno : 0
        count = max(0, result)
    }
    if !bytes.isEmpty { return .bytes(bytes) }
    return failure == EAGAIN || failure == EINTR ? .nothing : .end
}
