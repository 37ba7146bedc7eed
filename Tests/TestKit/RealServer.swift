// RealServer: a server's own program on loopback, for the length of one test.
import Foundation
import Glibc
import Network
import Synchronization

/// One process with a folder of its own, both gone with it.
final class RealServer: Sendable {
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    let folder: URL
    private let program: String
    private let process = Mutex<Process?>(nil)

    /// Where a program is missing its tests are skipped, but never where all tests must run.
    static func isWanted(_ program: String?) -> Bool {
        program != nil || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    static func freePort() throws -> UInt16 {
        let (socket, port) = try LoopbackSocket.listening()
        close(socket)
        return port
    }

    /// - Throws: ``NotStarted`` with what is `missing` where there is no program.
    init(_ name: String, _ program: String?, missing: String, port: UInt16) throws {
        guard let program else { throw NotStarted(description: missing) }
        self.program = program
        folder = FileManager.default.temporaryDirectory.appending(
            path: "clawtop-\(name)-\(ProcessInfo.processInfo.processIdentifier)-\(port)")
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    func start(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    /// Puts a file into the folder, which is made where it is not there.
    func write(_ text: String, to name: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Ends it as `kill -9` does, and waits until it is gone.
    func kill() {
        let running = process.withLock { $0.take() }
        guard let running, running.isRunning else { return }
        Glibc.kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
    }

    func signal(_ number: Int32) {
        guard let running = process.withLock({ $0 }) else { return }
        Glibc.kill(running.processIdentifier, number)
    }

    /// Waits until `url` is answered with 200, up to half a minute; false where it is not.
    static func isReady(
        _ url: String, authority: String? = nil, client: any HTTPClient
    ) async -> Bool {
        var request = HTTPRequest(url)
        request.tls.authority = authority
        for _ in 1...600 {
            let answer = try? await client.send(request)
            if answer?.status == 200 { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
