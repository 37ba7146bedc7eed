// PrometheusServer: a real Prometheus on loopback, for the length of one test.
import Foundation
import Glibc
package import Network
import Synchronization

/// One server with a data folder of its own; `prometheus` is looked for on the PATH.
package final class PrometheusServer: Sendable {
    package struct NotStarted: Error, CustomStringConvertible {
        package let description: String
    }

    package let url: String
    /// Host and port.
    package let address: String
    package let client: any HTTPClient
    private let folder: URL
    private let process = Mutex<Process?>(nil)

    private static let program = path("prometheus")

    /// Where Prometheus is missing its tests are skipped, but never where all tests must run.
    package static var isWanted: Bool {
        program != nil || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// Starts a server and waits until it is ready.
    ///
    /// - Parameters:
    ///   - targets: `host:port` of what it scrapes once a second, as the job `targets`.
    ///   - rules: the text of a rule file; evaluated once a second.
    ///   - prefix: the path that stands before the API's, as behind a proxy.
    ///   - client: by which it is asked whether it is ready.
    /// - Throws: ``NotStarted`` where it is not installed or not ready in time.
    package init(
        scraping targets: [String] = [], rules: String = "groups: []", prefix: String = "",
        client: any HTTPClient = CurlClient()
    ) async throws {
        guard let program = Self.program else {
            throw NotStarted(description: "prometheus is not on the PATH; apt install prometheus")
        }
        let (socket, port) = try LoopbackSocket.listening()
        close(socket)
        address = "127.0.0.1:\(port)"
        url = "http://\(address)\(prefix)"
        self.client = client
        folder = FileManager.default.temporaryDirectory
            .appending(
                path: "clawtop-prometheus-\(ProcessInfo.processInfo.processIdentifier)-\(port)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "prometheus.yml")
        try Self.configuration(targets).write(to: file, atomically: true, encoding: .utf8)
        try rules.write(
            to: folder.appending(path: "rules.yml"), atomically: true, encoding: .utf8)
        try start(
            program,
            [
                "--config.file=\(file.path)", "--storage.tsdb.path=\(folder.path)/data",
                "--web.listen-address=\(address)", "--web.external-url=\(url)/",
                "--log.level=error",
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

    private static func configuration(_ targets: [String]) -> String {
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: targets
            static_configs: [{targets: [\(targets.map { "\"\($0)\"" }.joined(separator: ", "))]}]
        """
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
        throw NotStarted(description: "Prometheus at \(url) was not ready within 30 s")
    }
}
