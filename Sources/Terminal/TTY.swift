// TTY: the terminal device, in our modes while the screen is up and in its own afterwards.
import CTTY
import Drawing
import Glibc

/// Writes without ever waiting: what the terminal does not take at once is kept for later.
final class TTY {
    let descriptor: Int32
    private var kept: ArraySlice<UInt8> = []
    /// Nobody is there any more.
    private(set) var isGone = false

    init(_ path: String) throws(TerminalError) {
        descriptor = claw_tty_open(path)
        guard descriptor >= 0 else { throw .noTerminal }
    }

    deinit { close(descriptor) }

    /// Whether the terminal still has to take what it was given.
    var isBusy: Bool { !kept.isEmpty }

    /// As the terminal says; the variables and 80×24 where it does not know.
    var size: Size {
        var (width, height) = (Int32(0), Int32(0))
        if claw_tty_size(descriptor, &width, &height) == 0 { return Size(Int(width), Int(height)) }
        func variable(_ name: String) -> Int? {
            getenv(name).flatMap { Int(String(cString: $0)) }.flatMap { 1...1000 ~= $0 ? $0 : nil }
        }
        return Size(variable("COLUMNS") ?? 80, variable("LINES") ?? 24)
    }

    func takeKeys() { _ = claw_tty_raw(descriptor) }
    func giveKeysBack() { claw_tty_cooked(descriptor) }
    func hangUp() { (isGone, kept) = (true, []) }

    func send(_ bytes: [UInt8]) {
        guard !isGone, !bytes.isEmpty else { return }
        kept = isBusy ? kept + bytes : bytes[...]
        push()
    }

    /// Writes what the terminal takes now.
    func push() {
        while !kept.isEmpty {
            let count = kept.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                kept = kept.dropFirst(count)
            } else if errno != EINTR {
                if errno != EAGAIN { hangUp() }
                return
            }
        }
    }

    /// Gives a slow terminal a moment to take the rest, and no more than that.
    func drain() {
        for _ in 0..<5 where isBusy {
            var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&polled, 1, 50) >= 0 else { continue }
            push()
        }
    }
}
