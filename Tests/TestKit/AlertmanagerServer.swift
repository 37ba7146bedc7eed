// AlertmanagerServer: a real Alertmanager on loopback, for the length of one test.
import Foundation
package import Network

/// One server that stands alone and calls nobody; looked for on the PATH by Debian's name, then its own.
package final class AlertmanagerServer: Sendable {
    package let url: String
    package let client: any HTTPClient
    private let server: RealServer

    private static let program = path("prometheus-alertmanager") ?? path("alertmanager")
    private static let tool = path("amtool")

    /// Where Alertmanager is missing its tests are skipped, but never where all tests must run.
    package static var isWanted: Bool { RealServer.isWanted(program) }

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
    /// Throws where it is not installed or not ready in time.
    package init(prefix: String = "", client: any HTTPClient = CurlClient()) async throws {
        let port = try RealServer.freePort()
        server = try RealServer("alertmanager", Self.program, missing: Self.missing, port: port)
        let address = "127.0.0.1:\(port)"
        url = "http://\(address)\(prefix)"
        self.client = client
        let file = try server.write(Self.configuration, to: "alertmanager.yml")
        try await server.start(
            [
                "--config.file=\(file)", "--storage.path=\(server.folder.path)/data",
                "--web.listen-address=\(address)", "--web.external-url=\(url)/",
                "--cluster.listen-address=", "--log.level=error",
            ], until: "\(url)/-/ready", client: client)
    }

    /// What `amtool` prints; it comes with the server.
    package func amtool(_ arguments: [String]) throws -> String {
        guard let tool = Self.tool else {
            throw RealServer.NotStarted(description: "amtool is not on the PATH")
        }
        let ended = try run(tool, ["--alertmanager.url=\(url)"] + arguments)
        guard ended.code == 0 else { throw RealServer.NotStarted(description: ended.printed) }
        return ended.printed.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
