// ChildProcess: a program that is given a text, run to its end, and ended when it takes too long.
import CSpawn
import Events
import Glibc

/// It leads a process group of its own, which is ended with it.
struct ChildProcess: Sendable {
    enum End: Hashable {
        /// The code, and the first bytes that it wrote on standard error.
        case exited(Int32, String)
        case signalled(Int32, String)
        /// It was killed.
        case tooSlow
        /// `errno`
        case notStarted(Int32)
    }

    private static let complaintCap = 2048

    let words: [String]
    let environment: [String: String]
    let input: [UInt8]
    let deadline: Duration

    /// Blocks until it is over.
    func run() -> End {
        guard let file = inputFile() else { return .notStarted(errno) }
        defer { close(file) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return .notStarted(errno) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        let start = Self.spawn(words, environment, input: file, complaints: ends[1])
        close(ends[1])
        guard case .success(let process) = start else {
            if case .failure(let failure) = start { return .notStarted(failure.code) }
            return .notStarted(EAGAIN)
        }
        return wait(for: process, hearing: ends[0])
    }

    /// A file in memory: who does not read it holds nobody up.
    private func inputFile() -> Int32? {
        let name = "/clawtop-\(UInt64.random(in: 0 ... .max))"
        let file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { return nil }
        shm_unlink(name)
        var rest = input[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                return nil
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private func wait(for process: pid_t, hearing descriptor: Int32) -> End {
        let clock = ContinuousClock()
        let end = clock.now + deadline
        var complaint: [UInt8] = []
        var isHeard = true
        var status: Int32 = 0
        while clock.now < end {
            // Its end is looked for ten times a second, at once where it closes its output.
            var watched = pollfd(fd: isHeard ? descriptor : -1, events: Int16(POLLIN), revents: 0)
            poll(&watched, 1, isHeard ? 100 : 10)
            if isHeard { isHeard = Self.hear(descriptor, &complaint) }
            guard waitpid(process, &status, WNOHANG) == process else { continue }
            _ = Self.hear(descriptor, &complaint)
            let text = String(decoding: complaint, as: UTF8.self)
            let signal = status & 0x7F
            return signal == 0 ? .exited(status >> 8 & 0xFF, text) : .signalled(signal, text)
        }
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        return .tooSlow
    }

    /// Returns false once nothing more can come.
    private static func hear(_ descriptor: Int32, _ text: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        text += buffer.prefix(min(count, complaintCap - text.count))
        return true
    }

    private struct Failure: Error { var code: Int32 }

    private static func spawn(
        _ words: [String], _ environment: [String: String], input: Int32, complaints: Int32
    ) -> Result<pid_t, Failure> {
        guard let program = words.first, !program.isEmpty else {
            return .failure(Failure(code: ENOENT))
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, complaints, 2)
        // What it leaves behind would hold our connections and our port.
        claw_spawn_close_from(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Our threads have signals blocked; the program must hear them.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in arguments + variables { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, &attributes, &arguments, &variables)
        return code == 0 ? .success(process) : .failure(Failure(code: code))
    }
}
