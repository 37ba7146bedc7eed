// PtyProgram: a program on a pseudo-terminal of which the test holds the other end.
import CTTY
import Foundation
import Glibc

/// The leader of a session, as a login shell is: closing its terminal hangs it up.
package final class PtyProgram {
    private let process: pid_t
    private var master: Int32
    private var bytes: [UInt8] = []
    private let modesBefore: termios
    private var isOver = false

    /// Runs `program` in a terminal of 80×24.
    package init(_ program: String, _ arguments: [String]) throws {
        var name = [CChar](repeating: 0, count: 64)
        master = claw_pty_open(80, 24, &name, name.count)
        guard master >= 0 else { throw SpawnError(program: program, code: errno) }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        var modes = termios()
        tcgetattr(master, &modes)
        modesBefore = modes
        process = try spawn(program, arguments, leadsSession: true) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
            for descriptor: Int32 in 1...2 {
                posix_spawn_file_actions_adddup2(&actions, 0, descriptor)
            }
        }
    }

    deinit {
        hangUp()
        guard !isOver else { return }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// All that was written to the terminal, escape sequences too.
    package var written: String {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer.prefix(count)
        }
    }

    /// Whether the terminal is as it was before the program came.
    package var hasModesBack: Bool {
        var modes = termios()
        return tcgetattr(master, &modes) == 0 && modes.c_lflag == modesBefore.c_lflag
            && modes.c_iflag == modesBefore.c_iflag && modes.c_oflag == modesBefore.c_oflag
    }

    package func type(_ text: String) { _ = write(master, text, text.utf8.count) }

    package func send(_ signal: Int32) { kill(process, signal) }

    /// Closes the terminal, as a lost connection does.
    package func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    /// Waits until the terminal was written `text`; false where it never is.
    package func writes(_ text: String, within seconds: Double = 20) async throws -> Bool {
        try await comesTrue(within: seconds) { self.written.contains(text) }
    }

    /// Waits for the end; the exit code as a shell has it, nil where the end does not come.
    package func exitCode(within seconds: Double) async throws -> Int32? {
        var status: Int32 = 0
        isOver = try await comesTrue(within: seconds) {
            // What it still has to say must find room.
            _ = self.written
            return waitpid(self.process, &status, WNOHANG) == self.process
        }
        return isOver ? TestKit.exitCode(of: status) : nil
    }

    /// A terminal and a process tell nobody: asking again is the only way.
    private func comesTrue(
        within seconds: Double, _ condition: () -> Bool
    ) async throws -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        while !condition() {
            guard Date() < end else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }
}
