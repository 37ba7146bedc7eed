// AlertmanagerServer: a real Alertmanager on loopback, for the length of one test.
import Foundation
import Glibc
package import Network
import Synchronization

/// One server that stands alone and calls nobody; looked for on the PATH by Debian's name, then its own.
package final class AlertmanagerServer: Sendable {
    package struct NotStarted: Error, CustomStringConvertible {
        package let description: String
    }

    package let url: String
    package let client: any HTTPClient
    private let folder: URL
    private let process = Mutex<Process?>(nil)

    private static let program = path("prometheus-alertmanager") ?? path("alertmanager")
    private static let tool = path("amtool")

    /// Where Alertmanager is missing its tests are skipped, but never where all tests must run.
    package static var isWanted: Bool {
        program != nil || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    package static let missing =
        "Alertmanager is not on the PATH; apt install prometheus-alertmanager"

    private static let configuration = """
        route: {receiver: nobody, group_wait: 1s}
        inhibit_rules:
          - source_matchers: [alertname = Down]
            target_matchers: [severity = warning]
            equal: [cluster]
        receivers: [{name: nobody}]
        """

    /// Starts a server, `prefix` before the API's paths as behind a proxy, and waits until it is ready.
    ///
    /// Throws ``NotStarted`` where it is not installed or not ready in time.
    package init(prefix: String = "", client: any HTTPClient = CurlClient()) async throws {
        guard let program = Self.program else { throw NotStarted(description: Self.missing) }
        let (socket, port) = try LoopbackSocket.listening()
        close(socket)
        let address = "127.0.0.1:\(port)"
        url = "http://\(address)\(prefix)"
        self.client = client
        let name = "clawtop-alertmanager-\(ProcessInfo.processInfo.processIdentifier)-\(port)"
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "alertmanager.yml")
        try Self.configuration.write(to: file, atomically: true, encoding: .utf8)
        try start(
            program,
            [
                "--config.file=\(file.path)", "--storage.path=\(folder.path)/data",
                "--web.listen-address=\(address)", "--web.external-url=\(url)/",
                "--cluster.listen-address=", "--log.level=error",
            ])
        try await waitUntilReady()
    }

    deinit {
        let running = process.withLock { process in
            defer { process = nil }
            return process
        }
        if let running, running.isRunning {
            Glibc.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What `amtool` prints; it comes with the server.
    package func amtool(_ arguments: [String]) throws -> String {
        guard let tool = Self.tool else {
            throw NotStarted(description: "amtool is not on the PATH")
        }
        let ended = try run(tool, ["--alertmanager.url=\(url)"] + arguments)
        guard ended.code == 0 else { throw NotStarted(description: ended.printed) }
        return ended.printed.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func start(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    private func waitUntilReady() async throws {
        for _ in 1...600 {
            let answer = try? await client.send(HTTPRequest("\(url)/-/ready"))
            if answer?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotStarted(description: "Alertmanager at \(url) was not ready within 30 s")
    }
}
