// Child: a program whose lines are read while it runs, and that is killed without a warning.
import Glibc

package final class Child: Sendable {
    private let process: pid_t
    // One thread reads; the others only send signals.
    private nonisolated(unsafe) let output: UnsafeMutablePointer<FILE>?

    /// With `hearsErrors` its lines on standard error are among the others.
    package init(_ program: String, _ arguments: [String], hearsErrors: Bool = false) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SpawnError(program: program, code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        output = fdopen(ends[0], "r")
        process = try spawn(program, arguments) { actions in
            posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
            if hearsErrors { posix_spawn_file_actions_adddup2(&actions, ends[1], 2) }
        }
    }

    deinit { if let output { fclose(output) } }

    /// The next line, which is waited for; nil once it has ended.
    package func line() -> String? {
        var (buffer, size): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(buffer) }
        guard let output, case let count = getline(&buffer, &size, output), count > 0,
            let buffer
        else { return nil }
        let bytes = UnsafeBufferPointer(start: buffer, count: count).map(UInt8.init(bitPattern:))
        return String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    }

    package func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for its end; what it had printed and nobody has read.
    package func ended() -> (lines: [String], code: Int32) {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return (lines, exitCode(of: status))
    }
}
