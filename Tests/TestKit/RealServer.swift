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
    private var log: URL { folder.appendingPathExtension("log") }
    private let program: String
    private let process = Mutex<Process?>(nil)

    /// Where a program is missing its tests are skipped, but never where all tests must run.
    static func isWanted(_ program: String?) -> Bool {
        program != nil || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// A port below those that the system gives to whoever connects: nobody takes one of these
    /// before its server is up, or while it is down.
    static func freePort() throws -> UInt16 {
        for _ in 1...1000 {
            let port = UInt16.random(in: 16_384..<32_768)
            guard given.withLock({ $0.insert(port).inserted }),
                let (socket, _) = try? LoopbackSocket.listening(on: port)
            else { continue }
            close(socket)
            return port
        }
        throw NotStarted(description: "no port is free on 127.0.0.1")
    }

    /// The ports that were given to servers.
    private static let given = Mutex<Set<UInt16>>([])

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
        try? FileManager.default.removeItem(at: log)
    }

    /// Starts it, and waits up to a minute until `url` is answered with 200.
    ///
    /// - Throws: ``NotStarted`` with what it wrote where it ends or is late.
    func start(
        _ arguments: [String], until url: String, authority: String? = nil,
        client: any HTTPClient
    ) async throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let written = try FileHandle(forWritingTo: log)
        (process.standardOutput, process.standardError) = (written, written)
        try process.run()
        self.process.withLock { $0 = process }
        let isReady = await Self.isReady(url, authority: authority, client: client) {
            process.isRunning
        }
        guard !isReady else { return }
        let words = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        let state = process.isRunning ? "is not ready" : "ended with \(process.terminationStatus)"
        throw NotStarted(description: "\(program) at \(url) \(state): \(words.suffix(2000))")
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

    /// Waits until `url` is answered with 200, up to a minute and while `goesOn`.
    static func isReady(
        _ url: String, authority: String? = nil, client: any HTTPClient,
        while goesOn: () -> Bool = { true }
    ) async -> Bool {
        var request = HTTPRequest(url)
        request.tls.authority = authority
        for _ in 1...1200 where goesOn() {
            let answer = try? await client.send(request)
            if answer?.status == 200 { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
