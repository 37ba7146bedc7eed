// Spawn: runs a program and keeps what it prints.
import CSpawn
import Glibc

/// What a program left behind.
package struct Ended: Equatable {
    /// What it printed, errors too.
    package var printed: String
    package var code: Int32
}

/// Runs `program` to its end; where it is not heard, what it prints is dropped.
///
/// Not Foundation's Process: a server that the program leaves behind inherits the socket by which
/// that learns of the end, which then never comes.
package func run(
    _ program: String, _ arguments: [String], isHeard: Bool = true
) throws -> Ended {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SpawnError(program: program, code: errno) }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = Result {
        try spawn(program, arguments) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            for descriptor: Int32 in 1...2 where isHeard {
                posix_spawn_file_actions_adddup2(&actions, ends[1], descriptor)
            }
        }
    }
    close(ends[1])
    let printed = readAll(ends[0])
    var status: Int32 = 0
    waitpid(try process.get(), &status, 0)
    return Ended(printed: printed, code: exitCode(of: status))
}

/// Starts `program` with the descriptors that `open` gives it, and no others.
///
/// The leader of a session has the first terminal that it opens for its own.
func spawn(
    _ program: String, _ arguments: [String], leadsSession: Bool = false,
    _ open: (inout posix_spawn_file_actions_t) -> Void
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    open(&actions)
    // Sockets of other tests too: their peers wait for the last holder to close them.
    claw_spawn_close_from(&actions, 3)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A test runs on a thread that has signals blocked; a terminal must hear when it is to end.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // Glibc's POSIX_SPAWN_SETSID, which Swift is not shown.
    let session: Int32 = leadsSession ? 0x80 : 0
    posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | session))
    var process: pid_t = 0
    let failure = posix_spawnp(&process, program, &actions, &attributes, &words, environ)
    guard failure == 0 else { throw SpawnError(program: program, code: failure) }
    return process
}

/// As a shell has it: 128 and the signal for whom a signal ended.
func exitCode(of status: Int32) -> Int32 {
    status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
}

/// A program that cannot be started.
package struct SpawnError: Error {
    var program: String
    var code: Int32
}

private func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer.prefix(count)
    }
}
