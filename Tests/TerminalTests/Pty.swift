import CTTY
import Foundation

/// A terminal without a person.
final class Pty: Sendable {
    let master: Int32
    let path: String

    init(_ width: Int = 80, _ height: Int = 24) {
        var name = [CChar](repeating: 0, count: 64)
        master = claw_pty_open(Int32(width), Int32(height), &name, name.count)
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func type(_ text: String) { _ = write(master, text, text.utf8.count) }

    func resize(_ width: Int, _ height: Int) {
        claw_pty_resize(master, Int32(width), Int32(height))
        // A pseudo terminal tells its foreground group only, and a test is in none.
        kill(getpid(), SIGWINCH)
    }

    func close() { _ = Glibc.close(master) }

    /// What is shown until `text` is among it, or until nothing more comes.
    func shown(until text: String = "\0") -> String {
        var bytes: [UInt8] = []
        var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, text == "\0" ? 200 : 5000) > 0 {
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
            if String(decoding: bytes, as: UTF8.self).contains(text) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the terminal echoes and edits lines, as it does for a shell.
    var isCooked: Bool {
        var modes = termios()
        let slave = open(path, O_RDWR | O_NOCTTY)
        defer { _ = Glibc.close(slave) }
        tcgetattr(slave, &modes)
        return modes.c_lflag & UInt32(ECHO) != 0 && modes.c_lflag & UInt32(ICANON) != 0
    }
}
